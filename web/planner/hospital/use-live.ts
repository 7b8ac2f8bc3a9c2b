/** The real hospital, read again whenever something has happened in it. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Page, PoolItem } from '../../../api/types.ts'
import type { Trace } from '../../../twin/trace/trace.ts'
import { get } from '../../shared/api.ts'
import { useClock, usePools } from '../../shared/queries.ts'
import { LiveTrace } from './live-trace.ts'
import { type Sightings, useSightings } from './sightings.ts'

export interface LiveState {
  trace: Trace | null
  error: unknown
  /** Hospital milliseconds for each wall millisecond. */
  rate: number
  /** Hospital milliseconds now. */
  now: () => number
  sightings: Sightings
}

/** What beacons have seen is looked at again so often: it grows old while nothing happens. */
const AGEING_MS = 5_000

/** Every page of a list. */
async function all<Item>(page: (query: { limit: number; cursor: string }) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { items: more, next }: Page<Item> = await page({ limit: 500, cursor })
    items.push(...more)
    cursor = next
  }
  return items
}

export function useLiveHospital(isOn: boolean): LiveState {
  const clock = useClock()
  const pools = usePools()
  const places = useQuery({
    queryKey: ['resources', 'places'],
    queryFn: () => get('/places'),
    enabled: isOn,
    staleTime: 3_600_000,
  })
  const [units, holds, queue, presence] = useQueries({
    queries: [
      { queryKey: ['resources', 'all', 'units'], queryFn: () => all((query) => get('/resources/units', query)), enabled: isOn },
      { queryKey: ['resources', 'all', 'holds'], queryFn: () => all((query) => get('/resources/holds', query)), enabled: isOn },
      { queryKey: ['resources', 'all', 'queue'], queryFn: () => all((query) => get('/resources/queue', query)), enabled: isOn },
      { queryKey: ['runs', 'presence'], queryFn: () => all((query) => get('/presence', query)), enabled: isOn },
    ],
  })
  const { epoch } = clock.data ?? {}
  const sightings = useSightings(isOn, epoch)
  const [ageing, setAgeing] = useState(0)
  useEffect(() => {
    if (sightings.size === 0) return
    const timer = setInterval(() => setAgeing((count) => count + 1), AGEING_MS)
    return () => clearInterval(timer)
  }, [sightings])
  const live = useRef<LiveTrace | null>(null)
  const [trace, setTrace] = useState<Trace | null>(null)
  const clockRead = useRef({ ms: 0, readAt: 0, rate: 1 })
  if (clock.data) {
    const { now, epoch, rate, readAt } = clock.data
    clockRead.current = { ms: Date.parse(now) - Date.parse(epoch), readAt, rate }
  }
  const now = useCallback(() => {
    const { ms, readAt, rate } = clockRead.current
    return ms + (performance.now() - readAt) * rate
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: time that has gone by is a reason to look again.
  useEffect(() => {
    if (!isOn) {
      live.current = null
      setTrace(null)
      return
    }
    if (!places.data || !units.data || !holds.data || !queue.data || !presence.data || !pools.data || !clock.data) return
    const at = Math.floor(Math.max(now(), live.current?.trace.end ?? 0))
    if (!live.current) {
      const { epoch, timeZone } = clock.data
      const named = pools.data.items.map(({ id, name }: PoolItem) => ({ id, name }))
      live.current = new LiveTrace(places.data, units.data, named, { epoch, timeZone }, at)
    }
    const read = { units: units.data, holds: holds.data, queue: queue.data, presence: presence.data }
    live.current.read({ at, ...read, sightings })
    setTrace(live.current.trace)
  }, [isOn, places.data, units.data, holds.data, queue.data, presence.data, pools.data, clock.data, sightings, ageing, now])
  const error = places.error ?? units.error ?? holds.error ?? queue.error ?? presence.error
  return { trace, error, rate: clock.data?.rate ?? 1, now, sightings }
}
