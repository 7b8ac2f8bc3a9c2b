/** A level over the month: as it is in grey, with what is changed in colour, each as a mean with the band of all replications, labelled where it ends. */
import { isoOf, type SiteTime } from '../../../pathways/time/site.ts'
import { text, useText } from '../../shared/language.ts'
import { dayMonthText } from '../dates.ts'
import styles from './chart.module.css'
import { Figure } from './figure.tsx'
import { Grid } from './grid.tsx'
import { bandOf, lineOf, scaleOf, ticksOf } from './scale.ts'

interface LevelsChartProps {
  title: string
  lead: string
  name: string
  /** Of each replication, by stretch. */
  base: number[][]
  changed: number[][]
  /** Of those that are not finished. */
  coming: number[][]
  stretchMs: number
  /** Hospital milliseconds of the first. */
  from: number
  site: SiteTime
  capacity: { value: number; label: string }[]
}

const HEIGHT = 260
const [TOP, BOTTOM, LEFT] = [14, 26, 38]
const dayMs = 86_400_000

export function LevelsChart({ title, lead, name, base, changed, coming, stretchMs, from, site, capacity }: LevelsChartProps) {
  const language = useText()
  const length = Math.max(1, ...base.map((each) => each.length))
  const all = [...base, ...changed, ...coming].flat()
  const tops = capacity.map(({ value }) => value)
  const most = Math.max(...all, ...tops, 1)
  const least = Math.min(...all, ...tops)
  const low = Math.max(0, least - (most - least) * 0.15)
  const high = most + (most - low) * 0.06
  const dayOf = (stretch: number) => dayMonthText(isoOf(from + stretch * stretchMs, site), language)
  const byDay = Array.from({ length: Math.ceil((length * stretchMs) / dayMs) }, (_, day) => {
    const places = Array.from({ length: dayMs / stretchMs }, (_, place) => day * (dayMs / stretchMs) + place)
    const mean = (runs: number[][]) => {
      const values = runs.flatMap((run) => places.flatMap((place) => run[place] ?? []))
      return values.length > 0 ? (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1) : '–'
    }
    return [dayOf(places[0]!), mean(base), ...(changed.length > 0 ? [mean(changed)] : [])]
  })
  return (
    <Figure
      {...{ title, lead, name, height: HEIGHT }}
      label={text('chart.levelsLabel', { title })}
      table={{
        head: [text('chart.day'), text('chart.base'), ...(changed.length > 0 ? [text('chart.changed')] : [])],
        rows: byDay,
      }}
    >
      {(width) => {
        const right = width < 520 ? 12 : 138
        const x = scaleOf(0, length, LEFT, width - right)
        const y = scaleOf(low, high, HEIGHT - BOTTOM, TOP)
        const middle = (stretch: number) => x(stretch + 0.5)
        const points = (values: (number | undefined)[]) =>
          values.flatMap((value, stretch) => (value === undefined ? [] : [[middle(stretch), y(value)] as const]))
        const [baseBand, ownBand] = [spread(base, length), spread(changed, length)]
        const days = (length * stretchMs) / dayMs
        const every = Math.max(1, Math.ceil(days / (width < 520 ? 4 : 8)))
        const labels = endLabels(
          [
            { text: text('chart.base'), value: baseBand?.mean.at(-1), className: '' },
            { text: text('chart.changed'), value: ownBand?.mean.at(-1), className: styles.own! },
          ],
          y,
        )
        return (
          <>
            <Grid ticks={ticksOf(low, high)} y={y} left={LEFT} right={width - right} />
            {Array.from({ length: Math.ceil(days / every) }, (_, index) => index * every).map((day) => (
              <text key={day} x={x((day * dayMs) / stretchMs)} y={HEIGHT - 6}>
                {dayOf((day * dayMs) / stretchMs)}
              </text>
            ))}
            <line className={styles.axis} x1={LEFT} x2={width - right} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
            {capacity.map(({ value, label }, index) => (
              <g key={label}>
                <line className={styles.capacity} x1={LEFT} x2={width - right} y1={y(value)} y2={y(value)} />
                {/* The second stands at the other end: the two lines may be as good as one. */}
                <text x={index === 0 ? LEFT + 4 : width - right - 4} y={y(value) - 4} textAnchor={index === 0 ? 'start' : 'end'}>
                  {label}
                </text>
              </g>
            ))}
            {baseBand ? (
              <>
                <path className={styles.baseBand} d={bandOf(points(baseBand.high), points(baseBand.low))} />
                <path className={styles.base} d={lineOf(points(baseBand.mean))} />
              </>
            ) : null}
            {ownBand ? (
              <>
                <path className={styles.ownBand} d={bandOf(points(ownBand.high), points(ownBand.low))} />
                <path className={styles.ownLine} d={lineOf(points(ownBand.mean))} />
              </>
            ) : null}
            {coming.map((values, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: those under way have no other name
              <path key={index} className={styles.coming} d={lineOf(points(values))} />
            ))}
            {right > 20
              ? labels.map(({ text: label, at, className }) => (
                  <text key={label} x={width - right + 8} y={at} className={className}>
                    {label}
                  </text>
                ))
              : null}
          </>
        )
      }}
    </Figure>
  )
}

/** Mean, least and most over replications, by stretch; null of none. */
const spread = (runs: number[][], length: number) => {
  if (runs.length === 0) return null
  const at = (stretch: number) => runs.flatMap((run) => run[stretch] ?? [])
  const each = (of: (values: number[]) => number) =>
    Array.from({ length }, (_, stretch) => (at(stretch).length > 0 ? of(at(stretch)) : undefined))
  return {
    mean: each((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    low: each((values) => Math.min(...values)),
    high: each((values) => Math.max(...values)),
  }
}

/** Labels where lines end, apart from each other. */
const endLabels = (
  labels: { text: string; value: number | undefined; className: string }[],
  y: (value: number) => number,
): { text: string; at: number; className: string }[] => {
  const there = labels.flatMap(({ value, ...label }) => (value === undefined ? [] : [{ ...label, at: y(value) + 4 }]))
  there.sort((one, other) => one.at - other.at)
  for (let index = 1; index < there.length; index++) there[index]!.at = Math.max(there[index]!.at, there[index - 1]!.at + 15)
  return there
}
