/** The last hours of a figure as a line, the next ones as the band in which it lies 8 times of 10; its words are its label. */
import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'

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

const HEIGHT = 44
/** Of a band, what is near enough to act on. */
const AHEAD_MS = 8 * 3_600_000
const BEHIND_MS = 8 * 3_600_000

export function Sparkline({ times, values, now, value, limit, band, label }: SparklineProps) {
  const place = useRef<HTMLSpanElement>(null)
  const chart = useRef<uPlot | null>(null)
  const scheme = useComputedColorScheme('light')
  const data = rows({ times, values, now, value, limit, band })
  const shape = JSON.stringify(data)
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read anew when the scheme changes
  useEffect(() => {
    const parent = place.current!
    chart.current = new uPlot(options(parent.clientWidth), [[0]], parent)
    const observer = new ResizeObserver(() => chart.current?.setSize({ width: parent.clientWidth, height: HEIGHT }))
    observer.observe(parent)
    return () => {
      observer.disconnect()
      chart.current?.destroy()
      chart.current = null
    }
  }, [scheme])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chart is drawn when what it shows changes
  useEffect(() => chart.current?.setData(JSON.parse(shape)), [shape, scheme])
  return <span ref={place} role="img" aria-label={label} title={label} style={{ display: 'block', height: HEIGHT }} />
}

/** x, past, limit, low, median, high: one row a series, as uPlot takes them. */
function rows({ times, values, now, value, limit, band }: Omit<SparklineProps, 'label'>): (number | null)[][] {
  const past = times.flatMap((at, index) => (at >= now - BEHIND_MS && at < now ? [[at, values[index] ?? null] as const] : []))
  const ahead = (band?.times ?? []).flatMap((at, index) => (at > now && at <= now + AHEAD_MS ? [index] : []))
  const none = ahead.map(() => null)
  const before = past.map(() => null)
  const of = (one: number[] | undefined) => [...before, band ? value : null, ...ahead.map((index) => one?.[index] ?? null)]
  const x = [...past.map(([at]) => at), now, ...ahead.map((index) => band!.times[index]!)].map((at) => at / 1_000)
  return [x, [...past.map(([, one]) => one), value, ...none], x.map(() => limit), of(band?.low), of(band?.median), of(band?.high)]
}

function options(width: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const line = (stroke: string, more: Partial<uPlot.Series> = {}): uPlot.Series => ({
    stroke,
    width: 1.5,
    points: { show: false },
    ...more,
  })
  return {
    ...{ width, height: HEIGHT, padding: [4, 2, 4, 2], legend: { show: false }, cursor: { show: false } },
    axes: [{ show: false }, { show: false }],
    scales: { x: { time: false }, y: { range: (_, low, high) => [Math.min(0, low), Math.max(1, high * 1.08)] } },
    series: [
      {},
      line(colour('--ink'), { width: 1.75 }),
      line(colour('--ink-quiet'), { width: 1, dash: [3, 4] }),
      line('transparent'),
      line(colour('--accent'), { dash: [4, 3] }),
      line('transparent'),
    ],
    bands: [{ series: [5, 3], fill: `${colour('--accent')}38` }],
  }
}
