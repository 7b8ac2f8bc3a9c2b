/** What changes when, on a line of days. */
import { ActionIcon, Button, Group, NumberInput, Select, Text, TextInput, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { msOf } from '../../../twin/experiment/parts.ts'
import type { Intervention } from '../../../twin/experiment/schema.ts'
import { text as say, useText } from '../../shared/language.ts'
import { dateOfDay, dayMonthText, dayOfDate } from '../dates.ts'
import { poolName } from '../numbers.ts'
import type { ReadyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { pathwayName, streamName } from '../words.ts'
import { withList } from './edits.ts'
import forms from './scenario.module.css'

interface FormProps {
  model: ReadyModel
  text: string
  onChange: (text: string) => void
}

const dayMs = 86_400_000
const KINDS = ['close', 'open', 'factor', 'lasts'] as const
const TICKS = 6

export function TimelineForm({ model, text, onChange }: FormProps) {
  const language = useText()
  const { scenario } = model
  const days = msOf(scenario.horizon) / dayMs
  const warmUp = msOf(scenario.warmUp) / dayMs
  const site = scenario.hospital.site
  const set = (list: Intervention[]) => onChange(withList(text, 'interventions', list))
  const at = (day: number) => `${(day / days) * 100}%`
  return (
    <section className={styles.panel} aria-label={say('scenario.timeline')}>
      <Title order={3}>{say('scenario.timeline')}</Title>
      <div className={forms.axis} aria-hidden>
        {Array.from({ length: TICKS }, (_, index) => Math.round((days * index) / TICKS)).map((day) => (
          <span key={day} style={{ left: at(day) }}>
            {dayMonthText(dateOfDay(day, site), language)}
          </span>
        ))}
        <span className={forms.measured} style={{ left: at(warmUp), width: at(days - warmUp) }}>
          {say('scenario.measured')}
        </span>
      </div>
      <ul className={forms.timeline}>
        {scenario.interventions.map((intervention, index) => {
          const from = msOf(intervention.at) / dayMs
          const until = intervention.until === undefined ? days : msOf(intervention.until) / dayMs
          const words = interventionText(intervention, model)
          const change = (more: Partial<Intervention>) =>
            set(scenario.interventions.map((each, other) => (other === index ? ({ ...each, ...more } as Intervention) : each)))
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same, and their days change while they are typed
            <li key={`${index} ${words}`}>
              <span className={forms.span} style={{ marginLeft: at(from), width: at(until - from) }} />
              <Group justify="space-between" align="center" gap="xs">
                <Text size="sm" style={{ flex: '1 1 180px' }}>
                  {words}
                </Text>
                <Group gap={6} wrap="nowrap">
                  <DayInput
                    label={say('scenario.from.one', { what: words })}
                    day={from}
                    site={site}
                    onChange={(day) => change({ at: `P${day}D` })}
                  />
                  <span aria-hidden>→</span>
                  <DayInput
                    label={say('scenario.until.one', { what: words })}
                    day={until}
                    site={site}
                    onChange={(day) => change({ until: `P${day}D` })}
                  />
                  <ActionIcon
                    variant="subtle"
                    aria-label={say('forecast.remove', { what: words })}
                    onClick={() => set(scenario.interventions.filter((_, other) => other !== index))}
                  >
                    <IconTrash size={15} aria-hidden />
                  </ActionIcon>
                </Group>
              </Group>
            </li>
          )
        })}
      </ul>
      <NewIntervention model={model} days={days} onAdd={(added) => set([...scenario.interventions, added])} />
    </section>
  )
}

interface DayInputProps {
  label: string
  /** Since the beginning of the scenario. */
  day: number
  site: ReadyModel['scenario']['hospital']['site']
  onChange: (day: number) => void
}

/** A day of the scenario, as the date that it is. */
export function DayInput({ label, day, site, onChange }: DayInputProps) {
  return (
    <TextInput
      type="date"
      size="xs"
      w={140}
      aria-label={label}
      value={dateOfDay(Math.floor(day), site)}
      onChange={(event) => {
        const chosen = dayOfDate(event.target.value, site)
        if (chosen !== null && chosen >= 0) onChange(chosen)
      }}
    />
  )
}

const interventionText = (intervention: Intervention, model: ReadyModel): string => {
  const { scenario, programs } = model
  if ('lasts' in intervention) {
    const program = programs.flatMap(([, each]) => each).find(({ process }) => process === intervention.pathway)
    const name = program?.nodes.find(({ id }) => id === intervention.element)?.name || intervention.element
    return say('scenario.lasts', { name, factor: intervention.lasts })
  }
  if ('factor' in intervention)
    return say('scenario.factor', { name: streamName(intervention.stream, model), factor: intervention.factor })
  if ('stream' in intervention) return `${streamName(intervention.stream, model)} → ${pathwayName(intervention.pathway, model)}`
  const name = poolName(intervention.pool, scenario)
  const where = 'where' in intervention && intervention.where ? ` (${Object.values(intervention.where).join(', ')})` : ''
  return `${'close' in intervention ? say('moved.close', { count: intervention.close, name }) : say('moved.open', { count: intervention.open, name })}${where}`
}

function NewIntervention({ model, days, onAdd }: { model: ReadyModel; days: number; onAdd: (added: Intervention) => void }) {
  const { scenario, levers } = model
  const site = scenario.hospital.site
  const [kind, setKind] = useState<(typeof KINDS)[number]>('close')
  const [of, setOf] = useState<string | null>(null)
  const [amount, setAmount] = useState(1)
  const [from, setFrom] = useState(Math.round(msOf(scenario.warmUp) / dayMs))
  const [until, setUntil] = useState(Math.round(days))
  const choices =
    kind === 'factor'
      ? scenario.demand
          .filter(({ interarrival, times }) => !interarrival && !times)
          .map(({ id }) => ({ value: id, label: streamName(id, model) }))
      : kind === 'lasts'
        ? levers.flatMap((lever) =>
            lever.kind === 'stay' ? [{ value: lever.id, label: `${lever.name} · ${lever.pathwayName}` }] : [],
          )
        : scenario.hospital.pools
            .filter(({ units }) => units !== undefined)
            .map(({ id }) => ({ value: id, label: poolName(id, scenario) }))
  const chosen = choices.find(({ value }) => value === of)?.value ?? choices[0]?.value
  const add = () => {
    if (chosen === undefined) return
    const when = { at: `P${from}D`, ...(until < days && { until: `P${until}D` }) }
    const stay = levers.find(({ id }) => id === chosen)
    if (kind === 'lasts' && stay?.kind === 'stay') onAdd({ ...when, pathway: stay.pathway, element: stay.element, lasts: amount })
    else if (kind === 'factor') onAdd({ ...when, stream: chosen, factor: amount })
    else if (kind === 'close') onAdd({ ...when, pool: chosen, close: Math.round(amount) })
    else if (kind === 'open') onAdd({ ...when, pool: chosen, open: Math.round(amount) })
  }
  const isFactor = kind === 'factor' || kind === 'lasts'
  return (
    <Group align="end" mt="sm" gap="xs">
      <Select
        size="xs"
        w={190}
        label={say('forecast.what')}
        data={KINDS.map((value) => ({ value, label: say(`scenario.kind.${value}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => {
          setKind((value as typeof kind) ?? 'close')
          setAmount(value === 'factor' ? 1.2 : value === 'lasts' ? 0.9 : 1)
        }}
      />
      <Select
        size="xs"
        w={190}
        label={say('scenario.of')}
        data={choices}
        value={chosen ?? null}
        allowDeselect={false}
        onChange={setOf}
      />
      <NumberInput
        size="xs"
        w={90}
        label={say(isFactor ? 'scenario.times' : 'forecast.count')}
        min={0}
        max={isFactor ? 10 : 1000}
        step={isFactor ? 0.05 : 1}
        value={amount}
        onChange={(value) => setAmount(Number(value))}
      />
      <div>
        <Text size="xs" fw={500} mb={2}>
          {say('scenario.when')}
        </Text>
        <Group gap={6} wrap="nowrap">
          <DayInput label={say('scenario.from.day')} day={from} site={site} onChange={setFrom} />
          <span aria-hidden>→</span>
          <DayInput label={say('scenario.until.day')} day={until} site={site} onChange={setUntil} />
        </Group>
      </div>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={chosen === undefined}
        onClick={add}
      >
        {say('scenario.add')}
      </Button>
    </Group>
  )
}
