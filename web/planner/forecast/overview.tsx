/** The next hours at a glance: of each thing that is watched how it is now, the most that it may come to, and when. */
import type { ForecastDetail } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { hourText, isoLike } from '../../shared/times.ts'
import { bandOf, lineOf, scaleOf } from '../charts/scale.ts'
import styles from './forecast.module.css'

export type Band = ForecastDetail['bands'][number]

const HOUR_MS = 3_600_000
const [WIDTH, HEIGHT] = [200, 36]

interface OverviewProps {
  forecast: ForecastDetail
  bands: Band[]
  chosen: string | undefined
  nameOf: (series: string) => string
  /** Of a pool's level: how many units there are. */
  capacityOf: (series: string) => number | undefined
  onChoose: (series: string) => void
}

/** The greatest of the eight in ten, and its hour from 1. */
const peakOf = ({ quantiles }: Band, shares: number[]) => {
  const high = quantiles[shares.indexOf(0.9)] ?? []
  const hour = high.indexOf(Math.max(...high))
  return { hour: hour + 1, high: high[hour] ?? 0 }
}

export function Overview({ forecast, bands, chosen, nameOf, capacityOf, onChoose }: OverviewProps) {
  const language = useText()
  const { at, quantiles: shares } = forecast
  const dayHour = (hour: number) => {
    const iso = isoLike(Date.parse(at) + hour * HOUR_MS, at)
    const day = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
      new Date(`${iso.slice(0, 10)}T12:00:00Z`),
    )
    return `${day} ${hourText(iso)}`
  }
  return (
    <ul className={styles.tiles} aria-label={text('forecast.overview')}>
      {bands.map((band) => {
        const peak = peakOf(band, shares)
        const capacity = capacityOf(band.name)
        const isOver = capacity !== undefined && peak.high >= capacity
        return (
          <li key={band.name}>
            <button
              type="button"
              className={styles.tile}
              aria-pressed={band.name === chosen}
              data-over={isOver || undefined}
              onClick={() => onChoose(band.name)}
            >
              <span className={styles.tileName}>{nameOf(band.name)}</span>
              <span className={styles.tileNow}>
                <strong>{band.now ?? '–'}</strong>{' '}
                {capacity === undefined ? text('forecast.now') : text('forecast.nowOf', { capacity })}
              </span>
              <Small band={band} shares={shares} capacity={capacity} />
              <span className={styles.tilePeak}>
                {isOver ? `${text('forecast.full')} · ` : ''}
                {text('forecast.peak', { high: peak.high, when: dayHour(peak.hour) })}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function Small({ band, shares, capacity }: { band: Band; shares: number[]; capacity: number | undefined }) {
  const of = (share: number) => band.quantiles[shares.indexOf(share)] ?? []
  const [low, middle, high] = [of(0.1), of(0.5), of(0.9)]
  const top = Math.max(1, ...high, capacity ?? 0) * 1.05
  const x = scaleOf(0, Math.max(1, middle.length - 1), 0, WIDTH)
  const y = scaleOf(Math.min(...low, top) * 0.8, top, HEIGHT - 2, 2)
  const points = (values: number[]) => values.map((value, hour) => [x(hour), y(value)] as const)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <path className={styles.band} d={bandOf(points(high), points(low))} />
      {capacity === undefined ? null : <line className={styles.limit} x1={0} x2={WIDTH} y1={y(capacity)} y2={y(capacity)} />}
      <path className={styles.middle} d={lineOf(points(middle))} />
    </svg>
  )
}
