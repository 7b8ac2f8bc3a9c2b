/** A draft as it is edited: saved by itself a moment after each change, kept here while the link is down, and never over somebody else's. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PathwayVersionDetail } from '../../../api/types.ts'
import { ApiError, problemCode } from '../../shared/api.ts'
import { queries } from '../../shared/queries.ts'
import { readVersion, replaceDraft, type Sources, sourcesOf } from '../versions.ts'
import { forgetLocalCopy, keepLocalCopy, readLocalCopy } from './local-copy.ts'

const SAVE_AFTER_MS = 1_200
const RETRY_MS = 5_000

export type SaveState =
  | { state: 'saved'; at: string }
  | { state: 'changed' | 'saving' | 'kept' | 'lost' }
  /** Somebody else has saved it meanwhile. */
  | { state: 'conflict'; theirs: PathwayVersionDetail }
  | { state: 'refused'; error: ApiError }

export interface Draft {
  sources: Sources
  revision: string
  save: SaveState
  /** Changes some of it; it is saved by itself. */
  change: (part: Partial<Sources>) => void
  /** After a conflict: mine over theirs, or theirs over mine. */
  settle: (whose: 'mine' | 'theirs') => void
  /** Counts up when the sources come from elsewhere, and editors must read them again. */
  generation: number
  /** Saves at once what is not saved yet. @returns the revision that the server has, or null when it has not. */
  flush: () => Promise<string | null>
}

export function useDraft(initial: PathwayVersionDetail): Draft {
  const { pathway, version } = initial
  const [sources, setSources] = useState<Sources>(() => localOf(initial) ?? sourcesOf(initial))
  const [save, setSave] = useState<SaveState>({ state: 'saved', at: initial.savedAt })
  const [generation, setGeneration] = useState(0)
  const now = useRef({
    sources,
    revision: initial.revision,
    dirty: localOf(initial) !== null,
    saving: null as Promise<void> | null,
  })
  const timer = useRef(0)

  const store = useCallback(async (): Promise<void> => {
    const held = now.current
    if (held.saving) await held.saving
    if (!held.dirty) return
    const sent = held.sources
    held.dirty = false
    setSave({ state: 'saving' })
    held.saving = replaceDraft(pathway, version, sent, held.revision)
      .then(({ revision, savedAt }) => {
        held.revision = revision
        if (held.dirty) return
        forgetLocalCopy(pathway, version)
        setSave({ state: 'saved', at: savedAt })
        void queries.invalidateQueries({ queryKey: ['pathways'] })
      })
      .catch(async (error: unknown) => {
        held.dirty = true
        const kept = keepLocalCopy(pathway, version, { sources: held.sources, revision: held.revision, at: Date.now() })
        if (problemCode(error) === 'draft-changed')
          return setSave({ state: 'conflict', theirs: await readVersion(pathway, version) })
        if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 401)
          return setSave({ state: 'refused', error })
        setSave({ state: kept ? 'kept' : 'lost' })
        timer.current = window.setTimeout(() => void store(), RETRY_MS)
      })
      .finally(() => {
        held.saving = null
      })
    await held.saving
  }, [pathway, version])

  const change = useCallback(
    (part: Partial<Sources>) => {
      const held = now.current
      held.sources = { ...held.sources, ...part }
      held.dirty = true
      setSources(held.sources)
      keepLocalCopy(pathway, version, { sources: held.sources, revision: held.revision, at: Date.now() })
      setSave((before) => (before.state === 'conflict' ? before : { state: 'changed' }))
      clearTimeout(timer.current)
      timer.current = window.setTimeout(() => void store(), SAVE_AFTER_MS)
    },
    [pathway, version, store],
  )

  useEffect(() => {
    if (now.current.dirty) timer.current = window.setTimeout(() => void store(), 0)
    return () => {
      clearTimeout(timer.current)
      void store()
    }
  }, [store])

  const settle = (whose: 'mine' | 'theirs') => {
    if (save.state !== 'conflict') return
    const { theirs } = save
    now.current.revision = theirs.revision
    if (whose === 'theirs') {
      now.current.sources = sourcesOf(theirs)
      now.current.dirty = false
      forgetLocalCopy(pathway, version)
      setSources(now.current.sources)
      setGeneration((before) => before + 1)
      setSave({ state: 'saved', at: theirs.savedAt })
    } else {
      setSave({ state: 'changed' })
      void store()
    }
  }
  const flush = async () => {
    clearTimeout(timer.current)
    await store()
    return now.current.dirty ? null : now.current.revision
  }
  return { sources, revision: now.current.revision, save, change, settle, generation, flush }
}

/** What was drawn here on this very revision and never reached the server. */
function localOf({ pathway, version, revision }: PathwayVersionDetail): Sources | null {
  const copy = readLocalCopy(pathway, version)
  return copy && copy.revision === revision ? copy.sources : null
}
