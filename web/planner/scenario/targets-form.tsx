/** What must hold: measures with their limits. */
import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { text as say, useText } from '../../shared/language.ts'
import { measureText, shareOfMeasure, valueText } from '../numbers.ts'
import { mainMeasures } from '../what-if/outcome.ts'
import type { ReadyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { withList } from './edits.ts'

export function TargetsForm({ model, text, onChange }: { model: ReadyModel; text: string; onChange: (text: string) => void }) {
  const language = useText()
  const { targets } = model.scenario
  const measures = mainMeasures(model).map(({ measure }) => measure)
  const [measure, setMeasure] = useState(measures[0] ?? '')
  const [side, setSide] = useState<'below' | 'above'>('below')
  const [limit, setLimit] = useState(() => (shareOfMeasure(measures[0] ?? '') ? 5 : 30))
  const isShare = shareOfMeasure(measure)
  const set = (list: unknown[]) => onChange(withList(text, 'targets', list))
  const add = () =>
    set([...targets.filter((each) => each.measure !== measure), { measure, [side]: isShare ? limit / 100 : limit }])
  return (
    <section className={styles.panel} aria-label={say('whatIf.targets')}>
      <Title order={3}>{say('whatIf.targets')}</Title>
      <Stack gap="xs" mt="sm">
        {targets.length === 0 ? <Text className="quiet">{say('brief.noTargets')}</Text> : null}
        {targets.map((target, index) => (
          <Group key={target.measure} justify="space-between" wrap="nowrap">
            <Text size="sm">
              {measureText(target.measure, model)} {target.below === undefined ? '>' : '<'}{' '}
              {valueText(target.measure, target.below ?? target.above ?? 0, language)}
            </Text>
            <ActionIcon
              variant="subtle"
              aria-label={say('forecast.remove', { what: measureText(target.measure, model) })}
              onClick={() => set(targets.filter((_, other) => other !== index))}
            >
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group align="end" gap="xs">
          <Select
            size="xs"
            style={{ flex: '1 1 260px' }}
            searchable
            label={say('numbers.measure')}
            data={measures.map((value) => ({ value, label: measureText(value, model) }))}
            value={measure}
            onChange={(value) => {
              if (!value) return
              setMeasure(value)
              setLimit(shareOfMeasure(value) ? 5 : 30)
            }}
          />
          <Select
            size="xs"
            w={120}
            label={say('scenario.side')}
            allowDeselect={false}
            data={[
              { value: 'below', label: say('scenario.below') },
              { value: 'above', label: say('scenario.above') },
            ]}
            value={side}
            onChange={(value) => setSide(value === 'above' ? 'above' : 'below')}
          />
          <NumberInput
            size="xs"
            w={110}
            label={say('brief.limit')}
            suffix={isShare ? ' %' : ''}
            value={limit}
            onChange={(value) => setLimit(Number(value))}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            disabled={measure === ''}
            onClick={add}
          >
            {say('scenario.addTarget')}
          </Button>
        </Group>
      </Stack>
    </section>
  )
}
