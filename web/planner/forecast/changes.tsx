/** What the actions of a forecast change of the next hours, and who is to carry them out. */
import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ForecastDetail } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import styles from '../what-if/what-if.module.css'

type Said = NonNullable<ForecastDetail['changes']>
type Difference = Said['differences'][number]

interface ChangesProps {
  changes: Said
  nameOf: (series: string) => string
  /** The actions, to be handed over. */
  children: ReactNode
}

export function Changes({ changes, nameOf, children }: ChangesProps) {
  const language = useText()
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const signed = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
  // How many units are closed is what was asked for, not what comes of it.
  const seen = changes.differences
    .filter(({ name, difference }) => difference.isDetectable && !name.endsWith('.closed'))
    .sort((one, other) => weightOf(other) - weightOf(one))
  return (
    <section className={styles.panel}>
      <Title order={3}>{text('forecast.changes', { name: changes.name })}</Title>
      {seen.length === 0 ? (
        <p className={styles.said} data-word="no-difference">
          {text('forecast.noDifference', { count: changes.differences.length })}
        </p>
      ) : (
        <table className={styles.numbers}>
          <thead>
            <tr>
              <th scope="col">{text('numbers.measure')}</th>
              <th scope="col">{text('forecast.without')}</th>
              <th scope="col">{text('numbers.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {seen.map(({ name, base, difference }) => (
              <tr key={name}>
                <td>{nameOf(name)}</td>
                <td>{number.format(base)}</td>
                <td data-effect="other">
                  {signed.format(difference.mean)}
                  <small>
                    {text('numbers.interval', { low: signed.format(difference.low), high: signed.format(difference.high) })}
                  </small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {seen.length > 0 ? (
        <Text size="sm" className="quiet" mt={6}>
          {text('forecast.others', { count: changes.differences.length - seen.length })}
        </Text>
      ) : null}
      <Stack gap="sm" mt="md">
        {children}
      </Stack>
    </section>
  )
}

/** Against what there was. */
const weightOf = ({ base, difference }: Difference): number => Math.abs(difference.mean) / (Math.abs(base) + 1)
