/** Who comes: patients a day, by weekday and by hour, drawn with sliders; more of them; or as a log says. */
import { Alert, Button, FileButton, Group, Menu, NumberInput, SegmentedControl, Text, Title } from '@mantine/core'
import { IconChevronDown, IconInfoCircle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { UnreadableLog } from '../../../twin/calibrate/reading.ts'
import { get } from '../../shared/api.ts'
import { type Language, text as say, useText } from '../../shared/language.ts'
import { Failure } from '../../shared/states.tsx'
import type { ReadyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { streamName } from '../words.ts'
import { DAYS, withStream } from './edits.ts'
import { arrivalsOfLog } from './log-file.ts'
import {
  changeOf,
  changeOfFit,
  changeOfStarts,
  meanDay,
  perDayOf,
  type Rates,
  ratesOf,
  type StreamOfScenario,
  scaled,
  sumOf,
  withDay,
  withHour,
} from './rates.ts'
import forms from './scenario.module.css'

interface FormProps {
  model: ReadyModel
  text: string
  onChange: (text: string) => void
}

const LOG_DAYS = 28

export function DemandForm({ model, text, onChange }: FormProps) {
  return (
    <section className={styles.panel} aria-label={say('scenario.demand')}>
      <Title order={3}>{say('scenario.demand')}</Title>
      {model.scenario.demand.map((stream) => {
        const rates = ratesOf(stream)
        const name = streamName(stream.id, model)
        const change = (more: Record<string, unknown>) => onChange(withStream(text, stream.id, more))
        return (
          <fieldset key={stream.id} className={forms.group}>
            <legend>{name}</legend>
            {rates ? (
              <StreamForm name={name} stream={stream} rates={rates} onChange={change} />
            ) : (
              <Text size="sm" className="quiet">
                {say('scenario.notByRates')}
              </Text>
            )}
          </fieldset>
        )
      })}
    </section>
  )
}

interface StreamFormProps {
  name: string
  stream: StreamOfScenario
  rates: Rates
  onChange: (change: Record<string, unknown>) => void
}

const figure = (value: number, language: Language, digits = 1) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)

function StreamForm({ name, stream, rates, onChange }: StreamFormProps) {
  const language = useText()
  const [growth, setGrowth] = useState<number | string>(5)
  /** Every day, or one of them. */
  const [day, setDay] = useState('all')
  const place = day === 'all' ? null : DAYS.indexOf(day as (typeof DAYS)[number])
  const hours = place === null ? meanDay(rates) : rates[place]!
  const top = Math.max(...hours, 0.01) * 1.25
  const perDay = perDayOf(rates)
  return (
    <>
      <Group align="end" wrap="wrap" gap="xs">
        <NumberInput
          size="xs"
          w={110}
          label={say('scenario.perDay')}
          min={0.1}
          max={10_000}
          value={Math.round(perDay * 10) / 10}
          onChange={(value) => Number(value) > 0 && onChange(changeOf(scaled(rates, Number(value) / perDay)))}
        />
        <NumberInput
          size="xs"
          w={110}
          label={say('scenario.growth')}
          min={-90}
          max={300}
          suffix=" %"
          value={growth}
          onChange={setGrowth}
        />
        <Button
          size="xs"
          variant="default"
          aria-label={say('scenario.growOne', { name, percent: Number(growth) })}
          onClick={() => onChange(changeOf(scaled(rates, 1 + Number(growth) / 100)))}
        >
          {say('scenario.grow')}
        </Button>
        <FromLog name={name} stream={stream} onChange={onChange} />
      </Group>
      <div className={forms.days}>
        {DAYS.map((each, index) => (
          <NumberInput
            key={each}
            size="xs"
            hideControls
            min={0}
            max={10_000}
            label={say(`day.${each}`)}
            aria-label={`${say(`day.${each}`)} · ${name}`}
            value={Math.round(sumOf(rates[index]!) * 10) / 10}
            onChange={(value) => value !== '' && onChange(changeOf(withDay(rates, index, Number(value))))}
          />
        ))}
      </div>
      <Group justify="space-between" gap="xs">
        <Text size="xs" className="quiet">
          {say('scenario.hours')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={say('scenario.whichDay', { name })}
          value={day}
          onChange={setDay}
          data={[
            { value: 'all', label: say('scenario.everyDay') },
            ...DAYS.map((value) => ({ value, label: say(`day.${value}`) })),
          ]}
        />
      </Group>
      <div className={forms.curve}>
        {hours.map((rate, hour) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: hours have no other name
          <label key={hour} title={say('scenario.hourRate', { hour, rate: figure(rate, language) })}>
            <input
              type="range"
              min={0}
              max={100}
              step={1}
              value={Math.round((rate / top) * 100)}
              aria-label={say('scenario.hourOf', { hour, name })}
              aria-valuetext={say('scenario.hourRate', { hour, rate: figure(rate, language) })}
              onChange={(event) => onChange(changeOf(withHour(rates, place, hour, (Number(event.target.value) / 100) * top)))}
            />
            <span>{hour}</span>
          </label>
        ))}
      </div>
    </>
  )
}

/** The curves of what happened: in this hospital, or in a file. */
function FromLog({ name, stream, onChange }: Omit<StreamFormProps, 'rates'>) {
  const language = useText()
  const live = useMutation({
    mutationFn: async () => {
      const { days, items } = await get('/starts', { days: LOG_DAYS })
      const found = items.find(({ pathway }) => pathway === stream.pathway)
      if (!found) throw new Error(say('scenario.log.none', { name }))
      onChange(changeOfStarts(found.startsByHourOfWeek, days))
      return say('scenario.log.live', { count: sumOf(found.startsByHourOfWeek), days: Math.round(days) })
    },
  })
  const file = useMutation({
    mutationFn: async (chosen: File) => {
      const { fit, cases, problems, assumptions } = await arrivalsOfLog(chosen)
      onChange(changeOfFit(fit))
      const first = say('scenario.log.file', { count: cases, weeks: figure(fit.weeks, language), file: chosen.name })
      return [first, ...assumptions, ...problems.map(({ message, count, remedy }) => `${message} (${count}). ${remedy}`)].join(
        '\n',
      )
    },
  })
  const said = file.data ?? live.data
  const error = file.error ?? live.error
  return (
    <>
      <FileButton accept=".csv,.xes,.json,.txt" onChange={(chosen) => chosen && file.mutate(chosen)}>
        {({ onClick }) => (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button
                size="xs"
                variant="default"
                loading={file.isPending || live.isPending}
                rightSection={<IconChevronDown size={14} aria-hidden />}
                aria-label={say('scenario.log.one', { name })}
              >
                {say('scenario.log')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={stream.pathway === undefined} onClick={() => live.mutate()}>
                {say('scenario.log.fromLive', { days: LOG_DAYS })}
              </Menu.Item>
              <Menu.Item onClick={onClick}>{say('scenario.log.fromFile')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </FileButton>
      {said ? (
        <Alert
          variant="light"
          role="status"
          icon={<IconInfoCircle aria-hidden />}
          style={{ flexBasis: '100%', whiteSpace: 'pre-line' }}
        >
          {said}
        </Alert>
      ) : null}
      {error instanceof UnreadableLog ? (
        <Alert color="red" variant="light" role="alert" style={{ flexBasis: '100%' }}>
          {error.problems.join(' ')}
        </Alert>
      ) : error ? (
        <Failure error={error} />
      ) : null}
    </>
  )
}
