/** The hospital in eight figures. */

import type { MessageKey } from '../locales/fr.ts'
import { text } from '../shared/language.ts'
import { useCounters } from '../shared/queries.ts'

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, one) => total + one, 0)

export function Figures() {
  const { data } = useCounters()
  const figures: [MessageKey, number | undefined, boolean][] = [
    ['figure.running', data && sum(data.running), false],
    ['figure.completed', data && sum(data.completed), false],
    ['figure.tasks', data && sum(data.tasks), false],
    ['figure.queue', data?.queue, false],
    ['figure.deposits', data?.deposits, false],
    ['figure.mails', data?.mails, false],
    ['figure.alerts', data?.alerts, true],
    ['figure.incidents', data?.incidents, true],
  ]
  return (
    <dl className="figures-row" aria-label={text('figure.all')}>
      {figures.map(([key, value, isAlarm]) => (
        <div key={key} className="figure" data-alarm={isAlarm && (value ?? 0) > 0}>
          <dt>{text(key)}</dt>
          <dd className="figures">{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  )
}
