/** One measure: its value against its target, since when, whose it is, how it went and is to go; the whole tile leads to the list and the action. */
import { IconArrowRight, IconClock, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { CommandCentre, MeasureItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { roleName } from '../../shared/names.tsx'
import { Sparkline } from '../../shared/sparkline.tsx'
import { durationText, useNow } from '../../shared/times.ts'
import { Alarm } from './alarm.tsx'
import styles from './command-centre.module.css'
import { destinationOf, isMinutes, measureName, targetText } from './measures.ts'

export function Tile({ measure, centre }: { measure: MeasureItem; centre: CommandCentre }) {
  const { id, value, alarm, owner, trend, forecast, target } = measure
  const { label, ...address } = destinationOf(id, centre)
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
          <Clock measure={measure} />
          {owner ? (
            <span>
              <IconUser size="1.1em" aria-hidden /> {roleName(owner)}
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

function Clock({ measure: { since } }: { measure: MeasureItem }) {
  const language = useText()
  const now = useNow(10_000)
  if (since === null || !now) return null
  return (
    <span className="figures">
      <IconClock size="1.1em" aria-hidden /> {text('due.since', { duration: durationText(now.ms - Date.parse(since), language) })}
    </span>
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
