/** A tornado, or any list of spans around a middle: the widest first. */
import { text } from '../../shared/language.ts'
import styles from './chart.module.css'
import { Figure } from './figure.tsx'
import { scaleOf, ticksOf } from './scale.ts'

export interface Bar {
  label: string
  ends: { label: string; mean: number; low: number; high: number; isDetectable: boolean }[]
}

interface BarsChartProps {
  title: string
  lead: string
  name: string
  bars: Bar[]
  valueText: (value: number) => string
}

const ROW = 38
const [TOP, BOTTOM] = [8, 26]

export function BarsChart({ title, lead, name, bars, valueText }: BarsChartProps) {
  const height = TOP + BOTTOM + bars.length * ROW
  const reach = Math.max(1e-9, ...bars.flatMap(({ ends }) => ends.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])))
  const table = {
    head: [text('chart.factor'), text('chart.low'), text('chart.high')],
    rows: bars.map(({ label, ends }) => [
      label,
      ...ends.map(({ label: end, mean, low, high }) => `${end} : ${valueText(mean)} (${valueText(low)} – ${valueText(high)})`),
    ]),
  }
  return (
    <Figure {...{ title, lead, name, table, height }} label={text('chart.barsLabel', { title })}>
      {(width) => {
        const left = Math.min(240, width * 0.36)
        const x = scaleOf(-reach, reach, left, width - 24)
        return (
          <>
            {ticksOf(-reach, reach, 4).map((tick) => (
              <g key={tick}>
                <line
                  className={tick === 0 ? styles.axis : styles.grid}
                  x1={x(tick)}
                  x2={x(tick)}
                  y1={TOP}
                  y2={height - BOTTOM}
                />
                <text x={x(tick)} y={height - 8} textAnchor="middle">
                  {valueText(tick)}
                </text>
              </g>
            ))}
            {bars.map(({ label, ends }, index) => {
              const middle = TOP + index * ROW + ROW / 2
              return (
                <g key={label}>
                  <text x={0} y={middle + 4} className={styles.strong}>
                    {label.length > left / 6.4 ? `${label.slice(0, Math.floor(left / 6.4) - 1)}…` : label}
                  </text>
                  {ends.map((end, side) => {
                    const at = middle + (side === 0 ? -7 : 7)
                    return (
                      <g key={end.label}>
                        <rect
                          x={Math.min(x(0), x(end.mean))}
                          y={at - 6}
                          width={Math.max(1, Math.abs(x(end.mean) - x(0)))}
                          height={12}
                          fill={end.mean > 0 ? 'var(--alarm)' : 'var(--accent)'}
                          opacity={end.isDetectable ? 0.78 : 0.25}
                        />
                        <line className={styles.axis} x1={x(end.low)} x2={x(end.high)} y1={at} y2={at} />
                        <text
                          x={end.mean >= 0 ? Math.max(x(end.high), x(0)) + 6 : Math.min(x(end.low), x(0)) - 6}
                          y={at + 4}
                          textAnchor={
                            end.mean >= 0
                              ? x(end.high) > width - 90
                                ? 'end'
                                : 'start'
                              : x(end.low) < left + 60
                                ? 'start'
                                : 'end'
                          }
                        >
                          {end.label}
                        </text>
                      </g>
                    )
                  })}
                </g>
              )
            })}
          </>
        )
      }}
    </Figure>
  )
}
