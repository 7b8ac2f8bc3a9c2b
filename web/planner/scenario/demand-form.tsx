/** Who comes: patients a day, by weekday and by hour, drawn with sliders. */
import { Group, NumberInput, Text, Title } from '@mantine/core'
import { text as say } from '../../shared/language.ts'
import type { ReadyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { DAYS, withStream } from './edits.ts'
import forms from './scenario.module.css'

interface FormProps {
  model: ReadyModel
  text: string
  onChange: (text: string) => void
}

const EVEN = new Array<number>(24).fill(1 / 24)

export function DemandForm({ model, text, onChange }: FormProps) {
  const streams = model.scenario.demand.filter(({ perDay, perHour }) => perDay !== undefined || perHour !== undefined)
  return (
    <section className={styles.panel} aria-label={say('scenario.demand')}>
      <Title order={3}>{say('scenario.demand')}</Title>
      {streams.map((stream) => {
        const { id, pathway, perDay, perHour, weekdayFactors, hourShares } = stream
        const shares = hourShares ?? EVEN
        const most = Math.max(...shares)
        const change = (more: Record<string, unknown>) => onChange(withStream(text, id, more))
        return (
          <fieldset key={id} className={forms.group}>
            <legend>
              {id} · {pathway}
            </legend>
            <Group align="end" wrap="wrap">
              <NumberInput
                size="xs"
                w={120}
                label={say('scenario.perDay')}
                min={0.1}
                max={10_000}
                value={Math.round((perDay ?? perHour! * 24) * 100) / 100}
                onChange={(value) =>
                  Number(value) > 0 && change({ perDay: Number(value), ...(perHour !== undefined && { perHour: null }) })
                }
              />
              {DAYS.map((day, index) => (
                <NumberInput
                  key={day}
                  size="xs"
                  w={66}
                  hideControls
                  min={0}
                  max={10}
                  step={0.05}
                  label={say(`day.${day}`)}
                  disabled={perDay === undefined}
                  value={weekdayFactors?.[index] ?? 1}
                  onChange={(value) => {
                    const factors = weekdayFactors ?? [1, 1, 1, 1, 1, 1, 1]
                    change({ weekdayFactors: factors.map((each, other) => (other === index ? Number(value) : each)) })
                  }}
                />
              ))}
            </Group>
            {perDay === undefined ? null : (
              <>
                <Text size="xs" className="quiet">
                  {say('scenario.hours')}
                </Text>
                <div className={forms.curve}>
                  {shares.map((share, hour) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: hours have no other name
                    <label key={hour}>
                      <input
                        type="range"
                        min={0}
                        max={100}
                        step={1}
                        value={most > 0 ? Math.round((share / most) * 100) : 0}
                        aria-label={say('scenario.hourOf', { hour, name: id })}
                        onChange={(event) => {
                          const drawn = shares.map((each, other) =>
                            other === hour ? (Number(event.target.value) / 100) * most : each,
                          )
                          const sum = drawn.reduce((all, each) => all + each, 0)
                          if (sum > 0) change({ hourShares: drawn.map((each) => each / sum) })
                        }}
                      />
                      <span>{hour}</span>
                    </label>
                  ))}
                </div>
              </>
            )}
          </fieldset>
        )
      })}
    </section>
  )
}
