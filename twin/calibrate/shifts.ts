/** Units by hour of the week as groups with opening hours, as `hospital.yaml` has them. */
import { weekdays } from '../hospital/schema.ts'
import { HOURS } from './presence.ts'

export interface Period {
  days: string[]
  from: string
  to: string
}

/** So many units that are there at the same hours; without periods, always. */
export interface Shift {
  count: number
  periods: Period[] | null
}

/** The first unit is there whenever at least one is, the second whenever two are, and so on; those with the same hours are one group. */
export const shiftsOf = (units: number[]): Shift[] => {
  const shifts: (Shift & { hours: string })[] = []
  for (let unit = 1; unit <= Math.max(...units); unit++) {
    const open = units.map((each) => each >= unit)
    const hours = open.map((each) => (each ? '1' : '0')).join('')
    const last = shifts.at(-1)
    if (last?.hours === hours) last.count++
    else shifts.push({ count: 1, hours, periods: open.every((each) => each) ? null : periodsOf(open) })
  }
  return shifts.map(({ count, periods }) => ({ count, periods }))
}

const periodsOf = (open: boolean[]): Period[] => {
  const periods: Period[] = []
  for (let day = 0; day < HOURS / 24; day++) {
    for (let hour = 0; hour < 24; hour++) {
      if (!open[day * 24 + hour] || (hour > 0 && open[day * 24 + hour - 1])) continue
      let end = hour
      while (end < 24 && open[day * 24 + end]) end++
      const [from, to] = [clock(hour), clock(end % 24)]
      const same = periods.find((period) => period.from === from && period.to === to)
      if (same) same.days.push(weekdays[day]!)
      else periods.push({ days: [weekdays[day]!], from, to })
    }
  }
  return periods
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`
