/** The hospital in one look: what is beyond its target first, then every measure, each leading to its list and its action. */
import { Alert, Group, Paper, Text, Title } from '@mantine/core'
import { IconArrowsMaximize, IconArrowsMinimize, IconCircleCheck, IconListDetails } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { CommandCentre } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { ButtonLink } from '../../shared/links.tsx'
import { roleName } from '../../shared/names.tsx'
import { useCommandCentre } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { dayText, hourText, useNow } from '../../shared/times.ts'
import { Alarm } from './alarm.tsx'
import styles from './command-centre.module.css'
import { Emergency, Theatres, Wards } from './details.tsx'
import { First } from './first.tsx'
import { ForecastLine } from './forecast-line.tsx'
import { ALARMS, destinationOf, isMinutes, measureName, measuresOf, SECTIONS, targetText } from './measures.ts'
import { Tile } from './tile.tsx'

const route = getRouteApi('/command-centre')

const DETAIL: Record<string, (props: { centre: CommandCentre }) => React.ReactNode> = {
  'emergency.': Emergency,
  'beds.': Wards,
  'theatres.': Theatres,
}

export function CommandCentreView() {
  const { wall } = route.useSearch()
  const read = useCommandCentre()
  const isWall = wall !== undefined
  return (
    <Shown read={read} lines={10}>
      {(centre) =>
        centre.described ? (
          <div className={styles.centre} data-wall={isWall || undefined}>
            <Bar centre={centre} isWall={isWall} />
            <Calls centre={centre} isWall={isWall} />
            <div className={styles.sections}>
              {SECTIONS.map((section) => {
                const Detail = DETAIL[section.prefix]
                return (
                  <section key={section.prefix} className={styles.section} data-section={section.prefix}>
                    <Title order={2} className={styles.title}>
                      {text(section.title)}
                    </Title>
                    <ul className={styles.tiles}>
                      {measuresOf(section, centre.measures).map((measure) => (
                        <Tile key={measure.id} measure={measure} centre={centre} isWall={isWall} />
                      ))}
                    </ul>
                    {Detail && !isWall ? <Detail centre={centre} /> : null}
                  </section>
                )
              })}
            </div>
          </div>
        ) : (
          <Paper withBorder className="panel">
            <Empty hint={text('centre.undescribedHint')}>{text('centre.undescribed')}</Empty>
          </Paper>
        )
      }
    </Shown>
  )
}

function Bar({ centre, isWall }: { centre: CommandCentre; isWall: boolean }) {
  const language = useText()
  const now = useNow(1_000)
  return (
    <Group justify="space-between" className={styles.bar}>
      {isWall && now ? (
        <p className={`${styles.wallClock} figures`}>
          {hourText(now.iso)} <small>{dayText(now.iso, language)}</small>
        </p>
      ) : (
        <ForecastLine centre={centre} />
      )}
      {isWall ? (
        <ButtonLink to="/command-centre" variant="subtle" color="gray" leftSection={<IconArrowsMinimize size={18} aria-hidden />}>
          {text('centre.leaveWall')}
        </ButtonLink>
      ) : (
        <ButtonLink
          to="/command-centre"
          search={{ wall: '1' }}
          variant="default"
          leftSection={<IconArrowsMaximize size={16} aria-hidden />}
        >
          {text('centre.wall')}
        </ButtonLink>
      )}
    </Group>
  )
}

/** What is beyond its target, the gravest first: the next things to do. */
function Calls({ centre, isWall }: { centre: CommandCentre; isWall: boolean }) {
  const beyond = centre.measures
    .filter(({ alarm }) => alarm === 'high' || alarm === 'medium')
    .sort((a, b) => ALARMS.indexOf(a.alarm) - ALARMS.indexOf(b.alarm))
  if (beyond.length === 0)
    return (
      <Alert color="accent" variant="light" icon={<IconCircleCheck aria-hidden />} title={text('centre.allWell')} role="status" />
    )
  return (
    <section aria-label={text('centre.calls')} className={styles.calls}>
      <Text className={styles.callsTitle}>
        <IconListDetails size="1.1em" aria-hidden /> {text('centre.calls')}
      </Text>
      <ol>
        {beyond.map((measure) => {
          const { label, ...address } = destinationOf(measure, centre)
          return (
            <li key={measure.id}>
              <Link {...(address as { to: '/beds' })} className={styles.call} data-alarm={measure.alarm}>
                <Alarm alarm={measure.alarm} />
                <strong>
                  {text('centre.call', {
                    name: measureName(measure.id),
                    value: `${measure.value}${isMinutes(measure.id) ? ' min' : ''}`,
                  })}
                </strong>
                <span className="quiet">{targetText(measure)}</span>
                <First measure={measure} isPublic={isWall} />
                <span>
                  {measure.owner ? `${roleName(measure.owner)} · ` : ''}
                  {label}
                </span>
              </Link>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
