/** What changes when, on a line of days; and what must hold. */
import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { msOf } from '../../../twin/experiment/parts.ts'
import type { Intervention } from '../../../twin/experiment/schema.ts'
import { text as say, useText } from '../../shared/language.ts'
import { measureText, poolName, valueText } from '../numbers.ts'
import { mainMeasures } from '../what-if/outcome.ts'
import type { ReadyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { withList } from './edits.ts'
import forms from './scenario.module.css'

interface FormProps {
  model: ReadyModel
  text: string
  onChange: (text: string) => void
}

const dayMs = 86_400_000
const KINDS = ['close', 'open', 'factor'] as const

export function TimelineForm({ model, text, onChange }: FormProps) {
  const { scenario } = model
  const days = msOf(scenario.horizon) / dayMs
  const set = (list: Intervention[]) => onChange(withList(text, 'interventions', list))
  return (
    <section className={styles.panel} aria-label={say('scenario.timeline')}>
      <Title order={3}>{say('scenario.timeline')}</Title>
      <ul className={forms.timeline}>
        {scenario.interventions.map((intervention, index) => {
          const from = msOf(intervention.at) / dayMs
          const until = intervention.until === undefined ? days : msOf(intervention.until) / dayMs
          const words = interventionText(intervention, model)
          return (
            <li key={JSON.stringify(intervention)}>
              <span
                className={forms.span}
                style={{ marginLeft: `${(from / days) * 100}%`, width: `${((until - from) / days) * 100}%` }}
              />
              <Group justify="space-between" wrap="nowrap">
                <Text size="sm">
                  {words} · {say('scenario.fromDay', { from: Math.round(from), until: Math.round(until) })}
                </Text>
                <ActionIcon
                  variant="subtle"
                  aria-label={say('forecast.remove', { what: words })}
                  onClick={() => set(scenario.interventions.filter((_, other) => other !== index))}
                >
                  <IconTrash size={15} aria-hidden />
                </ActionIcon>
              </Group>
            </li>
          )
        })}
      </ul>
      <NewIntervention model={model} days={days} onAdd={(added) => set([...scenario.interventions, added])} />
      <Targets model={model} text={text} onChange={onChange} />
    </section>
  )
}

const interventionText = (intervention: Intervention, { scenario }: ReadyModel): string => {
  if ('lasts' in intervention) return say('scenario.lasts', { name: intervention.element, factor: intervention.lasts })
  if ('factor' in intervention) return say('scenario.factor', { name: intervention.stream, factor: intervention.factor })
  if ('stream' in intervention) return `${intervention.stream} → ${intervention.pathway}`
  const name = poolName(intervention.pool, scenario)
  return 'close' in intervention
    ? say('moved.close', { count: intervention.close, name })
    : say('moved.open', { count: intervention.open, name })
}

function NewIntervention({ model, days, onAdd }: { model: ReadyModel; days: number; onAdd: (added: Intervention) => void }) {
  const { scenario } = model
  const [kind, setKind] = useState<(typeof KINDS)[number]>('close')
  const [of, setOf] = useState<string | null>(null)
  const [amount, setAmount] = useState(1)
  const [from, setFrom] = useState(Math.round(msOf(scenario.warmUp) / dayMs))
  const [until, setUntil] = useState(Math.round(days))
  const choices =
    kind === 'factor'
      ? scenario.demand.filter(({ interarrival, times }) => !interarrival && !times).map(({ id }) => ({ value: id, label: id }))
      : scenario.hospital.pools
          .filter(({ units }) => units !== undefined)
          .map(({ id }) => ({ value: id, label: poolName(id, scenario) }))
  const chosen = choices.find(({ value }) => value === of)?.value ?? choices[0]?.value
  const add = () => {
    if (chosen === undefined) return
    const when = { at: `P${from}D`, ...(until < days && { until: `P${until}D` }) }
    if (kind === 'factor') onAdd({ ...when, stream: chosen, factor: amount })
    else if (kind === 'close') onAdd({ ...when, pool: chosen, close: Math.round(amount) })
    else onAdd({ ...when, pool: chosen, open: Math.round(amount) })
  }
  return (
    <Group align="end" mt="sm">
      <Select
        size="xs"
        label={say('forecast.what')}
        data={KINDS.map((value) => ({ value, label: say(`scenario.kind.${value}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind((value as typeof kind) ?? 'close')}
      />
      <Select size="xs" label={say('scenario.of')} data={choices} value={chosen ?? null} allowDeselect={false} onChange={setOf} />
      <NumberInput
        size="xs"
        w={90}
        label={say('forecast.count')}
        min={0}
        max={1000}
        value={amount}
        onChange={(value) => setAmount(Number(value))}
      />
      <NumberInput
        size="xs"
        w={90}
        label={say('scenario.from.day')}
        min={0}
        max={days}
        value={from}
        onChange={(value) => setFrom(Number(value))}
      />
      <NumberInput
        size="xs"
        w={90}
        label={say('scenario.until.day')}
        min={1}
        max={days}
        value={until}
        onChange={(value) => setUntil(Number(value))}
      />
      <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
        {say('scenario.add')}
      </Button>
    </Group>
  )
}

function Targets({ model, text, onChange }: FormProps) {
  const language = useText()
  const { targets } = model.scenario
  const measures = mainMeasures(model).map(({ measure }) => measure)
  const [measure, setMeasure] = useState(measures[0] ?? '')
  const [below, setBelow] = useState(30)
  return (
    <Stack gap="xs" mt="lg">
      <Title order={3}>{say('whatIf.targets')}</Title>
      {targets.map((target, index) => (
        <Group key={target.measure} justify="space-between" wrap="nowrap">
          <Text size="sm">
            {measureText(target.measure, model)} {target.below === undefined ? '>' : '<'}{' '}
            {valueText(target.measure, target.below ?? target.above ?? 0, language)}
          </Text>
          <ActionIcon
            variant="subtle"
            aria-label={say('forecast.remove', { what: measureText(target.measure, model) })}
            onClick={() =>
              onChange(
                withList(
                  text,
                  'targets',
                  targets.filter((_, other) => other !== index),
                ),
              )
            }
          >
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group align="end">
        <Select
          size="xs"
          w={360}
          searchable
          label={say('numbers.measure')}
          data={measures.map((value) => ({ value, label: measureText(value, model) }))}
          value={measure}
          onChange={(value) => value && setMeasure(value)}
        />
        <NumberInput
          size="xs"
          w={110}
          label={say('scenario.below')}
          value={below}
          onChange={(value) => setBelow(Number(value))}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() =>
            onChange(withList(text, 'targets', [...targets.filter((each) => each.measure !== measure), { measure, below }]))
          }
        >
          {say('scenario.addTarget')}
        </Button>
      </Group>
    </Stack>
  )
}
