/** One measure: its value against its target, with whom to begin, whose it is, how it went and is to go; the whole tile leads to the list and the action. */
import { IconArrowRight, IconUserCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { CommandCentre, MeasureItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { roleName } from '../../shared/names.tsx'
import { Sparkline } from '../../shared/sparkline.tsx'
import { Alarm } from './alarm.tsx'
import styles from './command-centre.module.css'
import { First } from './first.tsx'
import { destinationOf, isMinutes, measureName, targetText } from './measures.ts'

interface TileProps {
  measure: MeasureItem
  centre: CommandCentre
  isWall: boolean
}

export function Tile({ measure, centre, isWall }: TileProps) {
  const { id, value, alarm, owner, trend, forecast, target } = measure
  const { label, ...address } = destinationOf(measure, centre)
  const limit = target?.atMost ?? target?.atLeast ?? null
  return (
    <li>
      <Link {...(address as { to: '/beds' })} className={styles.tile} data-alarm={alarm}>
        <span className={styles.name}>{measureName(id)}</span>
        <span className={styles.row}>
          <span className={`${styles.value} figures`}>
            {value}
            {isMinutes(id) ? <small> min</small> : null}
          </span>
          <span className={styles.target}>{targetText(measure)}</span>
          <Alarm alarm={alarm} />
        </span>
        <First measure={measure} isPublic={isWall} />
        <Sparkline
          times={centre.samples.map((at) => Date.parse(at))}
          values={trend}
          now={Date.parse(centre.at)}
          value={value}
          limit={limit}
          band={forecast && { times: centre.forecast!.times.map((at) => Date.parse(at)), ...forecast }}
          label={trendText(measure)}
        />
        <span className={styles.foot}>
          {owner ? (
            <span>
              <IconUserCheck size="1.1em" aria-hidden /> {roleName(owner)}
            </span>
          ) : null}
          <span className={styles.go}>
            {label} <IconArrowRight size="1.1em" aria-hidden />
          </span>
        </span>
      </Link>
    </li>
  )
}

/** What the little chart shows, in words. */
function trendText({ id, value, trend, forecast }: MeasureItem): string {
  const known = trend.filter((value) => value !== null)
  const past = known.length > 0 ? text('centre.trend', { low: Math.min(...known), high: Math.max(...known) }) : ''
  const next = forecast
    ? text('centre.forecast', { low: Math.round(Math.min(...forecast.low)), high: Math.round(Math.max(...forecast.high)) })
    : ''
  return [text('centre.chart', { name: measureName(id), value }), past, next].filter(Boolean).join(' ')
}
