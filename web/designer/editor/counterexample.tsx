/** The shortest way to what is wrong, played on the diagram step by step. */
import '@mantine/core/styles/Slider.css'
import { ActionIcon, Button, Group, Slider, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipBack, IconPlayerSkipForward, IconX } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { text } from '../../shared/language.ts'
import type { Step } from '../proof/contract.ts'
import type { Diagram, Selection } from './diagram-js.ts'
import classes from './editor.module.css'
import { clearWay, showWay } from './marks.ts'

const STEP_MS = 500

interface Props {
  diagram: Diagram
  way: Step[]
  why: string
  nameOf: (element: string) => string
  onClose: () => void
}

export function Counterexample({ diagram, way, why, nameOf, onClose }: Props) {
  // Flows are followed between two stops.
  const stops = useMemo(() => way.flatMap(({ event }, index) => (event === 'taken' ? [] : [index])), [way])
  const last = stops.length - 1
  const [step, setStep] = useState(0)
  const [playing, setPlaying] = useState(true)
  useEffect(() => {
    showWay(diagram, way, step === last ? way.length - 1 : stops[step]!)
  }, [diagram, way, stops, last, step])
  useEffect(() => {
    // What is chosen would stand over the way, with its menu.
    diagram.get<Selection>('selection').select(null)
    return () => clearWay(diagram)
  }, [diagram])
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => setStep((now) => Math.min(now + 1, last)), STEP_MS)
    return () => clearInterval(timer)
  }, [playing, last])
  useEffect(() => {
    if (step === last) setPlaying(false)
  }, [step, last])
  const { element = '', event = '' } = way[stops[step]!] ?? {}
  const go = (to: number) => {
    setPlaying(false)
    setStep(Math.min(last, Math.max(0, to)))
  }
  return (
    <section className={classes.player} aria-label={text('counterexample.title')}>
      <Group gap="xs" wrap="nowrap">
        <ActionIcon variant="default" aria-label={text('counterexample.back')} onClick={() => go(step - 1)}>
          <IconPlayerSkipBack size={16} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={text(playing ? 'counterexample.pause' : 'counterexample.play')}
          onClick={() => {
            if (step === last) setStep(0)
            setPlaying(!playing)
          }}
        >
          {playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        </ActionIcon>
        <ActionIcon variant="default" aria-label={text('counterexample.next')} onClick={() => go(step + 1)}>
          <IconPlayerSkipForward size={16} />
        </ActionIcon>
        <Slider
          className={classes.slider}
          min={0}
          max={last}
          value={step}
          onChange={go}
          label={null}
          thumbLabel={text('counterexample.step', { step: step + 1, steps: stops.length })}
        />
        <Button size="compact-sm" variant="subtle" leftSection={<IconX size={14} aria-hidden />} onClick={onClose}>
          {text('action.close')}
        </Button>
      </Group>
      <Text size="sm" aria-live="polite">
        {text('counterexample.step', { step: step + 1, steps: stops.length })} : <strong>{nameOf(element)}</strong>{' '}
        {text(eventKey(event))}. {step === last ? <strong>{why}</strong> : null}
      </Text>
    </section>
  )
}

const EVENTS = {
  entered: 'step.entered',
  completed: 'step.completed',
  cancelled: 'step.cancelled',
  failed: 'step.failed',
  taken: 'step.taken',
  thrown: 'step.thrown',
  caught: 'step.caught',
} as const
const eventKey = (event: string) => EVENTS[event as keyof typeof EVENTS] ?? 'step.entered'
