/** What those who care read. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { get } from '../shared/api.ts'
import { queries } from '../shared/queries.ts'

export interface WorklistFilter {
  role?: string | undefined
  unit?: string | undefined
  mine?: string | undefined
  late?: string | undefined
}

const PAGE = 250
const SOON_MS = 4_000
/** Who has scrolled far reads: what they look at must not be read anew, whole, all the time. */
const PAGES_READ_OFTEN = 2
const LATER_MS = 60_000

/** The worklist, page by page as it is scrolled. */
export const useWorklist = (filter: WorklistFilter) =>
  useInfiniteQuery({
    queryKey: ['worklist', filter],
    queryFn: ({ pageParam }) => get('/tasks', { ...filter, limit: PAGE, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > PAGES_READ_OFTEN ? LATER_MS : SOON_MS),
  })

export const useTaskSummary = () =>
  useQuery({ queryKey: ['worklist', 'summary'], queryFn: () => get('/tasks/summary'), refetchInterval: SOON_MS })

export const useColleagues = (enabled: boolean) =>
  useQuery({ queryKey: ['colleagues'], queryFn: () => get('/tasks/colleagues'), enabled })

/** After something was done with a task. */
export const refreshTasks = () =>
  Promise.all([queries.invalidateQueries({ queryKey: ['tasks'] }), queries.invalidateQueries({ queryKey: ['worklist'] })])

export const usePatient = (id: string) =>
  useQuery({
    queryKey: ['patient', id],
    queryFn: () => get(`/patients/${encodeURIComponent(id)}`),
    refetchInterval: 10_000,
  })
export const useSituation = (id: string) =>
  useQuery({
    queryKey: ['runs', 'situation', id],
    queryFn: () => get(`/patients/${encodeURIComponent(id)}/situation`),
  })
export const useTimeline = (id: string) =>
  useInfiniteQuery({
    queryKey: ['runs', 'timeline', id],
    queryFn: ({ pageParam }) => get(`/patients/${encodeURIComponent(id)}/timeline`, { limit: 50, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const useFollowUps = (filter: { colour?: string | undefined; patient?: string | undefined }) =>
  useInfiniteQuery({
    queryKey: ['alerts', 'follow-ups', filter],
    queryFn: ({ pageParam }) => get('/follow-ups', { ...filter, limit: 100, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
export const refreshFollowUp = (patient: string) =>
  Promise.all([
    queries.invalidateQueries({ queryKey: ['alerts'] }),
    queries.invalidateQueries({ queryKey: ['patient', patient] }),
  ])
