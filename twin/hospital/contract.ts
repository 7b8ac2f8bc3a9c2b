/** From what the allocator works with back to the compact shape of `hospital.yaml`: the resources of a hospital that is there, to be asked what if. */
import type { z } from 'zod'
import type { Calendar } from '../../pathways/resources/contract.ts'
import { civilFromDays, dayMs } from '../../pathways/time/civil.ts'
import { epochMsOfInstant, type SiteTime } from '../../pathways/time/site.ts'
import type { Resources } from './expand.ts'
import { type HospitalFile, weekdays } from './schema.ts'

type File = z.infer<typeof HospitalFile>

const dayMinutes = 1_440

/** All its units free, but those out of service, which are not there; its stock as it is. Expanded again, it gives the same resources. */
export const contractResources = (
  { pools, units, lots, calendars }: Resources,
  site: SiteTime & { id: string; name: string },
): File => ({
  site: { id: site.id, name: site.name, epoch: site.epoch, timeZone: site.timeZone },
  calendars: calendars.map(calendarOf),
  pools: pools.map(({ id, name, kind, turnover, passesMax, reorderThreshold, reorderQuantity }) => {
    const pool = { id, name, turnover, passesMax }
    if (kind === 'stock') {
      const left = lots.filter((lot) => lot.pool === id && lot.quantity > 0)
      return {
        ...pool,
        stock: { reorderThreshold, reorderQuantity },
        lots: left.map(({ lot, quantity, expiresAt }) => ({ lot, quantity, expires: dayOf(expiresAt, site) })),
      }
    }
    const there = units.filter((unit) => unit.pool === id && !unit.outOfService)
    return {
      ...pool,
      units: there.map(({ name: unit, place, attributes, calendar }) => ({
        ...{ name: unit, count: 1, place, calendar },
        attributes: attributes as Record<string, string | number | boolean>,
      })),
    }
  }),
})

const calendarOf = ({ id, open }: Calendar): File['calendars'][number] => ({
  id,
  periods: open.flatMap(({ fromMinute, toMinute }) => {
    const parts = []
    for (let from = fromMinute; from < toMinute; ) {
      // A period is of a day at most; those that touch are one again.
      const to = Math.min(toMinute, from + dayMinutes)
      parts.push({ days: [weekdays[Math.floor(from / dayMinutes) % 7]!], from: clockOf(from), to: clockOf(to) })
      from = to
    }
    return parts
  }),
})

const clockOf = (minute: number): string => {
  const ofDay = minute % dayMinutes
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`
}

const dayOf = (at: number, { epoch }: SiteTime): string => {
  const { year, month, day } = civilFromDays(Math.floor((epochMsOfInstant(epoch) + at) / dayMs))
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

const two = (number: number): string => String(number).padStart(2, '0')
