/** The answer on paper, for a board: what was asked, what comes of it, on what it stands, and how to see the same again. */
import '@mantine/core/styles/Progress.css'
import { Button, Group, Progress } from '@mantine/core'
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react'
import { useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { isoOf, type SiteTime } from '../../../pathways/time/site.ts'
import { msOf } from '../../../twin/experiment/parts.ts'
import { text, useText } from '../../shared/language.ts'
import { ButtonLink } from '../../shared/links.tsx'
import { stringifySearch } from '../../shared/search.ts'
import { Loading, Shown } from '../../shared/states.tsx'
import { dayMonthText } from '../dates.ts'
import { measureText, valueText } from '../numbers.ts'
import { CurvesTab } from '../what-if/curves-tab.tsx'
import { movedPhrases } from '../what-if/lever-words.ts'
import { tidied } from '../what-if/levers.ts'
import { effectOf, NumbersTable } from '../what-if/numbers-table.tsx'
import type { Outcome } from '../what-if/outcome.ts'
import { DEFAULT_MODEL, leversOfText, leversText, type WhatIfSearch } from '../what-if/share.ts'
import { SharedNote } from '../what-if/shared-note.tsx'
import { useWhatIf } from '../what-if/use-outcome.ts'
import { type ReadyModel, useModel } from '../what-if/use-what-if.ts'
import { WaitsTab } from '../what-if/waits-tab.tsx'
import styles from './brief.module.css'

export function BriefView() {
  useText()
  const search = useSearch({ from: '/planner/brief' })
  const read = useModel(search.model ?? DEFAULT_MODEL, search.seed, search.text)
  return (
    <Shown read={read} lines={8}>
      {(model) => <Brief model={model} search={search} />}
    </Shown>
  )
}

function Brief({ model, search }: { model: ReadyModel; search: WhatIfSearch }) {
  const language = useText()
  const values = useMemo(() => tidied(model.levers, leversOfText(search.set ?? '')), [model, search.set])
  const { outcome, state, paired, made, fingerprint } = useWhatIf(model, values, search.replications)
  const phrases = movedPhrases(model, values, language)
  const { scenario } = model
  const site: SiteTime = { epoch: '2026-01-05T00:00:00+01:00', timeZone: 'Europe/Paris', ...scenario.hospital.site }
  const day = (at: number) => dayMonthText(isoOf(at, site), language)
  const link = `${location.origin}/planner/what-if${stringifySearch({
    ...(search.text ? { text: search.text } : { model: search.model ?? DEFAULT_MODEL }),
    ...{ set: leversText(values), seed: scenario.seed, replications: state.replications },
    ...(search.beside && { beside: search.beside }),
    ...{ version: model.version, engine: model.engine, results: fingerprint ?? '' },
  })}`
  return (
    <div className={styles.sheet}>
      <Group justify="space-between" className={styles.tools}>
        <ButtonLink
          size="xs"
          variant="subtle"
          to="/planner/what-if"
          search={search}
          leftSection={<IconArrowLeft size={15} aria-hidden />}
        >
          {text('brief.back')}
        </ButtonLink>
        {made ? null : (
          <Progress
            w={200}
            animated
            value={((outcome?.replications ?? 0) / Math.max(1, state.replications)) * 100}
            aria-label={text('whatIf.refining')}
          />
        )}
        <Button size="xs" disabled={!made} leftSection={<IconPrinter size={15} aria-hidden />} onClick={() => window.print()}>
          {text('brief.print')}
        </Button>
      </Group>
      <div className={styles.tools}>
        <SharedNote search={search} version={model.version} engine={model.engine} results={fingerprint} />
      </div>
      <article className={styles.page} lang={language}>
        <p className={styles.kind}>{text('brief.kind')}</p>
        <h2>{phrases.length > 0 ? text('whatIf.asked', { what: phrases.join(' ; ') }) : scenario.name}</h2>
        <p className={styles.context}>
          {scenario.name} · {text('brief.period', { from: day(msOf(scenario.warmUp)), to: day(msOf(scenario.horizon) - 1) })}
        </p>
        {scenario.note ? <p>{scenario.note}</p> : null}
        {outcome ? (
          <>
            <h3>{text('brief.answer')}</h3>
            <p className={styles.said}>{text(`whatIf.said.${outcome.word}`)}</p>
            <Findings outcome={outcome} model={model} />
            <h3>{text('brief.targets')}</h3>
            <TargetsTable outcome={outcome} model={model} />
            <h3>{text('brief.numbers')}</h3>
            <NumbersTable
              outcome={outcome}
              model={model}
              only={(measure) => /waitMinutesMean|occupancyMean|^cost$|PerDay/.test(measure)}
            />
            <section className={styles.charts}>
              <CurvesTab {...{ model, values, outcome, whatIf: null, at: undefined, onAt: () => {} }} />
              <WaitsTab {...{ model, ...paired, at: undefined, onAt: () => {} }} />
            </section>
          </>
        ) : (
          <Loading lines={8} />
        )}
        <h3>{text('brief.method')}</h3>
        <p>
          {text('brief.methodText', {
            replications: outcome?.replications ?? 0,
            confidence: Math.round(scenario.confidence * 100),
            warmUp: Math.round(msOf(scenario.warmUp) / 86_400_000),
          })}
        </p>
        <p>{text('brief.limits')}</p>
        <h3>{text('brief.again')}</h3>
        <dl className={styles.facts}>
          <dt>{text('brief.link')}</dt>
          <dd data-testid="brief-link">{link}</dd>
          <dt>{text('brief.version')}</dt>
          <dd>{model.version.slice(0, 16)}</dd>
          <dt>{text('brief.seed')}</dt>
          <dd>{scenario.seed}</dd>
          <dt>{text('brief.engine')}</dt>
          <dd>{model.engine}</dd>
          <dt>{text('brief.fingerprint')}</dt>
          <dd>{fingerprint ?? text('brief.refining')}</dd>
        </dl>
      </article>
    </div>
  )
}

function Findings({ outcome, model }: { outcome: Outcome; model: ReadyModel }) {
  const language = useText()
  const seen = outcome.rows.filter((row) => effectOf(row) !== 'none' && /waitMinutesMean|PerDay|^cost$/.test(row.measure))
  if (seen.length === 0) return null
  return (
    <ul>
      {seen.map(({ measure, difference }) => (
        <li key={measure}>
          {measureText(measure, model)} : <strong>{valueText(measure, difference!.mean, language, true)}</strong>{' '}
          {text('numbers.interval', {
            low: valueText(measure, difference!.low, language, true),
            high: valueText(measure, difference!.high, language, true),
          })}
        </li>
      ))}
    </ul>
  )
}

function TargetsTable({ outcome, model }: { outcome: Outcome; model: ReadyModel }) {
  const language = useText()
  if (outcome.targets.length === 0) return <p>{text('brief.noTargets')}</p>
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text('numbers.measure')}</th>
          <th scope="col">{text('brief.limit')}</th>
          <th scope="col">{text('chart.base')}</th>
          <th scope="col">{text('chart.changed')}</th>
          <th scope="col">{text('brief.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {outcome.targets.map(({ measure, below, above, mean, isMet }, index) => (
          <tr key={measure}>
            <td>{measureText(measure, model)}</td>
            <td>
              {below === undefined ? '> ' : '< '}
              {valueText(measure, below ?? above ?? 0, language)}
            </td>
            <td>{valueText(measure, outcome.baseTargets[index]!.mean, language)}</td>
            <td>{valueText(measure, mean, language)}</td>
            <td>{text(isMet === null ? 'target.undecided' : isMet ? 'target.met' : 'target.missed')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
