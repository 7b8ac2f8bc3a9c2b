/** What the command centre and open alerts call for, by area of the hospital. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { AlertItem, CommandCentre } from '../../../api/types.ts'
import type { AreaKind } from '../../../twin/hospital/places-file.ts'
import type { Trace } from '../../../twin/trace/trace.ts'
import { ALARMS } from '../../../twin/view/area-states.ts'
import { get } from '../../shared/api.ts'
import { useCommandCentre, useSession } from '../../shared/queries.ts'

/** Areas that answer for what is measured, by the first word of its name. */
const KIND_OF_MEASURE: Record<string, AreaKind> = { emergency: 'emergency', theatres: 'theatres' }
const LEVEL: Record<AlertItem['level'], number> = { info: 1, warning: 2, critical: 3 }
const WITHOUT_ALERTS = ['planner', 'designer']

/** By area, an index into ALARMS; null where nothing is said, or of no live hospital. */
export function useSaidAlarms(trace: Trace, isLive: boolean): Uint8Array | null {
  const { data: session } = useSession()
  const { data: centre } = useCommandCentre()
  const alerts = useQuery({
    queryKey: ['alerts', 'open', 'all'],
    queryFn: () => get('/alerts', { state: 'open', limit: 200 }),
    enabled: isLive && session?.role != null && !WITHOUT_ALERTS.includes(session.role),
  })
  return useMemo(() => (isLive ? saidBy(trace, centre, alerts.data?.items ?? []) : null), [trace, isLive, centre, alerts.data])
}

function saidBy({ places }: Trace, centre: CommandCentre | undefined, alerts: AlertItem[]): Uint8Array {
  const said = new Uint8Array(places.areas.length)
  const raise = (area: number, level: number) => {
    said[area] = Math.max(said[area]!, level)
  }
  for (const { id, alarm } of centre?.measures ?? []) {
    const kind = KIND_OF_MEASURE[id.split('.')[0]!]
    places.areas.forEach((area, index) => {
      if (area.kind === kind) raise(index, ALARMS.indexOf(alarm))
    })
  }
  for (const { place, level, unit } of alerts) {
    const room = places.spots.find((spot) => spot.unit === unit)?.room
    const area =
      room === undefined ? places.areas.findIndex((each) => each.place === place.split('/')[0]) : places.rooms[room]!.area
    if (area >= 0) raise(area, LEVEL[level])
  }
  return said
}
