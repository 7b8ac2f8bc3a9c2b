/** Every pathway of a patient on one line of time, and where they are on the diagram of the one that is chosen. */
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { RunItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { ChoiceLink } from '../../shared/links.tsx'
import { RunLink, useNames } from '../../shared/names.tsx'
import { useDiagram, useTexts } from '../../shared/queries.ts'
import { Empty, Loading, Shown } from '../../shared/states.tsx'
import { durationText, momentText, useNow } from '../../shared/times.ts'
import styles from './patient.module.css'

const Diagram = lazy(() => import('../../operations/pathways/diagram.tsx'))
const route = getRouteApi('/patients/$id')

/** A bar is never too thin to be seen. */
const PERCENT_MIN = 1.5

export function Pathways({ runs }: { runs: RunItem[] }) {
  const { pathway: asked } = route.useSearch()
  const now = useNow(30_000)
  if (runs.length === 0) return <Empty>{text('patient.noPathway')}</Empty>
  if (!now) return null
  const from = Math.min(...runs.map(({ startedAt }) => Date.parse(startedAt)))
  const whole = Math.max(1, now.ms - from)
  const shown = runs.find(({ id }) => id === asked) ?? runs.find(({ endedAt }) => endedAt === null) ?? runs[0]!
  return (
    <>
      <ol className={styles.lanes}>
        {runs.map((run) => {
          const [start, end] = [Date.parse(run.startedAt), run.endedAt === null ? now.ms : Date.parse(run.endedAt)]
          const width = Math.max(PERCENT_MIN, ((end - start) / whole) * 100)
          const left = Math.min(100 - width, ((start - from) / whole) * 100)
          return (
            <li key={run.id} className={styles.lane}>
              <Lane run={run} isShown={run.id === shown.id} durationMs={end - start} />
              <div className={styles.track} aria-hidden>
                <div className={styles.bar} data-state={run.state} style={{ left: `${left}%`, width: `${width}%` }} />
              </div>
            </li>
          )
        })}
      </ol>
      <OnDiagram run={shown} />
    </>
  )
}

const STATES = { completed: 'patient.ended', failed: 'patient.failed', cancelled: 'patient.cancelled' } as const

function Lane({ run, isShown, durationMs }: { run: RunItem; isShown: boolean; durationMs: number }) {
  const language = useText()
  const names = useNames()
  const state = run.state === 'starting' || run.state === 'running' ? text('patient.current') : text(STATES[run.state])
  return (
    <div className={styles.laneWords}>
      <ChoiceLink className="chip" chosen={isShown} to="." search={(search) => ({ ...search, pathway: run.id })}>
        {names.pathway(run.pathway)}
      </ChoiceLink>
      <span className="quiet figures">
        {momentText(run.startedAt, '', language)} · {durationText(durationMs, language)} · {state}
      </span>
      <RunLink run={run.id} />
    </div>
  )
}

function OnDiagram({ run }: { run: RunItem }) {
  const language = useText()
  const names = useNames()
  const diagram = useDiagram(run.pathway, run.version)
  const { data: texts } = useTexts(language)
  const positions = run.elements.map(({ element, name, type, since, state }) => {
    const waiting = state === 'requesting' ? 1 : 0
    return { element, name, type, since, count: 1, waiting }
  })
  return (
    <section aria-label={text('patient.onDiagram')} className={styles.diagram}>
      <ul className="visually-hidden" id="steps">
        {run.elements
          .filter(({ name }) => name !== '')
          .map(({ element, name }) => (
            <li key={element}>{names.say(name, run.pathway)}</li>
          ))}
      </ul>
      <Shown read={diagram} lines={6}>
        {({ bpmn }) => (
          <Suspense fallback={<Loading lines={6} />}>
            <Diagram
              xml={bpmn}
              texts={language === 'fr' ? undefined : (texts?.pathways[run.pathway] ?? {})}
              name={names.pathway(run.pathway)}
              positions={positions}
              selected={positions.at(-1)?.element ?? ''}
              onSelect={() => {}}
            />
          </Suspense>
        )}
      </Shown>
    </section>
  )
}
