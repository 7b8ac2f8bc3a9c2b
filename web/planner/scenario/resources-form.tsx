/** What there is, and when it is open: units by pool, and a week of hours for each calendar. */
import { NumberInput, Title } from '@mantine/core'
import { text as say } from '../../shared/language.ts'
import { poolName } from '../numbers.ts'
import type { ReadyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { DAYS, hoursOf, withCalendar, withUnits } from './edits.ts'
import forms from './scenario.module.css'

export function ResourcesForm({ model, text, onChange }: { model: ReadyModel; text: string; onChange: (text: string) => void }) {
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
      {calendars.map((calendar) => {
        const grid = hoursOf(calendar)
        return (
          <table key={calendar.id} className={forms.week}>
            <caption>{say('scenario.calendar', { name: calendar.id })}</caption>
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
                        onClick={() =>
                          onChange(
                            withCalendar(
                              text,
                              calendar.id,
                              grid.map((hours, other) => hours.map((each, at) => (other === row && at === hour ? !each : each))),
                            ),
                          )
                        }
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )
      })}
    </section>
  )
}
