/** Who comes and who leaves in the next hours, in all. */
import { Title } from '@mantine/core'
import { text, useText } from '../../shared/language.ts'
import styles from '../what-if/what-if.module.css'
import type { Band } from './overview.tsx'

export function Flows({ bands, hours, nameOf }: { bands: Band[]; hours: number; nameOf: (series: string) => string }) {
  const language = useText()
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const flows = bands.flatMap(({ name, total }) =>
    total !== null && total.mean > 0 && /\.(started|completed|reached)$/.test(name) ? [{ name, total }] : [],
  )
  if (flows.length === 0) return null
  return (
    <section className={styles.panel}>
      <Title order={3}>{text('forecast.drivers')}</Title>
      <table className={styles.numbers}>
        <thead>
          <tr>
            <th scope="col">{text('numbers.measure')}</th>
            <th scope="col">{text('forecast.inAll', { hours })}</th>
            <th scope="col">{text('forecast.eightInTen')}</th>
          </tr>
        </thead>
        <tbody>
          {flows.map(({ name, total }) => (
            <tr key={name}>
              <td>{nameOf(name)}</td>
              <td>{number.format(total.mean)}</td>
              <td>
                {number.format(total.quantiles[0] ?? 0)} – {number.format(total.quantiles.at(-1) ?? 0)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
