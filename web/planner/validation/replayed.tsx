/** The last weeks once more, in the twin: what was observed beside what it makes of the same hospital, the same pathways and the same demand. */
import { Button, Progress, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { Failure, Loading, Shown } from '../../shared/states.tsx'
import { measureText, valueText } from '../numbers.ts'
import { packed } from '../what-if/packed.ts'
import { type ReadyModel, useModel, useOwnSimulators, useSimulatorsState } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { comparisonsOf, liveScenario, type Observed, REPLICATIONS } from './observed.ts'

const DAYS_MAX = 21
const DAYS_MIN = 1
const SHOWN = 30

interface Asked {
  observed: Observed
  /** The scenario, packed. */
  scenario: string
}

const useObserved = () =>
  useQuery({
    queryKey: ['validation', 'observed'],
    queryFn: async (): Promise<Asked | null> => {
      const [{ items }, demand, most] = await Promise.all([
        get('/pathways', { limit: 100 }),
        get('/demand'),
        get('/starts', { days: DAYS_MAX }),
      ])
      const days = Math.min(DAYS_MAX, Math.floor(most.days))
      if (days < DAYS_MIN) return null
      const starts = await get('/starts', { days })
      const pathways = items.map(({ id }) => id)
      const times = await Promise.all(pathways.map((id) => get(`/pathways/${encodeURIComponent(id)}/times`, { days })))
      const begun = new Set(demand.streams.map((stream) => (stream as { pathway?: string }).pathway))
      const ours = starts.items.filter(({ pathway }) => begun.has(pathway))
      return { observed: { days, starts: ours, times }, scenario: packed(liveScenario(pathways, demand, days)) }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })

export function Replayed() {
  const read = useObserved()
  const [isBegun, setBegun] = useState(false)
  return (
    <section className={styles.panel} aria-label={text('replayed.title')}>
      <Title order={3}>{text('replayed.title')}</Title>
      <Shown read={read} lines={3}>
        {(asked) =>
          asked === null ? (
            <Text className="quiet">{text('replayed.young')}</Text>
          ) : isBegun ? (
            <Modelled asked={asked} />
          ) : (
            <>
              <Text className="quiet" mb="sm">
                {text('replayed.lead', { days: asked.observed.days })}
              </Text>
              <Button size="xs" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => setBegun(true)}>
                {text('replayed.begin', { days: asked.observed.days })}
              </Button>
            </>
          )
        }
      </Shown>
    </section>
  )
}

function Modelled({ asked }: { asked: Asked }) {
  const read = useModel('', undefined, asked.scenario)
  return (
    <Shown read={read} lines={4}>
      {(model) => <Compared observed={asked.observed} model={model} />}
    </Shown>
  )
}

function Compared({ observed, model }: { observed: Observed; model: ReadyModel }) {
  const language = useText()
  const state = useSimulatorsState(useOwnSimulators(model, REPLICATIONS))
  const runs = state.base.flatMap((run) => (run ? [run.measures] : []))
  if (state.failure !== null) return <Failure error={new Error(state.failure)} />
  const rows = runs.length < 2 ? [] : comparisonsOf(observed, runs)
  const inside = rows.filter(({ isInside }) => isInside).length
  return (
    <>
      {runs.length < REPLICATIONS ? (
        <Progress value={(runs.length / REPLICATIONS) * 100} animated aria-label={text('replayed.progress')} mb="sm" />
      ) : null}
      {rows.length === 0 ? (
        <Loading lines={4} />
      ) : (
        <>
          <p className={styles.said}>
            {text('replayed.said', { inside, of: rows.length, days: observed.days, replications: runs.length })}
          </p>
          <Text size="sm" className="quiet" mb="sm">
            {text('replayed.chance')}
          </Text>
          <table className={styles.numbers}>
            <thead>
              <tr>
                <th scope="col">{text('numbers.measure')}</th>
                <th scope="col">{text('replayed.observed')}</th>
                <th scope="col">{text('replayed.simulated')}</th>
                <th scope="col">{text('replayed.verdict')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, SHOWN).map(({ measure, observed: seen, count, mean, low, high, isInside }) => (
                <tr key={measure}>
                  <td>{measureText(measure, model)}</td>
                  <td>
                    {valueText(measure, seen, language)}
                    <small>{text('replayed.count', { count })}</small>
                  </td>
                  <td>
                    {valueText(measure, mean, language)}
                    <small>
                      {text('numbers.interval', {
                        low: valueText(measure, low, language),
                        high: valueText(measure, high, language),
                      })}
                    </small>
                  </td>
                  <td data-effect={isInside ? 'none' : 'worse'}>
                    {isInside ? <IconCircleCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}{' '}
                    {text(isInside ? 'replayed.inside' : seen > mean ? 'replayed.above' : 'replayed.below')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  )
}
