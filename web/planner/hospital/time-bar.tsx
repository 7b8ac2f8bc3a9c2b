/** The time that is shown: played, scrubbed, and gone to where something happened. */
import { ActionIcon, Group, SegmentedControl, Text, Tooltip } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { isoOf } from '../../../pathways/time/site.ts'
import type { Trace } from '../../../twin/trace/trace.ts'
import type { Overview } from '../../../twin/view/overview.ts'
import { text, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { dayText, hourText } from '../../shared/times.ts'
import classes from './hospital.module.css'

export const SPEEDS = [1, 60, 600, 3_600, 10_000]

interface TimeBarProps {
  trace: Trace
  overview: Overview | null
  at: number
  speed: number
  isPlaying: boolean
  onSeek: (at: number) => void
  onSpeed: (speed: number) => void
  onPlay: (isPlaying: boolean) => void
}

export function TimeBar({ trace, overview, at, speed, isPlaying, onSeek, onSpeed, onPlay }: TimeBarProps) {
  const language = useText()
  const { say } = useNames()
  const named = (id: string) => say(trace.pools.find((pool) => pool.id === id)?.name ?? id)
  const iso = isoOf(at, trace.site)
  const share = (time: number) => (time - trace.start) / Math.max(1, trace.end - trace.start)
  const momentOf = (time: number) => `${dayText(isoOf(time, trace.site), language)} ${hourText(isoOf(time, trace.site))}`
  const marks = [
    ...(overview?.notes ?? []).map(({ at: when, kind, value }) => ({
      ...{ at: when, kind, label: text(`hospital.note.${kind}`, { count: value }) },
    })),
    ...trace.interventions
      .filter(({ at: when }) => when <= trace.end)
      .map(({ at: when, kind, subject, amount }) => ({
        ...{ at: when, kind: 'intervention', label: text(`hospital.intervention.${kind}`, { subject: named(subject), amount }) },
      })),
  ]
  return (
    <section className={classes.time} aria-label={text('hospital.time')}>
      <Group gap="sm" wrap="nowrap">
        <ActionIcon
          size="lg"
          radius="xl"
          variant="filled"
          aria-label={text(isPlaying ? 'hospital.pause' : 'hospital.play')}
          onClick={() => onPlay(!isPlaying)}
        >
          {isPlaying ? <IconPlayerPause size={18} aria-hidden /> : <IconPlayerPlay size={18} aria-hidden />}
        </ActionIcon>
        <div className={classes.clock}>
          <Text fw={650} size="lg" className="figures" lh={1.1}>
            {hourText(iso)}
          </Text>
          <Text size="xs" className="quiet">
            {dayText(iso, language)}
          </Text>
        </div>
      </Group>
      <div className={classes.track}>
        <Strip overview={overview} />
        <input
          type="range"
          min={trace.start}
          max={trace.end}
          step={60_000}
          value={at}
          aria-label={text('hospital.time')}
          aria-valuetext={`${dayText(iso, language)} ${hourText(iso)}`}
          onChange={({ target }) => onSeek(Number(target.value))}
        />
        {marks.map(({ at: when, kind, label }) => (
          <Tooltip key={`${kind} ${when} ${label}`} label={`${label} · ${momentOf(when)}`}>
            <button
              type="button"
              className={classes.note}
              data-kind={kind}
              style={{ left: `${share(when) * 100}%` }}
              aria-label={`${label}, ${momentOf(when)}`}
              onClick={() => onSeek(when)}
            />
          </Tooltip>
        ))}
      </div>
      <SegmentedControl
        size="xs"
        aria-label={text('hospital.speed')}
        value={String(speed)}
        onChange={(value) => onSpeed(Number(value))}
        data={SPEEDS.map((each) => ({ value: String(each), label: `×${each.toLocaleString(language)}` }))}
      />
    </section>
  )
}

/** How many wait, hour by hour, under the slider. */
function Strip({ overview }: { overview: Overview | null }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const { current } = canvas
    if (!current || !overview) return
    const { clientWidth, clientHeight } = current
    const ratio = window.devicePixelRatio
    current.width = clientWidth * ratio
    current.height = clientHeight * ratio
    const context = current.getContext('2d')!
    const { waiting, inside } = overview
    const most = Math.max(1, ...inside)
    for (const [values, colour] of [
      [inside, '#8fb4c8'],
      [waiting, '#d55e00'],
    ] as const) {
      context.fillStyle = colour
      for (let x = 0; x < current.width; x++) {
        // The most of all hours under a pixel: a peak of one hour is seen in a year.
        const from = Math.floor((x / current.width) * values.length)
        const to = Math.max(from + 1, Math.floor(((x + 1) / current.width) * values.length))
        let top = 0
        for (let step = from; step < to; step++) top = Math.max(top, values[step] ?? 0)
        const height = (top / most) * current.height
        context.fillRect(x, current.height - height, 1, height)
      }
    }
  }, [overview])
  return <canvas ref={canvas} className={classes.strip} aria-hidden />
}
