/** Whether the twin may be believed: what it said of the hospital against what then was, forecast by forecast. */
import { Select, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ForecastDetail } from '../../../api/types.ts'
import { get } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { Empty, Shown } from '../../shared/states.tsx'
import { ForecastChart } from '../charts/forecast-chart.tsx'
import { offsetMsOf } from '../forecast/forecast-shown.tsx'
import { useForecastNames } from '../forecast/forecast-view.tsx'
import { seriesText } from '../forecast/series.ts'
import styles from '../what-if/what-if.module.css'
import { LogProblemsShown } from './log-problems.tsx'
import { Replayed } from './replayed.tsx'

const FORECASTS_MAX = 20
/** Less than that says little. */
const HOURS_MIN = 24

export function ValidationView() {
  useText()
  const read = useQuery({
    queryKey: ['validation'],
    queryFn: async () => {
      const { items } = await get('/forecasts', { limit: FORECASTS_MAX })
      const plain = items.filter(({ whatIf }) => whatIf === null)
      return Promise.all(plain.map(({ id }) => get(`/forecasts/${encodeURIComponent(id)}`)))
    },
  })
  return (
    <Stack gap="lg" maw={1000}>
      <div>
        <Title order={2}>{text('validation.title')}</Title>
        <Text className="quiet">{text('validation.lead')}</Text>
      </div>
      <Shown read={read} lines={8}>
        {(forecasts) =>
          forecasts.some(({ scores }) => scores.some(({ summary }) => summary.count > 0)) ? (
            <Scores forecasts={forecasts} />
          ) : (
            <Empty hint={text('validation.noneHint')}>{text('validation.none')}</Empty>
          )
        }
      </Shown>
      <Replayed />
      <LogProblemsShown />
    </Stack>
  )
}

function Scores({ forecasts }: { forecasts: ForecastDetail[] }) {
  const nameOf = useForecastNames()
  const names = [
    ...new Set(forecasts.flatMap(({ scores }) => scores.filter(({ summary }) => summary.count > 0).map(({ name }) => name))),
  ]
  const [chosen, setChosen] = useState<string | null>(null)
  const series = names.find((name) => name === chosen) ?? names.find((name) => /bed\.occupied$/.test(name)) ?? names[0]!
  const scored = forecasts.flatMap((forecast) => {
    const found = forecast.scores.find(({ name }) => name === series)
    return found && found.summary.count > 0 ? [{ forecast, ...found }] : []
  })
  const hours = scored.reduce((sum, { summary }) => sum + summary.count, 0)
  const within = scored.reduce((sum, { summary }) => sum + summary.pit80 * summary.count, 0) / Math.max(1, hours)
  const [latest] = scored
  const band = latest?.forecast.bands.find(({ name }) => name === series)
  return (
    <>
      <section className={styles.panel}>
        <Select
          label={text('forecast.series')}
          data={names.map((value) => ({ value, label: seriesText(value, nameOf) }))}
          value={series}
          allowDeselect={false}
          searchable
          onChange={setChosen}
          maw={460}
        />
        <p className={styles.said}>
          {text('validation.within', { percent: Math.round(within * 100), hours })}{' '}
          {hours < HOURS_MIN ? text('validation.few') : ''}
        </p>
        {latest && band ? (
          <ForecastChart
            title={text('validation.against', { name: seriesText(series, nameOf) })}
            lead={text('validation.dots')}
            name="validation"
            at={Date.parse(latest.forecast.at)}
            offsetMs={offsetMsOf(latest.forecast.at)}
            now={band.now}
            shares={latest.forecast.quantiles}
            quantiles={band.quantiles}
            happened={latest.hours.map((hour) => hour?.happened ?? null)}
          />
        ) : null}
      </section>
      <section className={styles.panel}>
        <Title order={3}>{text('validation.overTime')}</Title>
        <table className={styles.numbers}>
          <thead>
            <tr>
              <th scope="col">{text('validation.forecast')}</th>
              <th scope="col">{text('validation.hours')}</th>
              <th scope="col">{text('validation.pit80')}</th>
              <th scope="col">{text('validation.crps')}</th>
            </tr>
          </thead>
          <tbody>
            {scored.map(({ forecast, summary }) => (
              <tr key={forecast.id}>
                <td>
                  <TextLink to="/planner/forecast" search={{ forecast: forecast.id }}>
                    {forecast.at.slice(0, 16).replace('T', ' ')}
                  </TextLink>
                </td>
                <td>{summary.count}</td>
                <td>{Math.round(summary.pit80 * 100)} %</td>
                <td>{summary.crpsMean.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
