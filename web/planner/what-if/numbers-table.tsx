/** Each measure of both hospitals and the difference, with their intervals; sorted by any column. */
import { useState } from 'react'
import type { ReadyScenario } from '../../../twin/experiment/ready.ts'
import { text, useText } from '../../shared/language.ts'
import { measureText, valueText } from '../numbers.ts'
import type { Outcome, Row } from './outcome.ts'
import styles from './what-if.module.css'

type Column = 'measure' | 'base' | 'changed' | 'difference'

export function NumbersTable({
  outcome,
  model,
  only,
}: {
  outcome: Outcome
  model: ReadyScenario
  only?: (measure: string) => boolean
}) {
  const language = useText()
  const [sorted, setSorted] = useState<{ by: Column; down: boolean } | null>(null)
  const rows = outcome.rows.filter(({ measure }) => only?.(measure) ?? true)
  if (sorted) rows.sort((one, other) => compared(one, other, sorted.by) * (sorted.down ? -1 : 1))
  const head = (by: Column, label: string) => (
    <th scope="col" aria-sort={sorted?.by === by ? (sorted.down ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => setSorted({ by, down: sorted?.by === by ? !sorted.down : true })}
      >
        {label}
        {sorted?.by === by ? (sorted.down ? ' ↓' : ' ↑') : ''}
      </button>
    </th>
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too
    <section className={styles.scroll} tabIndex={0} aria-label={text('whatIf.show.numbers')}>
      <table className={styles.numbers}>
        <thead>
          <tr>
            {head('measure', text('numbers.measure'))}
            {head('base', text('chart.base'))}
            {head('changed', text('chart.changed'))}
            {head('difference', text('numbers.difference'))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { measure, base, changed, difference } = row
            const interval = ({ low, high }: { low: number; high: number }, sign = false) =>
              text('numbers.interval', {
                low: valueText(measure, low, language, sign),
                high: valueText(measure, high, language, sign),
              })
            return (
              <tr key={measure}>
                <td>{measureText(measure, model)}</td>
                <td>
                  {valueText(measure, base.mean, language)}
                  <small>{base.replications > 1 ? interval(base) : null}</small>
                </td>
                <td>
                  {changed ? valueText(measure, changed.mean, language) : '–'}
                  <small>{changed && changed.replications > 1 ? interval(changed) : null}</small>
                </td>
                <td data-effect={effectOf(row)}>
                  {!difference
                    ? '–'
                    : difference.isDetectable
                      ? valueText(measure, difference.mean, language, true)
                      : text('numbers.none')}
                  <small>{difference && difference.replications > 1 ? interval(difference, true) : null}</small>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

/** What a detectable difference means; in words it is the sign that says it. */
export const effectOf = ({ difference, worseWhenMore }: Row): 'worse' | 'better' | 'other' | 'none' => {
  if (!difference?.isDetectable) return 'none'
  if (worseWhenMore === null) return 'other'
  return difference.mean > 0 === worseWhenMore ? 'worse' : 'better'
}

const compared = (one: Row, other: Row, by: Column): number => {
  if (by === 'measure') return one.measure < other.measure ? -1 : 1
  const value = (row: Row) => row[by]?.mean ?? Number.NEGATIVE_INFINITY
  return value(one) - value(other)
}
