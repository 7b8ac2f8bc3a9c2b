/** What the page reads. One family of keys for each kind of thing, so that what happens refreshes what it may have changed. */
import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Counters, Page, PathwayItem } from '../../api/types.ts'
import { ApiError, get, post } from './api.ts'
import type { Language } from './language.ts'

export type Family =
  | 'command-centre'
  | 'pathways'
  | 'positions'
  | 'runs'
  | 'tasks'
  | 'resources'
  | 'alerts'
  | 'incidents'
  | 'documents'
  | 'counters'

const LIST_LIMIT = 200

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the caller got wrong stays wrong; what was down may be up again.
      retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      retryDelay: 1_500,
    },
  },
})

/** What is there stays in sight while it is read anew. */
function useKept<T>(queryKey: [Family | 'session' | 'clock', ...unknown[]], queryFn: () => Promise<T>, enabled = true) {
  return useQuery({ queryKey, queryFn, enabled, placeholderData: keepPreviousData })
}

export const useSession = () => useKept(['session'], () => get('/session'))
export const useClock = () =>
  useQuery({
    queryKey: ['clock'],
    queryFn: async () => ({ ...(await get('/clock')), readAt: performance.now() }),
    refetchInterval: 30_000,
  })
export const useCounters = () => useKept(['counters'], () => get('/counters'))
/** The counts of tasks that a role may see, by role: its own, or everybody's for those who steer. */
export const tasksSeenBy = (role: string, tasks: Counters['tasks']): Counters['tasks'] =>
  role === 'operations' ? tasks : { [role]: tasks[role] ?? 0 }

export const usePathways = () => useKept(['pathways'], () => get('/pathways', { limit: 100 }))

/** What a published pathway is called changes seldom: read again now and then, not with every fact. */
const TEXTS_STALE_MS = 60_000

export const usePathwayTitles = () =>
  useQuery({
    queryKey: ['titles'],
    queryFn: () => get('/pathways', { limit: 100 }),
    select: titlesOf,
    staleTime: TEXTS_STALE_MS,
  })
const titlesOf = ({ items }: Page<PathwayItem>) => new Map(items.map(({ id, name }) => [id, name]))

/** Pathways and hospital are written in French; what they say in another language is asked for. */
export const useTexts = (language: Language) =>
  useQuery({
    queryKey: ['texts', language],
    queryFn: () => get(`/texts/${language as string}`),
    enabled: language !== 'fr',
    staleTime: TEXTS_STALE_MS,
  })

/** The current version with its diagram: what is published does not change under its number. */
export const useDiagram = (pathway: string, version: number | undefined) =>
  useQuery({
    queryKey: ['diagram', pathway, version],
    queryFn: () => get(`/pathways/${encodeURIComponent(pathway)}/versions/${version!}`),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
export const usePositions = (pathway: string) =>
  useQuery({
    queryKey: ['positions', pathway],
    queryFn: () => get(`/pathways/${encodeURIComponent(pathway)}/positions`),
    enabled: pathway !== '',
  })
export const useRunsAt = (pathway: string, element: string) =>
  useQuery({
    queryKey: ['runs', 'at', pathway, element],
    queryFn: () => get('/runs', { pathway, element, state: 'running', limit: LIST_LIMIT }),
    enabled: element !== '',
  })
/** What runs are looked for by; '' for any. */
export interface RunSearch {
  named: string
  pathway: string
  state: string
}
const RUNS_LIMIT = 100
/** Those with an open incident: not a state of theirs, but what operations looks for first. */
export const TROUBLED = 'troubled'
export const useRuns = ({ named, pathway, state }: RunSearch) =>
  useInfiniteQuery({
    queryKey: ['run-list', named, pathway, state],
    queryFn: ({ pageParam }) => {
      const by = state === TROUBLED ? { troubled: 'true' } : { state }
      return get('/runs', { named, pathway, ...by, cursor: pageParam, limit: RUNS_LIMIT })
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    // A list that somebody is reading does not jump about with every fact.
    refetchInterval: 15_000,
  })
export const useIncidentsOf = (run: string) =>
  useQuery({
    queryKey: ['incidents', 'of', run],
    queryFn: () => get('/incidents', { run, state: 'open', limit: 20 }),
  })
/** Runs whose pseudonym begins so. */
export const useRunsNamed = (named: string) =>
  useQuery({
    queryKey: ['runs', 'named', named],
    queryFn: () => get('/runs', { named, limit: 6 }),
    enabled: named.length >= 3,
  })
export const useCommandCentre = () => useKept(['command-centre'], () => get('/command-centre'))
export const useRun = (id: string) =>
  useQuery({
    queryKey: ['runs', 'one', id],
    queryFn: () => get(`/runs/${encodeURIComponent(id)}`, { limit: 60 }),
    enabled: id !== '',
  })
export const usePools = () => useKept(['resources', 'pools'], () => get('/resources/pools', { limit: 200 }))
export const useUnits = (pool: string) =>
  useQuery({
    queryKey: ['resources', 'units', pool],
    queryFn: () => get('/resources/units', { pool, limit: 500 }),
    enabled: pool !== '',
  })
export const useTasks = (role: string) => useKept(['tasks', 'list', role], () => get('/tasks', { role, limit: LIST_LIMIT }))
export const useTask = (id: string) =>
  useQuery({
    queryKey: ['tasks', 'one', id],
    queryFn: () => get(`/tasks/${encodeURIComponent(id)}`),
    enabled: id !== '',
  })
export const useAlerts = () => useKept(['alerts'], () => get('/alerts', { state: 'open', limit: 100 }))
export const useIncidents = () => useKept(['incidents'], () => get('/incidents', { state: 'open', limit: 100 }))
export const useDocuments = (enabled: boolean) => useKept(['documents'], () => get('/documents', { limit: 8 }), enabled)
/** Found by what is typed, which goes in a body: no name stands in an address. */
export const useFoundPatients = (query: string) =>
  useQuery({
    queryKey: ['found-patients', query],
    queryFn: () => post('/patients/search', { query }),
    enabled: query.trim().length >= 2,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
