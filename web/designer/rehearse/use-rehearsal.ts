/** A rehearsal in this browser: begun, followed and stopped; what is known so far stays when it is stopped. */
import { useEffect, useRef, useState } from 'react'
import { begun } from '../../shared/worker.ts'
import type { Compared, Played, RehearsalAsked, RehearsalReport } from './contract.ts'

export interface Rehearsal {
  state: 'idle' | 'running' | 'done' | 'stopped' | 'failed'
  /** Of all pairs, 0 to 1. */
  share: number
  compared: Compared | null
  played: Played | null
  message: string
}

const NONE: Rehearsal = { state: 'idle', share: 0, compared: null, played: null, message: '' }

export function useRehearsal() {
  const [rehearsal, setRehearsal] = useState<Rehearsal>(NONE)
  const ending = useRef(() => {})
  const end = () => {
    ending.current()
    ending.current = () => {}
  }
  useEffect(() => () => ending.current(), [])
  const change = (part: Partial<Rehearsal>) => setRehearsal((before) => ({ ...before, ...part }))
  const fail = (message: string) => change({ state: 'failed', message })
  const begin = (asked: RehearsalAsked) => {
    end()
    setRehearsal({ ...NONE, state: 'running' })
    const hear = (said: RehearsalReport) => {
      if (said.say === 'progress') change({ share: said.share })
      else if (said.say === 'played') change({ played: said.played })
      else if (said.say === 'compared') change({ compared: said.compared })
      else {
        end()
        change({ state: 'done', share: 1 })
      }
    }
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    ending.current = begun<RehearsalAsked, RehearsalReport>(worker, asked, hear, fail)
  }
  const stop = () => {
    end()
    change({ state: 'stopped' })
  }
  return { rehearsal, begin, stop, fail }
}
