/** One forecast: bands by hour, what drives them, what the what-if changes, and its actions. */
import { Select, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { ForecastDetail } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { usePools } from '../../shared/queries.ts'
import { dayText, hourText } from '../../shared/times.ts'
import { ForecastChart } from '../charts/forecast-chart.tsx'
import styles from '../what-if/what-if.module.css'
import { Changes } from './changes.tsx'
import { Drivers } from './drivers.tsx'
import { Flows } from './flows.tsx'
import { useForecastNames } from './forecast-view.tsx'
import { HandOver, useHanded } from './hand-over.tsx'
import { type Band, Overview } from './overview.tsx'
import { type Action, seriesText } from './series.ts'

/** From an ISO text: what the site's wall clock is ahead of UTC. */
export const offsetMsOf = (iso: string): number => {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso) ?? []
  return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0
}

export function ForecastShown({ forecast }: { forecast: ForecastDetail }) {
  const language = useText()
  const nameOf = useForecastNames()
  const pools = usePools()
  const { bands, at, quantiles, changes, whatIf, scores, replications, hours, learnt } = forecast
  const watched = bands.filter(({ name }) => /\.(occupied|waiting|boarding|inside)$/.test(name))
  const [series, setSeries] = useState<string | null>(null)
  const handed = useHanded(forecast.id, changes !== null)
  const shown =
    watched.find(({ name }) => name === series) ?? watched.find(({ name }) => /bed\.occupied$/.test(name)) ?? watched[0]
  const capacityOf = (name: string) => {
    const pool = /^pool\.([^.]+)\.occupied$/.exec(name)?.[1]
    return pools.data?.items.find(({ id }) => id === pool)?.capacity
  }
  const capacity = shown ? capacityOf(shown.name) : undefined
  const main = mainBands(watched)
  const scored = scores.find(({ name }) => name === shown?.name)
  return (
    <>
      <section className={styles.panel}>
        <Title order={2} className={styles.title}>
          {text('forecast.from', { day: dayText(at, language), hour: hourText(at) })}
        </Title>
        <Text size="sm" className="quiet" mb="md">
          {text('forecast.said', { replications, hours })} {text('forecast.learnt', { count: learnt.length })}
        </Text>
        <Overview
          forecast={forecast}
          bands={main}
          chosen={shown?.name}
          nameOf={(name) => seriesText(name, nameOf)}
          capacityOf={capacityOf}
          onChoose={setSeries}
        />
        <Select
          mt="lg"
          label={text('forecast.series')}
          data={watched.map(({ name }) => ({ value: name, label: seriesText(name, nameOf) }))}
          value={shown?.name ?? null}
          allowDeselect={false}
          searchable
          onChange={setSeries}
          maw={460}
          mb="md"
        />
        {shown ? (
          <ForecastChart
            title={seriesText(shown.name, nameOf)}
            lead={text('forecast.bands')}
            name="prevision"
            at={Date.parse(at)}
            offsetMs={offsetMsOf(at)}
            now={shown.now}
            shares={quantiles}
            quantiles={shown.quantiles}
            happened={scored?.hours.map((hour) => hour?.happened ?? null) ?? []}
            {...(capacity === undefined ? {} : { capacity })}
          />
        ) : null}
        {shown ? <Drivers forecast={forecast} band={shown} nameOf={(name) => seriesText(name, nameOf)} /> : null}
      </section>
      {changes ? (
        <Changes changes={changes} nameOf={(name) => seriesText(name, nameOf)}>
          {((whatIf as { interventions?: Action[] } | null)?.interventions ?? []).map((action, number) => (
            <HandOver
              key={JSON.stringify(action)}
              forecast={forecast.id}
              number={number}
              action={action}
              handed={handed.find((each) => each.number === number)}
            />
          ))}
        </Changes>
      ) : null}
      <Flows bands={bands} hours={hours} nameOf={(name) => seriesText(name, nameOf)} />
    </>
  )
}

const MAIN_MAX = 8

/** What is watched first: each pool that is in use and whoever waits for it, the fullest before the others. */
const mainBands = (bands: Band[]): Band[] => {
  const whole = bands.filter(
    ({ name }) => /^pool\.[^.]+\.(occupied|waiting|boarding)$/.test(name) || /^[^.]+\.inside$/.test(name),
  )
  const most = ({ mean }: Band) => Math.max(...mean)
  const lively = whole.filter((band) => most(band) >= 1)
  const rank = ({ name }: Band) =>
    /bed\./.test(name) ? 0 : /cubicle\.|emergency/.test(name) ? 1 : /theatre\.|imaging/.test(name) ? 2 : 3
  return [...lively].sort((one, other) => rank(one) - rank(other) || most(other) - most(one)).slice(0, MAIN_MAX)
}
