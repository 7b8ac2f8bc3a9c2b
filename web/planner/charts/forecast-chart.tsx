/** The next hours of a number: the median, where half of the possible hospitals are, where eight in ten are, and what then was. */
import { text, useText } from '../../shared/language.ts'
import styles from './chart.module.css'
import { Figure } from './figure.tsx'
import { Grid } from './grid.tsx'
import { bandOf, lineOf, scaleOf, ticksOf } from './scale.ts'

interface ForecastChartProps {
  title: string
  lead: string
  name: string
  /** Unix milliseconds of the beginning, and what to add for the site's wall clock. */
  at: number
  offsetMs: number
  now: number | null
  /** The shares, and for each of them the values by hour. */
  shares: number[]
  quantiles: number[][]
  /** By hour; null where it is not known. */
  happened: (number | null)[]
  capacity?: number
}

const HEIGHT = 240
const [TOP, BOTTOM, LEFT, RIGHT] = [16, 28, 44, 92]
const hourMs = 3_600_000

export function ForecastChart(props: ForecastChartProps) {
  const { title, lead, name, at, offsetMs, now, shares, quantiles, happened, capacity } = props
  const language = useText()
  const of = (share: number) => quantiles[shares.indexOf(share)] ?? []
  const [q10, q25, q50, q75, q90] = [0.1, 0.25, 0.5, 0.75, 0.9].map(of) as [number[], number[], number[], number[], number[]]
  const hours = q50.length
  const clock = (hour: number) => new Date(at + offsetMs + hour * hourMs)
  const hourText = (hour: number) =>
    new Intl.DateTimeFormat(language, { weekday: 'short', hour: 'numeric', timeZone: 'UTC' }).format(clock(hour))
  const there = happened.flatMap((value, hour) => (value === null ? [] : [{ hour: hour + 1, value }]))
  const most = Math.max(1, ...q90, capacity ?? 0, ...there.map(({ value }) => value))
  const least = Math.min(...q10, ...there.map(({ value }) => value))
  const low = most > 20 ? Math.max(0, least - (most - least) * 0.3) : 0
  const table = {
    head: [text('chart.hour'), '10 %', '50 %', '90 %', text('forecast.happened')],
    rows: q50.map((median, index) => [hourText(index + 1), q10[index]!, median, q90[index]!, happened[index] ?? '–']),
  }
  return (
    <Figure {...{ title, lead, name, table, height: HEIGHT }} label={text('chart.levelsLabel', { title })}>
      {(width) => {
        const x = scaleOf(0, hours, LEFT, width - RIGHT)
        const y = scaleOf(low, most * 1.05, HEIGHT - BOTTOM, TOP)
        const points = (values: number[]) => values.map((value, index) => [x(index + 1), y(value)] as const)
        const start = now === null ? [] : [[x(0), y(now)] as const]
        const nights = Array.from({ length: hours }, (_, index) => index + 1).filter((hour) => clock(hour).getUTCHours() === 0)
        return (
          <>
            <Grid ticks={ticksOf(low, most * 1.05)} y={y} left={LEFT} right={width - RIGHT} />
            {nights.map((hour) => (
              <line key={hour} className={styles.axis} x1={x(hour)} x2={x(hour)} y1={TOP} y2={HEIGHT - BOTTOM} opacity={0.35} />
            ))}
            {Array.from({ length: Math.floor(hours / 12) + 1 }, (_, index) => index * 12).map((hour) => (
              <text key={hour} x={x(hour)} y={HEIGHT - 8}>
                {hourText(hour)}
              </text>
            ))}
            {capacity === undefined ? null : (
              <g>
                <line className={styles.capacity} x1={LEFT} x2={width - RIGHT} y1={y(capacity)} y2={y(capacity)} />
                <text x={width - RIGHT + 8} y={y(capacity) + 4}>
                  {text('curves.capacity', { count: capacity })}
                </text>
              </g>
            )}
            <path className={styles.ownBand} d={bandOf([...start, ...points(q90)], [...start, ...points(q10)])} />
            <path className={styles.ownBand} d={bandOf([...start, ...points(q75)], [...start, ...points(q25)])} />
            <path className={styles.ownLine} d={lineOf([...start, ...points(q50)])} />
            {there.map(({ hour, value }) => (
              <circle key={hour} cx={x(hour)} cy={y(value)} r={3} fill="var(--ink)" stroke="var(--surface)" />
            ))}
            <text x={width - RIGHT + 8} y={y(q50.at(-1) ?? 0) + 4} className={styles.own}>
              {text('forecast.median')}
            </text>
          </>
        )
      }}
    </Figure>
  )
}
