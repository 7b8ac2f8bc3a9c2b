/** What a draft changes, measure by measure, in words: a difference with its interval, or that none can be told. */
import { Alert, Table, Text } from '@mantine/core'
import type { Program } from '../../../pathways/language/program.ts'
import { text, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { usePools } from '../../shared/queries.ts'
import type { Compared } from './contract.ts'
import { isDeadEnd, type Row, rowsOf } from './measured.ts'
import classes from './rehearse.module.css'

interface Props {
  compared: Compared
  published: Program
  draft: Program
}

export function Results({ compared, published, draft }: Props) {
  const names = useNames()
  const pools = usePools()
  const rows = rowsOf(compared, published, draft)
  const named = new Map([...published.nodes, ...draft.nodes].map(({ id, name }) => [id, name]))
  const called = ({ kind, of }: Row): string => {
    if (kind === 'wait') return names.say(named.get(of) || of, draft.process)
    if (kind === 'occupancy') return names.say(pools.data?.items.find(({ id }) => id === of)?.name ?? of)
    return kind === 'otherStay' || kind === 'stay' || kind === 'completed' ? names.pathway(of) : of
  }
  const detectable = rows.filter(isTold).length
  return (
    <section aria-label={text('results.title')}>
      <Text fw={600} aria-live="polite">
        {compared.pairs < 2
          ? text('results.early')
          : detectable === 0
            ? text('results.none', { pairs: compared.pairs })
            : text('results.some', { count: detectable, pairs: compared.pairs })}
      </Text>
      {isDeadEnd(compared, draft.process) ? (
        <Alert color="red" title={text('results.deadEnd')} my="xs">
          {text('results.deadEndHint')}
        </Alert>
      ) : null}
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing={6} striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text('results.measure')}</Table.Th>
              <Table.Th className={classes.number}>{text('results.published')}</Table.Th>
              <Table.Th className={classes.number}>{text('results.draft')}</Table.Th>
              <Table.Th>{text('results.difference')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.name}>
                <Table.Td>
                  <span className="quiet">{text(`results.${row.kind}`)} </span>
                  {called(row)}
                </Table.Td>
                <Table.Td className={classes.number}>
                  {row.published ? <Value kind={row.kind} value={row.published.mean} /> : '—'}
                </Table.Td>
                <Table.Td className={classes.number}>
                  {row.draft ? <Value kind={row.kind} value={row.draft.mean} /> : '—'}
                </Table.Td>
                <Table.Td>
                  <Change row={row} pairs={compared.pairs} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" className="quiet">
        {text('results.how', { pairs: compared.pairs })}
      </Text>
    </section>
  )
}

/** Of each kind of measure the smallest change that anybody reads. */
const SMALLEST = { stay: 0.05, completed: 0.05, wait: 0.05, occupancy: 0.0005, otherStay: 0.05 }

const isTold = ({ kind, difference }: Pick<Row, 'kind' | 'difference'>): boolean =>
  difference?.isDetectable === true && Math.abs(difference.mean) >= SMALLEST[kind]

const format = (language: string, value: number, digits: number, sign = false) =>
  new Intl.NumberFormat(language, {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
    signDisplay: sign ? 'exceptZero' : 'auto',
  }).format(value)

/** A measure as people read it: minutes, patients a day, per cent. */
function useSaid(kind: Row['kind']) {
  const language = useText()
  return (value: number, sign = false): string => {
    if (kind === 'occupancy') return `${format(language, value * 100, 1, sign)} %`
    if (kind === 'completed') return text('results.perDay', { value: format(language, value, 1, sign) })
    return text('results.minutes', { value: format(language, value, Math.abs(value) < 10 ? 1 : 0, sign) })
  }
}

function Value({ kind, value }: { kind: Row['kind']; value: number }) {
  const said = useSaid(kind)
  return <span className="figures">{said(value)}</span>
}

function Change({ row: { kind, difference }, pairs }: { row: Row; pairs: number }) {
  const said = useSaid(kind)
  if (!difference) return <span className="quiet">{text('results.onlyOne')}</span>
  if (pairs < 2) return <span className="quiet">…</span>
  const { mean, low, high, isDetectable } = difference
  const interval = text('results.interval', { low: said(low, true), high: said(high, true) })
  if (isDetectable && !isTold({ kind, difference })) return <span className="quiet">{text('results.tiny')}</span>
  if (!isDetectable)
    return (
      <span>
        {text('results.notDetectable')} <span className="quiet figures">{interval}</span>
      </span>
    )
  return (
    <span>
      <strong className="figures">
        {mean > 0 ? '▲' : '▼'} {said(mean, true)}
      </strong>{' '}
      <span className="quiet figures">{interval}</span>
    </span>
  )
}
