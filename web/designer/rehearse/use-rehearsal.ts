/** A rehearsal in this browser: begun, followed and stopped; what is known so far stays when it is stopped. */
import { useEffect, useRef, useState } from 'react'
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
  const worker = useRef<Worker | null>(null)
  const end = () => {
    worker.current?.terminate()
    worker.current = null
  }
  useEffect(() => () => worker.current?.terminate(), [])
  const change = (part: Partial<Rehearsal>) => setRehearsal((before) => ({ ...before, ...part }))
  const begin = (asked: RehearsalAsked) => {
    end()
    setRehearsal({ ...NONE, state: 'running' })
    const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.current = made
    made.onmessage = ({ data }: MessageEvent<RehearsalReport>) => {
      if (data.type === 'progress') change({ share: data.share })
      else if (data.type === 'played') change({ played: data.played })
      else if (data.type === 'compared') change({ compared: data.compared })
      else {
        end()
        change(data.type === 'done' ? { state: 'done', share: 1 } : { state: 'failed', message: data.message })
      }
    }
    made.onerror = ({ message }) => {
      end()
      change({ state: 'failed', message })
    }
    made.postMessage(asked)
  }
  const stop = () => {
    end()
    change({ state: 'stopped' })
  }
  const fail = (message: string) => change({ state: 'failed', message })
  return { rehearsal, begin, stop, fail }
}
