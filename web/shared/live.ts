/**
 * The live link: facts as they happen. The browser resumes after the last one it saw; when the server has closed for good (restart, expired
 * session) we open again after it ourselves. What facts may have changed is read again in batches.
 */
import { useSyncExternalStore } from 'react'
import type { Counters, FactItem } from '../../api/types.ts'
import type { LinkOrder, LinkReport } from './link-worker.ts'
import { type Family, queries } from './queries.ts'

const FACTS_KEPT = 200
/** What had happened before the page was opened. */
const FACTS_FIRST = 60
const BATCH_MS = 1_000
const REOPEN_MS_MAX = 15_000

export type LinkState = 'connecting' | 'open' | 'down'
export interface Live {
  link: LinkState
  /** Wall time of the last word from the server, Unix ms; null before the first. */
  heardAt: number | null
  /** Newest first. */
  facts: readonly FactItem[]
}

let live: Live = { link: 'connecting', heardAt: null, facts: [] }
const listeners = new Set<() => void>()
function update(change: Partial<Live>): void {
  live = { ...live, ...change }
  for (const listener of listeners) listener()
}

/** What the link says now. */
export function useLive(): Live {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => live,
  )
}

/** Opens the link. @returns how to close it. */
export function openLink(): () => void {
  const worker = new Worker(new URL('./link-worker.ts', import.meta.url), { type: 'module' })
  let reopen: number | undefined
  let attempts = 0
  const open = () => {
    const after = live.facts[0]?.id
    const url = `/api/events?${after === undefined ? `last=${FACTS_FIRST}` : `after=${encodeURIComponent(after)}`}`
    worker.postMessage({ url } satisfies LinkOrder)
  }
  worker.onmessage = ({ data: report }: MessageEvent<LinkReport>) => {
    switch (report.type) {
      case 'open':
        // After a silence anything may have changed.
        if (live.link === 'down') void queries.invalidateQueries()
        attempts = 0
        return update({ link: 'open', heardAt: Date.now() })
      case 'error':
        update({ link: 'down' })
        if (!report.closed) return
        void queries.invalidateQueries({ queryKey: ['session'] })
        reopen = window.setTimeout(open, Math.min(1_000 * 2 ** attempts++, REOPEN_MS_MAX))
        return
      case 'fact':
        return receiveFact(JSON.parse(report.data) as FactItem)
      case 'counters':
        queries.setQueryData(['counters'], JSON.parse(report.data) as Counters)
        return update({ heardAt: Date.now() })
    }
  }
  worker.onerror = () => update({ link: 'down' })
  open()
  return () => {
    clearTimeout(reopen)
    worker.terminate()
    update({ link: 'connecting' })
  }
}

let arrived: FactItem[] = []
let flushing = false

function receiveFact(fact: FactItem): void {
  arrived.push(fact)
  if (flushing) return
  flushing = true
  window.setTimeout(() => void flush(), BATCH_MS)
}

/** Shows what arrived and reads again what it may have changed; the next batch begins when that is done. */
async function flush(): Promise<void> {
  const batch = arrived
  arrived = []
  const known = new Set(live.facts.map(({ id }) => id))
  const fresh = batch.filter(({ id }) => !known.has(id)).reverse()
  update({ facts: [...fresh, ...live.facts].slice(0, FACTS_KEPT), heardAt: Date.now() })
  const families = new Set(batch.flatMap(({ event }) => familiesChangedBy(event)))
  const hidden = document.visibilityState === 'hidden'
  await Promise.all(
    [...families].map((family) => queries.invalidateQueries({ queryKey: [family], refetchType: hidden ? 'none' : 'active' })),
  )
  flushing = false
  if (arrived.length > 0) {
    flushing = true
    window.setTimeout(() => void flush(), BATCH_MS)
  }
}

/** What people decide about beds and theatres by hand. */
const UNIT_ACTS = ['assigned', 'unassigned', 'moved', 'blocked', 'unblocked', 'soiled', 'cleaned', 'rescheduled', 'inserted']

/** What a fact may have changed. */
export function familiesChangedBy(event: string): Family[] {
  if (event === 'taken') return []
  if (event === 'granted' || event === 'released' || event === 'requested')
    return ['resources', 'positions', 'runs', 'command-centre']
  if (UNIT_ACTS.includes(event)) return ['resources', 'runs', 'tasks', 'alerts', 'command-centre']
  return ['positions', 'runs', 'tasks', 'pathways', 'alerts', 'incidents', 'documents', 'command-centre']
}
