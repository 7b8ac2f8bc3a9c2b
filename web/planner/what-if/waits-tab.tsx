/** Waits as distributions: what share waits longer than a limit, at one place, and by class. */
import { Select, Stack } from '@mantine/core'
import {
  longWaitMeasure,
  WAIT_LIMITS_MINUTES,
  type WaitingElement,
  waitingElementsOf,
} from '../../../twin/experiment/explored.ts'
import type { WentOn } from '../../../twin/experiment/going-on.ts'
import { intervalOf } from '../../../twin/experiment/interval.ts'
import { text, useText } from '../../shared/language.ts'
import { type Curve, CurveChart } from '../charts/curve-chart.tsx'
import { limitText, valueText } from '../numbers.ts'
import { classWords } from '../words.ts'
import type { ReadyModel } from './use-what-if.ts'
import styles from './what-if.module.css'

interface WaitsTabProps {
  model: ReadyModel
  base: WentOn[]
  changed: WentOn[]
  at: string | undefined
  onAt: (element: string) => void
}

export function WaitsTab({ model, base, changed, at, onAt }: WaitsTabProps) {
  const language = useText()
  const elements = waitingElementsOf(model)
  const key = ({ pathway, element }: WaitingElement) => `${pathway}.${element}`
  const element = elements.find((each) => key(each) === at) ?? mostWaited(elements, changed.length > 0 ? changed : base)
  if (!element || base.length === 0) return null
  const shares = (runs: WentOn[], measure: string) => intervalOf(valuesOf(runs, measure), model.scenario.confidence)
  const curve = (label: string, runs: WentOn[], isOwn: boolean): Curve => ({
    ...{ label, isOwn },
    points: [
      shares(runs, `${key(element)}.delayedShare`),
      ...WAIT_LIMITS_MINUTES.map((minutes) => shares(runs, longWaitMeasure(element, minutes))),
    ],
  })
  const places = [{ at: 0, label: '0' }, ...WAIT_LIMITS_MINUTES.map((minutes) => ({ at: minutes, label: limitText(minutes) }))]
  return (
    <Stack gap="lg">
      <Select
        label={text('waits.where')}
        data={elements.map((each) => ({ value: key(each), label: `${each.name} · ${each.pathwayName}` }))}
        value={key(element)}
        allowDeselect={false}
        onChange={(value) => value && onAt(value)}
        maw={420}
      />
      <CurveChart
        title={text('waits.title', { name: element.name })}
        lead={text('waits.lead')}
        name={`attente-${element.element}`}
        places={places}
        placesLabel={text('waits.longer')}
        curves={[
          curve(text('chart.base'), base, false),
          ...(changed.length > 0 ? [curve(text('chart.changed'), changed, true)] : []),
        ]}
        valueText={(share) => valueText('delayedShare', share, language)}
      />
      <ByClass {...{ model, base, changed, element }} />
    </Stack>
  )
}

function ByClass({
  model,
  base,
  changed,
  element,
}: {
  model: ReadyModel
  base: WentOn[]
  changed: WentOn[]
  element: WaitingElement
}) {
  const language = useText()
  const classes = model.scenario.classes.filter(({ pathway }) => pathway === element.pathway)
  if (classes.length === 0) return null
  const said = (runs: WentOn[], measure: string) => {
    const { mean, low, high } = intervalOf(valuesOf(runs, measure), model.scenario.confidence)
    const words = [mean, low, high].map((value) => valueText(measure, value, language))
    return runs.length > 1 ? `${words[0]} (${words[1]} – ${words[2]})` : words[0]
  }
  return (
    <table className={styles.numbers}>
      <caption style={{ textAlign: 'left', fontWeight: 650 }}>{text('waits.byClass')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('waits.class')}</th>
          <th scope="col">{text('chart.base')}</th>
          <th scope="col">{text('chart.changed')}</th>
        </tr>
      </thead>
      <tbody>
        {classes.flatMap((each) => {
          const { pathway, variable, values } = each
          const words = classWords(each)
          return values.map((value) => {
            const measure = `${pathway}.${variable}=${value}.${element.element}.waitMinutesMean`
            return (
              <tr key={measure}>
                <td>
                  {words.name} : {words.value(value)}
                </td>
                <td>{said(base, measure)}</td>
                <td>{changed.length > 0 ? said(changed, measure) : '–'}</td>
              </tr>
            )
          })
        })}
      </tbody>
    </table>
  )
}

export const valuesOf = (runs: WentOn[], name: string): number[] => {
  const place = runs[0]?.measures.findIndex((each) => each.name === name) ?? -1
  return runs.map(({ measures }) => measures[place]?.value ?? 0)
}

const mostWaited = (elements: WaitingElement[], runs: WentOn[]): WaitingElement | undefined => {
  const mean = ({ pathway, element }: WaitingElement) =>
    valuesOf(runs, `${pathway}.${element}.waitMinutesMean`).reduce((sum, value) => sum + value, 0)
  return [...elements].sort((one, other) => mean(other) - mean(one))[0]
}
