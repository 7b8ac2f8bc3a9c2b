/** The sliders: what there is, what it becomes. */
import '@mantine/core/styles/Slider.css'
import { ActionIcon, Button, Group, Slider, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconMinus, IconPlus } from '@tabler/icons-react'
import { text, useText } from '../../shared/language.ts'
import { leverName, leverValueText } from './lever-words.ts'
import { type Lever, type LeverValues, restOf } from './levers.ts'
import type { ReadyModel } from './use-what-if.ts'
import styles from './what-if.module.css'

interface LeversPanelProps {
  model: ReadyModel
  values: LeverValues
  onChange: (values: LeverValues) => void
}

const GROUPS = ['units', 'arrivals', 'stay'] as const

export function LeversPanel({ model, values, onChange }: LeversPanelProps) {
  const isMoved = Object.keys(values).length > 0
  return (
    <section className={styles.levers} aria-label={text('whatIf.levers')}>
      <Group justify="space-between">
        <h2 className={styles.heading}>{text('whatIf.levers')}</h2>
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={!isMoved}
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => onChange({})}
        >
          {text('whatIf.reset')}
        </Button>
      </Group>
      {GROUPS.map((kind) => {
        const levers = model.levers.filter((lever) => lever.kind === kind)
        return levers.length === 0 ? null : (
          <Stack key={kind} gap={14}>
            <h3 className={styles.group}>{text(`lever.${kind}`)}</h3>
            {levers.map((lever) => (
              <OneLever
                key={lever.id}
                lever={lever}
                model={model}
                value={values[lever.id] ?? restOf(lever)}
                onChange={(value) => onChange({ ...values, [lever.id]: value })}
              />
            ))}
          </Stack>
        )
      })}
    </section>
  )
}

interface OneLeverProps {
  lever: Lever
  model: ReadyModel
  value: number
  onChange: (value: number) => void
}

function OneLever({ lever, model, value, onChange }: OneLeverProps) {
  const language = useText()
  const name = leverName(lever, model)
  const rest = restOf(lever)
  const within = (to: number) => Math.min(lever.high, Math.max(lever.low, Math.round(to * 100) / 100))
  const step = lever.kind === 'units' ? 1 : 0.05
  return (
    <div className={styles.lever} data-moved={value !== rest || undefined}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" className={styles.leverName}>
          {name}
        </Text>
        <Text size="sm" className="figures" fw={value === rest ? 400 : 650}>
          {leverValueText(lever, value, language)}
        </Text>
      </Group>
      <Group wrap="nowrap" gap={6}>
        <ActionIcon
          size="sm"
          variant="default"
          aria-label={text('lever.less', { name })}
          onClick={() => onChange(within(value - step))}
        >
          <IconMinus size={13} aria-hidden />
        </ActionIcon>
        <Slider
          className={styles.slider}
          size="sm"
          min={lever.low}
          max={lever.high}
          step={lever.step}
          value={value}
          label={null}
          marks={[{ value: rest }]}
          thumbLabel={name}
          onChange={(to) => onChange(within(to))}
        />
        <ActionIcon
          size="sm"
          variant="default"
          aria-label={text('lever.more', { name })}
          onClick={() => onChange(within(value + step))}
        >
          <IconPlus size={13} aria-hidden />
        </ActionIcon>
      </Group>
    </div>
  )
}
