/** What beacons see in the real hospital, as it comes: the last sighting of each patient and each piece of equipment. */
import { useEffect, useState } from 'react'
import type { SightingItem } from '../../../api/types.ts'
import type { LinkOrder, LinkReport } from '../../shared/link-worker.ts'

/** For so long a sighting says where somebody is; then their pathway does again. */
export const FRESH_MINUTES = 15
/** Sightings are put together for so long, so that many beacons do not draw the page many times. */
const BATCH_MS = 1_000
const REOPEN_MS = 5_000

export interface Seen extends Pick<SightingItem, 'subject' | 'location'> {
  /** Hospital milliseconds. */
  at: number
}

/** By `Patient <run>` or `Device <unit>`. */
export type Sightings = ReadonlyMap<string, Seen>

export const isFresh = (seenAt: number, at: number): boolean => at - seenAt <= FRESH_MINUTES * 60_000

const NOTHING: Sightings = new Map()

/** @param epoch the site's, of hospital time 0; undefined until it is known. */
export function useSightings(isOn: boolean, epoch: string | undefined): Sightings {
  const [sightings, setSightings] = useState(NOTHING)
  useEffect(() => {
    if (!isOn || epoch === undefined) return
    const worker = new Worker(new URL('../../shared/link-worker.ts', import.meta.url), { type: 'module' })
    const begin = Date.parse(epoch)
    let arrived: Seen[] = []
    let timer: number | undefined
    const flush = () => {
      timer = undefined
      const batch = arrived
      arrived = []
      setSightings((before) => new Map([...before, ...batch.map((seen): [string, Seen] => [keyOf(seen), seen])]))
    }
    const open = () => worker.postMessage({ url: '/api/sightings/events' } satisfies LinkOrder)
    let reopen: number | undefined
    worker.onmessage = ({ data: report }: MessageEvent<LinkReport>) => {
      // A stream that is opened again begins with all there is.
      if (report.type === 'error' && report.closed) reopen = window.setTimeout(open, REOPEN_MS)
      if (report.type !== 'sighting') return
      const { subject, location, at } = JSON.parse(report.data) as SightingItem
      arrived.push({ subject, location, at: Date.parse(at) - begin })
      timer ??= window.setTimeout(flush, BATCH_MS)
    }
    open()
    return () => {
      clearTimeout(timer)
      clearTimeout(reopen)
      worker.terminate()
      setSightings(NOTHING)
    }
  }, [isOn, epoch])
  return sightings
}

const keyOf = ({ subject }: Seen): string => `${subject.type} ${subject.id}`
