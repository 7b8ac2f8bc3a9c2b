/** A week, hour by hour: the mean over replications, and the band that holds all of them. */
import { text } from '../../shared/language.ts'
import styles from './chart.module.css'
import { Figure } from './figure.tsx'
import { Grid } from './grid.tsx'
import { bandOf, lineOf, scaleOf, ticksOf } from './scale.ts'

interface HoursChartProps {
  title: string
  lead: string
  name: string
  /** By replication: 168 values from Monday midnight. */
  base: number[][]
  changed: number[][]
  capacity: number
}

const HEIGHT = 230
const [TOP, BOTTOM, LEFT, RIGHT] = [14, 26, 38, 12]
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const HOURS = 168

export function HoursChart({ title, lead, name, base, changed, capacity }: HoursChartProps) {
  const all = [...base, ...changed].flat()
  const [least, most] = [Math.min(...all), Math.max(...all, capacity)]
  const low = Math.max(0, least - (most - least) * 0.2)
  const mean = (runs: number[][], hour: number) => runs.reduce((sum, run) => sum + run[hour]!, 0) / runs.length
  const table = {
    head: [text('chart.hour'), text('chart.base'), ...(changed.length > 0 ? [text('chart.changed')] : [])],
    rows: Array.from({ length: HOURS }, (_, hour) => [
      `${text(`day.${DAYS[Math.floor(hour / 24)]!}`)} ${hour % 24} h`,
      mean(base, hour).toFixed(1),
      ...(changed.length > 0 ? [mean(changed, hour).toFixed(1)] : []),
    ]),
  }
  return (
    <Figure {...{ title, lead, name, table, height: HEIGHT }} label={text('chart.hoursLabel', { title })}>
      {(width) => {
        const x = scaleOf(0, HOURS, LEFT, width - RIGHT)
        const y = scaleOf(low, most * 1.04, HEIGHT - BOTTOM, TOP)
        const points = (of: (hour: number) => number) =>
          Array.from({ length: HOURS }, (_, hour) => [x(hour + 0.5), y(of(hour))] as const)
        const drawn = (runs: number[][], band: string | undefined, line: string | undefined) => (
          <>
            <path
              className={band}
              d={bandOf(
                points((hour) => Math.max(...runs.map((run) => run[hour]!))),
                points((hour) => Math.min(...runs.map((run) => run[hour]!))),
              )}
            />
            <path className={line} d={lineOf(points((hour) => mean(runs, hour)))} />
          </>
        )
        return (
          <>
            <Grid ticks={ticksOf(low, most * 1.04)} y={y} left={LEFT} right={width - RIGHT} />
            {DAYS.map((day, index) => (
              <g key={day}>
                <line className={styles.grid} x1={x(index * 24)} x2={x(index * 24)} y1={TOP} y2={HEIGHT - BOTTOM} />
                <text x={x(index * 24 + 12)} y={HEIGHT - 8} textAnchor="middle">
                  {text(`day.${day}`)}
                </text>
              </g>
            ))}
            <line className={styles.capacity} x1={LEFT} x2={width - RIGHT} y1={y(capacity)} y2={y(capacity)} />
            {base.length > 0 ? drawn(base, styles.baseBand, styles.base) : null}
            {changed.length > 0 ? drawn(changed, styles.ownBand, styles.ownLine) : null}
          </>
        )
      }}
    </Figure>
  )
}
