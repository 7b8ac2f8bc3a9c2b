/** What an experiment says so far, alone or compared with another: the server's own results. */
import { Anchor, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Results } from '../../../twin/experiment/results.ts'
import { get, post } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { Shown } from '../../shared/states.tsx'
import { measureText, valueText } from '../numbers.ts'
import { mainMeasures } from '../what-if/outcome.ts'
import { readyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'

export function ExperimentResults({ id, against }: { id: string; against: string | undefined }) {
  const language = useText()
  const [sought, setSought] = useState('')
  const path = `/experiments/${encodeURIComponent(id)}/results` as const
  const _query = against ? `?against=${encodeURIComponent(against)}` : ''
  const read = useQuery({
    queryKey: ['experiment-results', id, against ?? ''],
    queryFn: async () => (await get(path, { against })) as unknown as Results,
    retry: false,
  })
  const model = useQuery({
    queryKey: ['experiment-model', id],
    queryFn: async () => {
      const sent = await get(`/experiments/${encodeURIComponent(id)}/scenario`)
      // A search has a view of its own.
      const { scenario, files } = sent as Extract<typeof sent, { scenario: string }>
      return readyModel(await post('/scenarios/ready', { scenario, files }))
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Shown read={read} lines={8}>
      {({ scenario, replications, measures, targets, comparisons }) => {
        const [compared] = comparisons
        const differences = new Map(compared?.differences.map((each) => [each.name, each]))
        const named = (measure: string) => (model.data ? measureText(measure, model.data) : measure)
        const main = model.data ? new Set(mainMeasures(model.data).map(({ measure }) => measure)) : null
        const words = sought.trim().toLowerCase()
        const shown = measures.filter(({ name }) =>
          words ? `${name} ${named(name)}`.toLowerCase().includes(words) : (main?.has(name) ?? true),
        )
        return (
          <Stack gap="sm" className={styles.panel}>
            <Title order={3}>
              {compared ? text('experiments.against', { one: scenario, other: compared.scenario }) : scenario}
            </Title>
            <Text size="sm" className="quiet">
              {text('experiments.replications', { count: replications })}
              {targets.length > 0
                ? ` · ${text('experiments.targets', { met: targets.filter(({ isMet }) => isMet).length, of: targets.length })}`
                : ''}
            </Text>
            <Group>
              <Anchor
                size="sm"
                href={`/api${path}?format=csv${against ? `&against=${encodeURIComponent(against)}` : ''}`}
                download="results.csv"
              >
                {text('take.csv')}
              </Anchor>
              <Anchor size="sm" href={`/api${path}?format=stress`} download="stress-des.md">
                {text('take.stress')}
              </Anchor>
            </Group>
            <TextInput
              label={text('experiments.seek')}
              value={sought}
              onChange={(event) => setSought(event.target.value)}
              maw={360}
            />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too */}
            <section className={styles.scroll} tabIndex={0} aria-label={text('experiments.measures')}>
              <table className={styles.numbers}>
                <thead>
                  <tr>
                    <th scope="col">{text('numbers.measure')}</th>
                    <th scope="col">{text('numbers.mean')}</th>
                    {compared ? <th scope="col">{text('numbers.difference')}</th> : null}
                  </tr>
                </thead>
                <tbody>
                  {shown.map(({ name, mean, low, high }) => {
                    const difference = differences.get(name)
                    return (
                      <tr key={name}>
                        <td>{named(name)}</td>
                        <td>
                          {valueText(name, mean, language)}
                          <small>
                            {text('numbers.interval', {
                              low: valueText(name, low, language),
                              high: valueText(name, high, language),
                            })}
                          </small>
                        </td>
                        {compared ? (
                          <td data-effect={difference?.isDetectable ? 'other' : 'none'}>
                            {difference?.isDetectable ? valueText(name, difference.mean, language, true) : text('numbers.none')}
                            {difference ? (
                              <small>
                                {text('numbers.interval', {
                                  low: valueText(name, difference.low, language, true),
                                  high: valueText(name, difference.high, language, true),
                                })}
                              </small>
                            ) : null}
                          </td>
                        ) : null}
                      </tr>
                    )
                  })}
                </tbody>
              </table>
            </section>
          </Stack>
        )
      }}
    </Shown>
  )
}
