/** What the width of a band comes from: the flows that go with it over the possible hospitals. */

import type { ForecastDetail } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { dayText, hourText, isoLike } from '../../shared/times.ts'
import styles from './forecast.module.css'
import type { Band } from './overview.tsx'

const HOUR_MS = 3_600_000

interface DriversProps {
  forecast: ForecastDetail
  band: Band
  nameOf: (series: string) => string
}

export function Drivers({ forecast, band, nameOf }: DriversProps) {
  const language = useText()
  const { driven } = band
  if (!driven) return null
  const iso = isoLike(Date.parse(forecast.at) + driven.hour * HOUR_MS, forecast.at)
  return (
    <section aria-label={text('forecast.drivenBy')}>
      <p style={{ fontWeight: 650, margin: '16px 0 0' }}>{text('forecast.drivenBy')}</p>
      <p className="quiet" style={{ margin: 0 }}>
        {driven.drivers.length > 0
          ? text('forecast.drivenLead', { day: dayText(iso, language), hour: hourText(iso) })
          : text('forecast.drivenNone')}
      </p>
      <ul className={styles.drivers}>
        {driven.drivers.map(({ name, correlation }) => (
          <li key={name}>
            <span>
              {nameOf(name)} : {text(correlation > 0 ? 'forecast.driver.more' : 'forecast.driver.less')}
            </span>
            <span
              className={styles.driverBar}
              data-sign={correlation > 0 ? 'more' : 'less'}
              style={{ width: `${Math.round(Math.abs(correlation) * 100)}%` }}
              role="img"
              aria-label={text('forecast.driver.strength', { percent: Math.round(Math.abs(correlation) * 100) })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
