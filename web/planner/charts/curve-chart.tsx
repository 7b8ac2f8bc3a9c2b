/** Some curves over the same places, each a mean with its interval, labelled where it ends. */
import { text } from '../../shared/language.ts'
import styles from './chart.module.css'
import { Figure } from './figure.tsx'
import { Grid } from './grid.tsx'
import { bandOf, lineOf, scaleOf, ticksOf } from './scale.ts'

export interface Curve {
  label: string
  isOwn: boolean
  /** In the order of places. */
  points: { mean: number; low: number; high: number }[]
}

interface CurveChartProps {
  title: string
  lead?: string
  name: string
  places: { at: number; label: string }[]
  placesLabel: string
  curves: Curve[]
  valueText: (value: number) => string
  /** Marks one of the places: where things are now. */
  mark?: { at: number; label: string }
  /** Places as far apart as their values; else evenly. */
  isTrue?: boolean
}

const HEIGHT = 250
const [TOP, BOTTOM, LEFT] = [16, 40, 56]

export function CurveChart({ title, lead, name, places, placesLabel, curves, valueText, mark, isTrue = false }: CurveChartProps) {
  const most = Math.max(1e-9, ...curves.flatMap(({ points }) => points.map(({ high }) => high)))
  const table = {
    head: [placesLabel, ...curves.map(({ label }) => label)],
    rows: places.map(({ label }, index) => [
      label,
      ...curves.map(({ points }) => {
        const point = points[index]
        return point ? `${valueText(point.mean)} (${valueText(point.low)} – ${valueText(point.high)})` : '–'
      }),
    ]),
  }
  return (
    <Figure {...{ title, name, table, height: HEIGHT }} lead={lead} label={text('chart.curveLabel', { title })}>
      {(width) => {
        const right = 24
        const ats = isTrue ? places.map(({ at }) => at) : places.map((_, index) => index)
        const x = scaleOf(Math.min(...ats), Math.max(...ats), LEFT, width - right)
        const y = scaleOf(0, most * 1.08, HEIGHT - BOTTOM, TOP)
        return (
          <>
            <Grid ticks={ticksOf(0, most * 1.08, 3)} y={y} left={LEFT} right={width - right} say={valueText} />
            <line className={styles.axis} x1={LEFT} x2={width - right} y1={y(0)} y2={y(0)} />
            {places.map(({ label }, index) => (
              <text key={label} x={x(ats[index]!)} y={HEIGHT - BOTTOM + 16} textAnchor="middle">
                {label}
              </text>
            ))}
            <text x={(LEFT + width - right) / 2} y={HEIGHT - 4} textAnchor="middle">
              {placesLabel}
            </text>
            {mark ? (
              <g>
                <line className={styles.capacity} x1={x(mark.at)} x2={x(mark.at)} y1={TOP} y2={y(0)} />
                <text x={x(mark.at) + 5} y={TOP + 8}>
                  {mark.label}
                </text>
              </g>
            ) : null}
            {curves.map(({ label, isOwn, points }, number) => {
              const at = (of: 'mean' | 'low' | 'high') =>
                points.map((point, index) => [x(ats[index]!), y(Math.max(0, point[of]))] as const)
              const first = points[0]
              return (
                <g key={label}>
                  <path className={isOwn ? styles.ownBand : styles.baseBand} d={bandOf(at('high'), at('low'))} />
                  <path className={isOwn ? styles.ownLine : styles.base} d={lineOf(at('mean'))} />
                  {at('mean').map(([cx, cy]) => (
                    <circle key={cx} cx={cx} cy={cy} r={2.6} fill={isOwn ? 'var(--accent)' : 'var(--ink-quiet)'} />
                  ))}
                  {first && curves.length > 1 ? (
                    <text
                      x={x(ats[0]!) + 8}
                      y={y(Math.max(0, first.mean)) + (number === 0 ? -8 : 16)}
                      className={isOwn ? styles.own : undefined}
                    >
                      {label}
                    </text>
                  ) : null}
                </g>
              )
            })}
          </>
        )
      }}
    </Figure>
  )
}
