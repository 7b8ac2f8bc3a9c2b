/** What there is, and when it is open: units by pool, and a week of hours for each calendar, painted. */
import { NumberInput, Title } from '@mantine/core'
import { useRef } from 'react'
import { text as say } from '../../shared/language.ts'
import { poolName } from '../numbers.ts'
import type { ReadyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { DAYS, hoursOf, withCalendar, withUnits } from './edits.ts'
import forms from './scenario.module.css'

interface FormProps {
  model: ReadyModel
  text: string
  onChange: (text: string) => void
}

export function ResourcesForm({ model, text, onChange }: FormProps) {
  const { pools, calendars } = model.scenario.hospital
  return (
    <section className={styles.panel} aria-label={say('scenario.resources')}>
      <Title order={3}>{say('scenario.resources')}</Title>
      <div className={forms.pools}>
        {pools.map(({ id, units }) => {
          if (units === undefined) return null
          const count = typeof units === 'number' ? units : units.reduce((sum, group) => sum + group.count, 0)
          return (
            <NumberInput
              key={id}
              size="xs"
              label={poolName(id, model.scenario)}
              min={0}
              max={10_000}
              value={count}
              onChange={(value) => onChange(withUnits(text, id, Number(value)))}
            />
          )
        })}
      </div>
      {calendars.length > 0 ? <Title order={4}>{say('scenario.shifts')}</Title> : null}
      {calendars.length > 0 ? <p className="quiet">{say('scenario.shiftsLead')}</p> : null}
      {calendars.map((calendar) => (
        <Week
          key={calendar.id}
          name={calendarWords(calendar.id, model)}
          grid={hoursOf(calendar)}
          onChange={(grid) => onChange(withCalendar(text, calendar.id, grid))}
        />
      ))}
    </section>
  )
}

/** A calendar by who works by it. */
const calendarWords = (id: string, { scenario }: ReadyModel): string => {
  const own = scenario.hospital.pools.flatMap((pool) =>
    typeof pool.units === 'number' || pool.units === undefined
      ? []
      : pool.units.flatMap((group) => ('calendar' in group && group.calendar === id ? [`${group.name} (${group.count})`] : [])),
  )
  return own.length > 0 ? [...new Set(own)].join(', ') : id
}

/** Hours are painted: pressing begins with the other of what is there, and all that is drawn over becomes it. */
function Week({ name, grid, onChange }: { name: string; grid: boolean[][]; onChange: (grid: boolean[][]) => void }) {
  const painting = useRef<{ to: boolean; grid: boolean[][] } | null>(null)
  const paint = (row: number, hour: number) => {
    if (!painting.current) return
    painting.current.grid[row]![hour] = painting.current.to
    onChange(painting.current.grid.map((hours) => [...hours]))
  }
  const begin = (row: number, hour: number) => {
    painting.current = { to: !grid[row]![hour], grid: grid.map((hours) => [...hours]) }
    paint(row, hour)
  }
  const open = grid.flat().filter(Boolean).length
  return (
    <table className={forms.week} onPointerUp={() => (painting.current = null)} onPointerLeave={() => (painting.current = null)}>
      <caption>
        {name} <span className="quiet">{say('scenario.openHours', { hours: open })}</span>
      </caption>
      <thead>
        <tr>
          <td />
          {grid[0]!.map((_, hour) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: hours have no other name
            <th key={hour} scope="col">
              {hour}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {DAYS.map((day, row) => (
          <tr key={day}>
            <th scope="row">{say(`day.${day}`)}</th>
            {grid[row]!.map((isOpen, hour) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: hours have no other name
              <td key={hour}>
                <button
                  type="button"
                  aria-pressed={isOpen}
                  aria-label={say('scenario.cell', { day: say(`day.${day}`), hour })}
                  onPointerDown={(event) => {
                    event.currentTarget.releasePointerCapture(event.pointerId)
                    begin(row, hour)
                  }}
                  onPointerEnter={() => paint(row, hour)}
                  onKeyDown={(event) => {
                    if (event.key !== ' ' && event.key !== 'Enter') return
                    event.preventDefault()
                    begin(row, hour)
                    painting.current = null
                  }}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
