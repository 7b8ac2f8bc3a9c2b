/** Readings over time against their limits, by uPlot; what is drawn is said in words and stands in a table too. */
import { Table } from '@mantine/core'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { FollowUpItem, MeasurementItem } from '../../api/types.ts'
import { text, textOf, useText } from '../shared/language.ts'
import { momentText } from '../shared/times.ts'
import styles from './measurement-chart.module.css'

export type Limits = NonNullable<FollowUpItem['limits']>
/** A single reading stands in the middle of a day. */
const SECONDS_ASIDE = 6 * 3_600
const LINES = ['redBelow', 'orangeBelow', 'orangeAbove', 'redAbove'] as const

interface ChartProps {
  kind: string
  /** Oldest first, of one kind. */
  measurements: readonly MeasurementItem[]
  limits: Limits | null
  /** Pixels. */
  height?: number
  /** Without axes and words: the trend in a list. */
  isSmall?: boolean
}

export function MeasurementChart({ kind, measurements, limits, height = 180, isSmall = false }: ChartProps) {
  const language = useText()
  const last = measurements.at(-1)
  const unit = last?.unit || (limits?.kind === kind ? limits.unit : '')
  const name = textOf('measurement', kind)
  const said = text('measurement.chart', { kind: name, count: measurements.length, value: last?.value ?? 0, unit })
  const lines = limitLines(kind, limits)
  return (
    <figure className={styles.figure}>
      <Plot measurements={measurements} lines={lines} height={height} isSmall={isSmall} label={said} />
      {isSmall || !last ? null : (
        <figcaption className={styles.caption}>
          <strong>
            {text('measurement.last', { value: valueText(last.value, language), unit, at: momentText(last.at, '', language) })}
          </strong>
          {limits?.kind === kind ? <LimitWords limits={limits} language={language} /> : null}
          <details>
            <summary>{text('measurement.table')}</summary>
            <Table fz="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{text('measurement.when')}</Table.Th>
                  <Table.Th scope="col">{text('measurement.value')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {[...measurements].reverse().map(({ id, at, value }) => (
                  <Table.Tr key={id}>
                    <Table.Td>{momentText(at, '', language)}</Table.Td>
                    <Table.Td className="figures">
                      {valueText(value, language)} {unit}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </details>
        </figcaption>
      )}
    </figure>
  )
}

export const valueText = (value: number, language: string) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value)

function LimitWords({ limits, language }: { limits: Limits; language: string }) {
  const words = LINES.flatMap((line) => {
    const value = limits[line]
    return value === null ? [] : [text(`measurement.${line}`, { value: `${valueText(value, language)} ${limits.unit}` })]
  })
  return (
    <div className="quiet">
      {words.join(' · ')}
      {limits.compare === 'change' && limits.reference !== null
        ? ` (${text('measurement.change', { reference: `${valueText(limits.reference, language)} ${limits.unit}` })})`
        : ''}
      {limits.isOwn ? ` · ${text('measurement.own')}` : ''}
    </div>
  )
}

interface Line {
  value: number
  level: 'red' | 'orange'
}

/** Limits of a change stand where the value would be. */
function limitLines(kind: string, limits: Limits | null): Line[] {
  if (limits?.kind !== kind) return []
  if (limits.compare === 'change' && limits.reference === null) return []
  const from = limits.compare === 'change' ? (limits.reference ?? 0) : 0
  return LINES.flatMap((line) => {
    const value = limits[line]
    return value === null ? [] : [{ value: from + value, level: line.startsWith('red') ? ('red' as const) : ('orange' as const) }]
  })
}

/** Seconds whose UTC reading is what the hospital's clock on the wall says. */
const wallSeconds = (iso: string): number => Date.parse(`${iso.slice(0, 19)}Z`) / 1000

interface PlotProps {
  measurements: readonly MeasurementItem[]
  lines: Line[]
  height: number
  isSmall: boolean
  label: string
}

function Plot({ measurements, lines, height, isSmall, label }: PlotProps) {
  const container = useRef<HTMLDivElement>(null)
  const drawn = JSON.stringify([measurements.map(({ at, value }) => [at, value]), lines])
  useEffect(() => {
    const element = container.current!
    const [points, limits] = JSON.parse(drawn) as [[string, number][], Line[]]
    const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
    const values = [...points.map(([, value]) => value), ...limits.map(({ value }) => value)]
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const room = (high - low || 1) * 0.15
    const [first, last] = [wallSeconds(points[0]![0]), wallSeconds(points.at(-1)![0])]
    const aside = Math.max(SECONDS_ASIDE, (last - first) * 0.04)
    const axis = {
      stroke: colour('--ink-quiet'),
      grid: { stroke: colour('--line'), width: 1 },
      show: !isSmall,
      font: '12px sans-serif',
    }
    const plot = new uPlot(
      {
        width: element.clientWidth || 300,
        height,
        legend: { show: false },
        cursor: { show: !isSmall },
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        scales: { x: { range: [first - aside, last + aside] }, y: { range: [low - room, high + room] } },
        axes: [axis, { ...axis, size: 48 }],
        series: [
          {},
          {
            stroke: colour('--accent'),
            width: 2,
            points: { show: true, size: isSmall ? 4 : 7, fill: colour('--accent') },
          },
        ],
        hooks: { draw: [(self) => drawLimits(self, limits, colour)] },
      },
      [points.map(([at]) => wallSeconds(at)), points.map(([, value]) => value)],
      element,
    )
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      plot.destroy()
    }
  }, [drawn, height, isSmall])
  return <div ref={container} className={styles.plot} role="img" aria-label={label} />
}

/** Red is a whole line, orange a dashed one: nobody needs the colour to tell them apart. */
function drawLimits({ ctx, bbox, valToPos }: uPlot, lines: Line[], colour: (name: string) => string): void {
  ctx.save()
  for (const { value, level } of lines) {
    const y = valToPos(value, 'y', true)
    ctx.strokeStyle = colour(level === 'red' ? '--alarm' : '--warn')
    ctx.lineWidth = level === 'red' ? 2 : 1.5
    ctx.setLineDash(level === 'red' ? [] : [6, 5])
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
  }
  ctx.restore()
}
