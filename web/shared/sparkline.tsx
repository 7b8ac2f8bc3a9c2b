/** The last hours of a figure as a line, the next ones as the band in which it lies 8 times of 10; its words are its label. */
import styles from './sparkline.module.css'

export interface Band {
  /** Unix milliseconds. */
  times: number[]
  low: number[]
  median: number[]
  high: number[]
}

interface SparklineProps {
  /** Unix milliseconds of `values`. */
  times: number[]
  values: (number | null)[]
  /** The end of the line. */
  now: number
  value: number
  /** Drawn across, dashed; null for none. */
  limit: number | null
  band: Band | null
  label: string
}

/** Of its own drawing, which is stretched to its place: lines keep their width. */
const WIDTH = 200
const HEIGHT = 44
const MARGIN = 3
/** Of a band, what is near enough to act on. */
const AHEAD_MS = 8 * 3_600_000
const BEHIND_MS = 8 * 3_600_000

type Point = readonly [at: number, value: number]

export function Sparkline({ times, values, now, value, limit, band, label }: SparklineProps) {
  const past: Point[] = times.flatMap((at, index) => {
    const one = values[index] ?? null
    return one !== null && at >= now - BEHIND_MS && at < now ? [[at, one] as const] : []
  })
  const line = [...past, [now, value] as const]
  const ahead = (of: number[]): Point[] => [
    [now, value],
    ...(band?.times ?? []).flatMap((at, index) => (at > now && at <= now + AHEAD_MS ? [[at, of[index] ?? value] as const] : [])),
  ]
  const [low, median, high] = band ? [ahead(band.low), ahead(band.median), ahead(band.high)] : [[], [], []]
  const shown = [...line, ...low, ...high].map(([, one]) => one).concat(limit ?? [])
  const [bottom, top] = [Math.min(0, ...shown), Math.max(1, ...shown) * 1.08]
  const begin = line[0]![0]
  const end = Math.max(now, high.at(-1)?.[0] ?? 0)
  const x = (at: number) => (end === begin ? 0 : (WIDTH * (at - begin)) / (end - begin))
  const y = (one: number) => HEIGHT - MARGIN - ((HEIGHT - 2 * MARGIN) * (one - bottom)) / (top - bottom)
  const path = (points: readonly Point[]) => points.map(([at, one]) => `${x(at).toFixed(1)},${y(one).toFixed(1)}`).join(' ')
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      {band ? (
        <>
          <polygon className={styles.band} points={`${path(low)} ${path([...high].reverse())}`} />
          <polyline className={styles.median} points={path(median)} />
          <line className={styles.now} x1={x(now)} x2={x(now)} y1={0} y2={HEIGHT} />
        </>
      ) : null}
      {limit === null ? null : <line className={styles.limit} x1={0} x2={WIDTH} y1={y(limit)} y2={y(limit)} />}
      <polyline className={styles.line} points={path(line.length > 1 ? line : [[begin, value], ...line])} />
    </svg>
  )
}
