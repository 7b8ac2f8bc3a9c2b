/** A draft as it is edited: saved by itself a moment after each change, kept here while the link is down, and never over somebody else's. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PathwayVersionDetail } from '../../../api/types.ts'
import { ApiError, problemCode } from '../../shared/api.ts'
import { queries } from '../../shared/queries.ts'
import { readVersion, replaceDraft, type Sources, sourcesOf } from '../versions.ts'
import { canGoBack, canGoForth, goBack, goForth, type History, NO_HISTORY, type Part, remember } from './history.ts'
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
  /** Changes some of it; it is saved by itself. What has a command stack of its own says that it is not to be kept to be undone. */
  change: (part: Partial<Sources>, options?: { undone?: 'elsewhere' }) => void
  /** The same with what comes from elsewhere than the part's editor: a file. */
  replace: (part: Partial<Sources>) => void
  /** One step of a part back or forth, null when there is none. */
  undo: (part: Part) => (() => void) | null
  redo: (part: Part) => (() => void) | null
  /** After a conflict: mine over theirs, or theirs over mine. */
  settle: (whose: 'mine' | 'theirs') => void
  /** Count up when a part comes from elsewhere than its editor, which must read it again. */
  generations: Record<Part, number>
  /** Saves at once what is not saved yet. @returns the revision that the server has, or null when it has not. */
  flush: () => Promise<string | null>
}

const FIRST_GENERATIONS: Record<Part, number> = { bpmn: 0, dmn: 0, forms: 0, texts: 0, scenarios: 0 }
const PARTS = Object.keys(FIRST_GENERATIONS) as Part[]

export function useDraft(initial: PathwayVersionDetail): Draft {
  const { pathway, version } = initial
  const [sources, setSources] = useState<Sources>(() => localOf(initial) ?? sourcesOf(initial))
  const [save, setSave] = useState<SaveState>({ state: 'saved', at: initial.savedAt })
  const [generations, setGenerations] = useState(FIRST_GENERATIONS)
  const [history, setHistory] = useState(NO_HISTORY)
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
    (part: Partial<Sources>, { undone }: { undone?: 'elsewhere' } = {}) => {
      const held = now.current
      const before = held.sources
      if (!undone)
        setHistory((history) =>
          PARTS.filter((one) => part[one] !== undefined && part[one] !== before[one]).reduce(
            (all, one) => remember(all, one, before[one], Date.now()),
            history,
          ),
        )
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

  const readAgain = (parts: Part[]) =>
    setGenerations((before) => ({ ...before, ...Object.fromEntries(parts.map((part) => [part, before[part] + 1])) }))
  const step = (part: Part, go: typeof goBack, can: (history: History, part: Part) => boolean) =>
    can(history, part)
      ? () => {
          const gone = go(history, part, now.current.sources[part])!
          change({ [part]: gone.value }, { undone: 'elsewhere' })
          setHistory(gone.history)
          readAgain([part])
        }
      : null
  const settle = (whose: 'mine' | 'theirs') => {
    if (save.state !== 'conflict') return
    const { theirs } = save
    now.current.revision = theirs.revision
    if (whose === 'theirs') {
      now.current.sources = sourcesOf(theirs)
      now.current.dirty = false
      forgetLocalCopy(pathway, version)
      setSources(now.current.sources)
      readAgain(PARTS)
      setHistory(NO_HISTORY)
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
  return {
    ...{ sources, revision: now.current.revision, save, change, settle, generations, flush },
    replace: (part) => {
      change(part)
      readAgain(PARTS.filter((one) => part[one] !== undefined))
    },
    undo: (part) => step(part, goBack, canGoBack),
    redo: (part) => step(part, goForth, canGoForth),
  }
}

/** What was drawn here on this very revision and never reached the server. */
function localOf({ pathway, version, revision }: PathwayVersionDetail): Sources | null {
  const copy = readLocalCopy(pathway, version)
  return copy && copy.revision === revision ? copy.sources : null
}
