/** A question and its answer: levers at the left, what they change at the right, all of it in the address. */
import { Group, Stack } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { text, useText } from '../../shared/language.ts'
import { ChoiceLink } from '../../shared/links.tsx'
import { Failure, Loading, Shown } from '../../shared/states.tsx'
import { Answer } from './answer.tsx'
import { CurvesTab } from './curves-tab.tsx'
import { HoursTab } from './hours-tab.tsx'
import { movedPhrases } from './lever-words.ts'
import { type LeverValues, tidied } from './levers.ts'
import { LeversPanel } from './levers-panel.tsx'
import { NumbersTable } from './numbers-table.tsx'
import { moved, yamlOf } from './question.ts'
import { ScenariosTab } from './scenarios-tab.tsx'
import { DEFAULT_MODEL, leversOfText, leversText, SHOWN, type WhatIfSearch } from './share.ts'
import { SharedNote } from './shared-note.tsx'
import { Tornado, UnitsAgainstDelay } from './sweeps.tsx'
import { TakeAway } from './take-away.tsx'
import { useWhatIf } from './use-outcome.ts'
import { REPLICATIONS, type ReadyModel, useModel } from './use-what-if.ts'
import { WaitsTab } from './waits-tab.tsx'
import styles from './what-if.module.css'

const PathwayTab = lazy(() => import('./pathway-tab.tsx'))

/** How long the address waits for a slider to rest. */
const ADDRESS_MS = 350

export function WhatIfView() {
  useText()
  const search = useSearch({ from: '/planner/what-if' })
  const id = search.model ?? DEFAULT_MODEL
  const read = useModel(id, search.seed, search.text)
  return (
    <Shown read={read} lines={8}>
      {(model) => <WhatIf key={`${model.version}`} model={model} id={id} search={search} />}
    </Shown>
  )
}

function WhatIf({ model, id, search }: { model: ReadyModel; id: string; search: WhatIfSearch }) {
  const language = useText()
  const navigate = useNavigate({ from: '/planner/what-if' })
  const inAddress = search.set ?? ''
  const [values, setValues] = useState<LeverValues>(() => tidied(model.levers, leversOfText(inAddress)))
  // The address may change by itself: back, forward, a link.
  useEffect(() => setValues(tidied(model.levers, leversOfText(inAddress))), [model, inAddress])
  const write = useDebouncedCallback((to: LeverValues) => {
    const set = leversText(tidied(model.levers, to)) || undefined
    // What was shared is of another question.
    void navigate({
      search: (old) => ({ ...old, set, version: undefined, engine: undefined, results: undefined }),
      replace: true,
    })
  }, ADDRESS_MS)
  const move = (to: LeverValues) => {
    setValues(to)
    write(to)
  }
  const known = useWhatIf(model, values, search.replications)
  const { outcome, state, paired, made, fingerprint, tidy } = known
  const what = movedPhrases(model, tidy, language).join(' ; ')
  const show = search.show ?? 'curves'
  const lookAt = (at: string) => void navigate({ search: (old) => ({ ...old, at: at || undefined }), replace: true })
  const compare = (beside: string | undefined) => void navigate({ search: (old) => ({ ...old, beside }), replace: true })
  const yaml = useMemo(() => yamlOf(moved(model.scenario, model.levers, tidy)), [model, tidy])
  if (state.failure !== null) return <Failure error={new Error(state.failure)} />
  return (
    <div className={styles.page}>
      <LeversPanel model={model} values={values} onChange={move} />
      <div className={styles.main}>
        <SharedNote search={search} version={model.version} engine={model.engine} results={fingerprint} />
        {outcome ? (
          <>
            <Answer
              model={model}
              values={tidy}
              outcome={outcome}
              asked={state.replications}
              firstAnswerMs={state.whatIf?.firstAnswerMs ?? null}
            />
            <TakeAway
              model={model}
              id={id}
              text={search.text}
              beside={search.beside}
              values={tidy}
              what={what || model.scenario.name}
              made={made}
              fingerprint={fingerprint}
            />
          </>
        ) : (
          <section className={styles.panel} aria-live="polite">
            <h2 className={styles.title}>{model.scenario.name}</h2>
            <p className="quiet">{text('whatIf.opening')}</p>
            <Loading lines={3} />
          </section>
        )}
        <section className={styles.panel} aria-label={text('whatIf.look')}>
          <nav className={styles.tabs} aria-label={text('whatIf.look')}>
            {SHOWN.map((each) => (
              <ChoiceLink
                key={each}
                chosen={each === show}
                to="/planner/what-if"
                search={(old) => ({ ...old, show: each, at: undefined })}
                replace
              >
                {text(`whatIf.show.${each}`)}
              </ChoiceLink>
            ))}
          </nav>
          <Stack mt="md" gap="md">
            {outcome && show === 'curves' ? (
              <CurvesTab {...{ model, values: tidy, outcome, whatIf: state.whatIf, at: search.at, onAt: lookAt }} />
            ) : null}
            {outcome && show === 'numbers' ? <NumbersTable outcome={outcome} model={model} /> : null}
            {show === 'waits' ? <WaitsTab {...{ model, ...paired, at: search.at, onAt: lookAt }} /> : null}
            {show === 'hours' && outcome ? <HoursTab {...{ model, ...paired }} /> : null}
            {show === 'beds' ? <UnitsAgainstDelay model={model} at={search.at} onAt={lookAt} /> : null}
            {show === 'tornado' ? <Tornado model={model} at={search.at} onAt={lookAt} /> : null}
            {outcome && show === 'pathway' ? (
              <Suspense fallback={<Loading lines={6} />}>
                <PathwayTab model={model} outcome={outcome} at={search.at} onAt={lookAt} />
              </Suspense>
            ) : null}
            {show === 'scenarios' ? (
              <ScenariosTab
                {...{
                  model,
                  values: tidy,
                  replications: search.replications ?? REPLICATIONS,
                  beside: search.beside,
                  at: search.at,
                  onAt: lookAt,
                  onBeside: compare,
                }}
              />
            ) : null}
            {show === 'yaml' ? (
              <>
                <Group>
                  <p className="quiet">{text('yaml.lead')}</p>
                </Group>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too */}
                <pre className={styles.yaml} tabIndex={0}>
                  {yaml}
                </pre>
              </>
            ) : null}
          </Stack>
        </section>
      </div>
    </div>
  )
}
