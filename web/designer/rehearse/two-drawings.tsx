/** The same day on both drawings: patients as tokens, moving by the same clock. */
import '@mantine/core/styles/Slider.css'
import { ActionIcon, Group, Slider, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { text } from '../../shared/language.ts'
import type { Diagram } from '../editor/diagram-js.ts'
import { showTokens } from '../editor/marks.ts'
import { Pair } from '../pair.tsx'
import type { Moment, Played } from './contract.ts'
import classes from './rehearse.module.css'

const MINUTE_MS = 60_000
/** Of the hospital's time, at each turn of the clock. */
const TURN_MS = 5 * MINUTE_MS
const TURN_WALL_MS = 120

export function TwoDrawings({ played, published, draft }: { played: Played; published: string; draft: string }) {
  const [at, setAt] = useState(played.from)
  const [playing, setPlaying] = useState(true)
  const [left, setLeft] = useState<Diagram | null>(null)
  const [right, setRight] = useState<Diagram | null>(null)
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => setAt((now) => (now >= played.until ? played.from : now + TURN_MS)), TURN_WALL_MS)
    return () => clearInterval(timer)
  }, [playing, played])
  const before = useCounts(played.published, at)
  const after = useCounts(played.draft, at)
  useEffect(() => {
    if (left) showTokens(left, before)
  }, [left, before])
  useEffect(() => {
    if (right) showTokens(right, after)
  }, [right, after])
  const sum = (counts: Map<string, number>) => [...counts.values()].reduce((all, count) => all + count, 0)
  return (
    <section aria-label={text('tokens.title')}>
      <Group gap="sm" wrap="nowrap" mb="xs">
        <ActionIcon
          variant="default"
          aria-label={text(playing ? 'counterexample.pause' : 'counterexample.play')}
          onClick={() => setPlaying(!playing)}
        >
          {playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        </ActionIcon>
        <Slider
          className={classes.slider}
          min={played.from}
          max={played.until}
          step={TURN_MS}
          value={at}
          label={null}
          thumbLabel={text('tokens.time')}
          onChange={(value) => {
            setPlaying(false)
            setAt(value)
          }}
        />
        <Text size="sm" className="figures">
          {text('tokens.at', { day: Math.floor(at / 86_400_000) + 1, time: clockOf(at) })}
        </Text>
      </Group>
      <Pair
        older={{ bpmn: published, title: text('tokens.published', { count: sum(before) }), onReady: setLeft }}
        newer={{ bpmn: draft, title: text('tokens.draft', { count: sum(after) }), onReady: setRight }}
      />
    </section>
  )
}

/** How many stand on each element at a time. */
function useCounts(moments: Moment[], at: number): Map<string, number> {
  return useMemo(() => {
    const counts = new Map<string, number>()
    for (const { at: when, element, change } of moments) {
      if (when > at) break
      counts.set(element, (counts.get(element) ?? 0) + change)
    }
    return counts
  }, [moments, at])
}

const clockOf = (at: number): string => {
  const minutes = Math.floor(at / MINUTE_MS) % 1_440
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
