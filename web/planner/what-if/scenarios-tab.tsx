/** Several what-ifs in one table, sorted by any measure: against the model as it is, with the same patients. */
import { ActionIcon, Button, Group, Select, Stack } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { text, useText } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { Empty } from '../../shared/states.tsx'
import { measureText, valueText } from '../numbers.ts'
import { BESIDE_MAX, besideOf, type ComparedRow, columnsOf, comparedRows, sortedRows } from './compared.ts'
import { movedPhrases } from './lever-words.ts'
import type { LeverValues } from './levers.ts'
import { effectOf } from './numbers-table.tsx'
import { mainMeasures } from './outcome.ts'
import { leversText } from './share.ts'
import { SweepProgress, useSweep } from './sweep.tsx'
import type { ReadyModel } from './use-what-if.ts'
import styles from './what-if.module.css'

interface ScenariosTabProps {
  model: ReadyModel
  /** What the levers say now. */
  values: LeverValues
  /** Of each setting. */
  replications: number
  /** In the address: what is set beside, and by what it is sorted (`-` before it: the most first). */
  beside: string | undefined
  at: string | undefined
  onAt: (sorted: string) => void
  onBeside: (beside: string | undefined) => void
}

/** What is set beside once the present setting is, as the address says it. */
export const besideWith = (model: ReadyModel, beside: string | undefined, values: LeverValues): string =>
  besideOf(model, `${beside ?? ''}|${leversText(values)}`)
    .map(({ set }) => set)
    .join('|')

export function ScenariosTab({ model, values, replications, beside = '', at, onAt, onBeside }: ScenariosTabProps) {
  const language = useText()
  const all = useMemo(() => besideOf(model, beside), [model, beside])
  const sweep = useSweep(
    model,
    all.map((each) => each.values),
    { key: beside, replications, isOn: all.length > 0 },
  )
  const { confidence } = model.scenario
  const { base, runs } = sweep
  const rows = useMemo(() => comparedRows(confidence, all, base, runs), [confidence, all, base, runs])
  const sorted = at?.replace(/^-/, '')
  const isDown = at?.startsWith('-') ?? false
  const columns = columnsOf(model, sorted)
  const shown = sorted ? sortedRows(rows, sorted, isDown) : rows
  const now = leversText(values)
  const isBeside = now === '' || all.some(({ set }) => set === now)
  const without = (set: string) =>
    all
      .filter((each) => each.set !== set)
      .map((each) => each.set)
      .join('|') || undefined
  return (
    <Stack gap="md">
      <p className="quiet">{text('beside.lead', { percent: Math.round(confidence * 100) })}</p>
      <Group align="end">
        <Select
          label={text('beside.sort')}
          data={mainMeasures(model).map(({ measure }) => ({ value: measure, label: measureText(measure, model) }))}
          value={sorted ?? null}
          searchable
          onChange={(value) => onAt(value ?? '')}
          w={420}
        />
        {isBeside || all.length >= BESIDE_MAX ? null : (
          <Button size="sm" variant="light" onClick={() => onBeside(besideWith(model, beside, values))}>
            {text('beside.add')}
          </Button>
        )}
        <SweepProgress sweep={sweep} />
      </Group>
      {all.length === 0 ? (
        <Empty hint={text(now === '' ? 'beside.noneHint' : 'beside.addHint')}>{text('beside.none')}</Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too
        <section className={styles.scroll} tabIndex={0} aria-label={text('whatIf.show.scenarios')}>
          <table className={styles.numbers} data-testid="scenarios">
            <thead>
              <tr>
                <th scope="col">{text('beside.scenario')}</th>
                {columns.map(({ measure }) => (
                  <th key={measure} scope="col" aria-sort={measure === sorted ? (isDown ? 'descending' : 'ascending') : 'none'}>
                    <button
                      type="button"
                      className={styles.sort}
                      onClick={() => onAt(measure === sorted && !isDown ? `-${measure}` : measure)}
                    >
                      {measureText(measure, model)}
                      {measure === sorted ? (isDown ? ' ↓' : ' ↑') : ''}
                    </button>
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{text('beside.remove')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => {
                const phrase = movedPhrases(model, row.values, language).join(' ; ') || text('beside.asItIs')
                return (
                  <tr key={row.set} data-own={row.set === '' || undefined}>
                    <td>
                      <TextLink
                        to="/planner/what-if"
                        search={(old) => ({ ...old, show: 'scenarios' as const, set: row.set || undefined })}
                        aria-current={row.set === now ? 'true' : undefined}
                      >
                        {phrase}
                      </TextLink>
                      <small>{text('beside.replications', { count: row.replications, of: replications })}</small>
                    </td>
                    {columns.map((column) => (
                      <Cell key={column.measure} row={row} {...column} />
                    ))}
                    <td>
                      {row.set === '' ? null : (
                        <ActionIcon
                          size="sm"
                          variant="subtle"
                          color="gray"
                          onClick={() => onBeside(without(row.set))}
                          aria-label={text('beside.removeOne', { name: phrase })}
                        >
                          <IconX size={14} aria-hidden />
                        </ActionIcon>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
      )}
    </Stack>
  )
}

function Cell({ row, measure, worseWhenMore }: { row: ComparedRow; measure: string; worseWhenMore: boolean | null }) {
  const language = useText()
  const mean = row.means.get(measure)
  if (!mean) return <td>–</td>
  const difference = row.differences.get(measure)
  const interval = ({ low, high }: { low: number; high: number }, sign: boolean) =>
    text('numbers.interval', { low: valueText(measure, low, language, sign), high: valueText(measure, high, language, sign) })
  return (
    <td data-effect={effectOf({ measure, base: mean, changed: mean, difference: difference ?? null, worseWhenMore })}>
      {valueText(measure, mean.mean, language)}
      {row.set === '' ? (
        <small>{mean.replications > 1 ? interval(mean, false) : null}</small>
      ) : !difference ? null : difference.isDetectable ? (
        <small>
          {valueText(measure, difference.mean, language, true)} ({interval(difference, true)})
        </small>
      ) : (
        <small>{text('numbers.none')}</small>
      )}
    </td>
  )
}
