/** Many what-ifs at once, when somebody asks for them: units against delays, and what each lever moves. */
import { Group, Select, Stack } from '@mantine/core'
import { useMemo } from 'react'
import { waitingElementsOf } from '../../../twin/experiment/explored.ts'
import { differenceOf, intervalOf } from '../../../twin/experiment/interval.ts'
import { text, useText } from '../../shared/language.ts'
import { BarsChart } from '../charts/bars-chart.tsx'
import { CurveChart } from '../charts/curve-chart.tsx'
import { measureText, oneInText, valueText } from '../numbers.ts'
import { pairedOf, type Runs } from '../simulation/simulators.ts'
import { leverName, leverValueText } from './lever-words.ts'
import { type Lever, restOf } from './levers.ts'
import { mainMeasures } from './outcome.ts'
import { Begin, useSweep } from './sweep.tsx'
import type { ReadyModel } from './use-what-if.ts'
import { valuesOf } from './waits-tab.tsx'

/** Replications of each what-if. */
const REPLICATIONS = 4

const POINTS = 7

/** Units of a lever against the share that must wait: "1 in n". */
export function UnitsAgainstDelay({
  model,
  at,
  onAt,
}: {
  model: ReadyModel
  at: string | undefined
  onAt: (lever: string) => void
}) {
  const language = useText()
  const units = model.levers.filter((lever): lever is Lever & { kind: 'units' } => lever.kind === 'units')
  const lever = units.find(({ id }) => id === at) ?? units.find(({ id }) => id.includes('surgery')) ?? units[0]
  const steps = useMemo(
    () =>
      lever
        ? [
            ...new Set(
              Array.from({ length: POINTS }, (_, index) =>
                Math.round((lever.low * (POINTS - 1 - index)) / (POINTS - 1) + ((lever.high / 2) * index) / (POINTS - 1)),
              ),
            ),
          ].sort((one, other) => one - other)
        : [],
    [lever],
  )
  const sweep = useSweep(
    model,
    steps.map((step) => (step === 0 ? {} : { [lever!.id]: step })),
    { key: `units ${lever?.id}`, replications: REPLICATIONS },
  )
  if (!lever) return null
  const elements = waitingElementsOf(model).filter(({ pathway, element }) => isWaitFor(model, pathway, element, lever.pool))
  const ready = steps.flatMap((step, index) => {
    const runs = step === 0 ? sweep.base : sweep.runs[index]
    return runs?.some((run) => run) ? [{ step, runs }] : []
  })
  return (
    <Stack gap="md">
      <p className="quiet">{text('units.lead')}</p>
      <Group align="end">
        <Select
          label={text('units.which')}
          data={units.map((each) => ({ value: each.id, label: leverName(each, model) }))}
          value={lever.id}
          allowDeselect={false}
          onChange={(value) => value && onAt(value)}
          w={320}
        />
        <Begin sweep={sweep} what={text('units.begin', { count: steps.length * REPLICATIONS })} />
      </Group>
      {ready.length > 1
        ? elements.map((element) => {
            const measure = `${element.pathway}.${element.element}.delayedShare`
            const points = ready.map(({ runs }) => intervalOf(valuesOf(present(runs), measure), model.scenario.confidence))
            const now = points[ready.findIndex(({ step }) => step === 0)]
            return (
              <CurveChart
                key={measure}
                title={text('units.title', { name: element.name })}
                lead={now ? text('units.now', { oneIn: oneInText(now.mean, language) }) : ''}
                name={`${lever.id}-${element.element}`}
                places={ready.map(({ step }) => ({ at: lever.there + step, label: String(lever.there + step) }))}
                placesLabel={leverName(lever, model)}
                curves={[{ label: element.name, isOwn: true, points }]}
                valueText={(share) => valueText(measure, share, language)}
                mark={{ at: lever.there, label: text('units.today') }}
                isTrue
              />
            )
          })
        : null}
    </Stack>
  )
}

const present = (runs: Runs) => runs.filter((run) => run !== undefined)

/** Whether runs wait at an element for units of a pool. */
const isWaitFor = ({ programs }: ReadyModel, pathway: string, element: string, pool: string): boolean => {
  const program = programs.flatMap(([, each]) => each).find(({ process }) => process === pathway)
  const node = program?.nodes.find(({ id }) => id === element)
  if (!program || !node) return false
  return node.needs.some((need) => need.pool === pool) || node.takes.some((take) => program.holds[take]!.pool === pool)
}

/** What each lever moves, a little less and a little more of it: the widest first. */
export function Tornado({ model, at, onAt }: { model: ReadyModel; at: string | undefined; onAt: (measure: string) => void }) {
  const language = useText()
  const measures = mainMeasures(model).map(({ measure }) => measure)
  const measure = measures.find((each) => each === at) ?? measures[0] ?? ''
  const swings = useMemo(() => model.levers.map((lever) => ({ lever, values: swingOf(lever) })), [model])
  const variants = swings.flatMap(({ lever, values }) => values.map((value) => ({ [lever.id]: value })))
  const sweep = useSweep(model, variants, { key: 'tornado', replications: REPLICATIONS })
  const bars = swings.flatMap(({ lever, values }, index) => {
    const ends = values.flatMap((value, side) => {
      const runs = sweep.runs[index * 2 + side]
      const { base, changed, numbers } = pairedOf(sweep.base, runs ?? [])
      if (numbers.length < 2) return []
      const difference = differenceOf(
        valuesOf(base, measure),
        valuesOf(changed, measure),
        model.scenario.confidence,
        variants.length,
      )
      return [{ label: leverValueText(lever, value, language), ...difference }]
    })
    return ends.length === 2 ? [{ label: leverName(lever, model), ends }] : []
  })
  const width = ({ ends }: (typeof bars)[number]) => Math.abs(ends[0]!.mean - ends[1]!.mean)
  bars.sort((one, other) => width(other) - width(one))
  return (
    <Stack gap="md">
      <p className="quiet">{text('tornado.lead')}</p>
      <Group align="end">
        <Select
          label={text('tornado.measure')}
          data={measures.map((value) => ({ value, label: measureText(value, model) }))}
          value={measure}
          allowDeselect={false}
          onChange={(value) => value && onAt(value)}
          w={420}
        />
        <Begin sweep={sweep} what={text('tornado.begin', { count: variants.length * REPLICATIONS })} />
      </Group>
      {bars.length > 0 ? (
        <BarsChart
          title={text('tornado.title', { measure: measureText(measure, model) })}
          lead={text('tornado.said')}
          name="tornado"
          bars={bars}
          valueText={(value) => valueText(measure, value, language, true)}
        />
      ) : null}
    </Stack>
  )
}

/** A tenth less and more. */
const swingOf = (lever: Lever): [number, number] => {
  if (lever.kind !== 'units') return [0.9, 1.1]
  const step = Math.max(1, Math.round(lever.there / 10))
  return [Math.max(lever.low, restOf(lever) - step), Math.min(lever.high, restOf(lever) + step)]
}
