/** The tabs of a draft around one draft that is saved by itself. */
import '@mantine/core/styles/Tabs.css'
import { Alert, Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type Modeler from 'bpmn-js/lib/Modeler'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PathwayVersionDetail } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { Loading } from '../../shared/states.tsx'
import { useVersions } from '../versions.ts'
import { Conflict, SomebodyElse } from './conflict.tsx'
import { Counterexample } from './counterexample.tsx'
import type { Registry } from './diagram-js.ts'
import { DiagramTab, type ModelerState } from './diagram-tab.tsx'
import classes from './editor.module.css'
import { markFindings } from './marks.ts'
import { Presence, usePresence } from './presence.tsx'
import { Problems } from './problems.tsx'
import { Submitted } from './submitted.tsx'
import { Toolbar } from './toolbar.tsx'
import { useCatalogue } from './use-catalogue.ts'
import { useCheck } from './use-check.ts'
import { useDraft } from './use-draft.ts'
import { useLarge } from './use-remembered.ts'
import { useUndo } from './use-undo.ts'

const DecisionsTab = lazy(() => import('../decisions/decisions-tab.tsx').then(({ DecisionsTab: it }) => ({ default: it })))
const FormsTab = lazy(() => import('../forms/forms-tab.tsx').then(({ FormsTab: it }) => ({ default: it })))
const ScenariosTab = lazy(() => import('../scenarios/scenarios-tab.tsx').then(({ ScenariosTab: it }) => ({ default: it })))
const Rehearse = lazy(() => import('../rehearse/rehearse.tsx').then(({ Rehearse: it }) => ({ default: it })))
const Compare = lazy(() => import('../compare/compare.tsx').then(({ Compare: it }) => ({ default: it })))

const TABS = ['drawing', 'decisions', 'forms', 'scenarios', 'rehearse', 'compare'] as const
type Tab = (typeof TABS)[number]

interface Props {
  initial: PathwayVersionDetail
  published: PathwayVersionDetail | null
}

export function DraftEditor({ initial, published }: Props) {
  const { pathway, version } = initial
  const { tab: asked, element = '' } = useSearch({ from: '/designer/$pathway/$version' })
  const navigate = useNavigate({ from: '/designer/$pathway/$version' })
  const tab: Tab = TABS.find((one) => one === asked) ?? 'drawing'
  const draft = useDraft(initial)
  const { sources, change } = draft
  const drawing = useMemo(
    () => ({ bpmn: sources.bpmn, dmn: sources.dmn, forms: sources.forms }),
    [sources.bpmn, sources.dmn, sources.forms],
  )
  const checked = useCheck(pathway, drawing)
  const catalogue = useCatalogue(pathway, sources)
  const modeler = useRef<Modeler | null>(null)
  const [ready, setReady] = useState<Modeler | null>(null)
  const [stack, setStack] = useState<ModelerState>({ canUndo: false, canRedo: false })
  const [playing, setPlaying] = useState(false)
  const [isLarge, setLarge] = useLarge()
  const others = usePresence(pathway, version)
  const versions = useVersions(pathway)
  const there = versions.data?.items.find((one) => one.version === version)

  const select = useCallback(
    (chosen: string) =>
      void navigate({ search: (search) => ({ ...search, element: chosen || undefined }), replace: true, resetScroll: false }),
    [navigate],
  )
  const goTo = (chosen: string) =>
    void navigate({ search: (search) => ({ ...search, tab: undefined, element: chosen || undefined }), resetScroll: false })
  const nameOf = (id: string): string =>
    (ready?.get<Registry>('elementRegistry').get(id)?.businessObject.name as string | undefined) || id
  const { undo, redo } = useUndo(tab, draft, modeler, stack)
  const { answer } = checked
  useEffect(() => {
    if (ready && answer && !playing) markFindings(ready, answer.findings, select)
  }, [ready, answer, playing, select])
  useEffect(() => {
    // What was unsound may be mended by now.
    if (!answer?.counterexample) setPlaying(false)
  }, [answer])

  return (
    <div className={classes.editor} data-large={isLarge || undefined}>
      <Toolbar
        {...{ initial, draft, checked, undo, redo, isLarge }}
        onLarge={() => setLarge(!isLarge)}
        submittedAt={there?.submittedAt ?? null}
      />
      <div>
        {draft.save.state === 'conflict' ? <Conflict draft={draft} theirs={draft.save.theirs} /> : null}
        {draft.save.state === 'refused' ? (
          <Alert color="red" title={draft.save.error.problem?.title}>
            {draft.save.error.problem?.detail} {draft.save.error.problem?.remedy}
          </Alert>
        ) : null}
        <Presence others={others} />
        <Submitted there={there} />
        <SomebodyElse there={there} draft={draft} />
        <Tabs
          value={tab}
          onChange={(chosen) =>
            void navigate({ search: (search) => ({ ...search, tab: chosen === 'drawing' ? undefined : (chosen ?? undefined) }) })
          }
        >
          <Tabs.List px="md">
            {TABS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {text(`editor.tab.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      </div>
      <div className={classes.work} hidden={tab !== 'drawing'}>
        <DiagramTab
          bpmn={sources.bpmn}
          generation={draft.generations.bpmn}
          {...{ catalogue, modeler, ready }}
          selected={tab === 'drawing' ? element : ''}
          onReady={setReady}
          onChange={(bpmn) => change({ bpmn }, { undone: 'elsewhere' })}
          onState={setStack}
          onSelect={select}
        />
      </div>
      {tab === 'drawing' ? null : (
        <div className={classes.whole}>
          <Suspense fallback={<Loading lines={8} />}>
            {tab === 'decisions' ? (
              <DecisionsTab dmn={sources.dmn} onChange={(dmn) => change({ dmn })} generation={draft.generations.dmn} />
            ) : null}
            {tab === 'forms' ? (
              <FormsTab forms={sources.forms} onChange={(forms) => change({ forms })} generation={draft.generations.forms} />
            ) : null}
            {tab === 'scenarios' ? (
              <ScenariosTab
                {...{ pathway, drawing, nameOf }}
                scenarios={sources.scenarios}
                onChange={(scenarios) => change({ scenarios })}
              />
            ) : null}
            {tab === 'rehearse' ? <Rehearse pathway={pathway} draft={drawing} published={published} /> : null}
            {tab === 'compare' ? <ComparePublished drawing={drawing} published={published} /> : null}
          </Suspense>
        </div>
      )}
      {tab === 'drawing' && playing && ready && answer?.counterexample ? (
        <Counterexample
          diagram={ready}
          way={answer.counterexample}
          why={answer.verdict.join(' ; ')}
          nameOf={nameOf}
          onClose={() => setPlaying(false)}
        />
      ) : (
        <Problems checked={checked} nameOf={nameOf} onSelect={goTo} onPlay={() => setPlaying(true)} />
      )}
    </div>
  )
}

function ComparePublished({
  drawing,
  published,
}: {
  drawing: { bpmn: string; dmn: string[]; forms: Record<string, unknown> }
  published: PathwayVersionDetail | null
}) {
  if (!published) return <Alert color="gray">{text('rehearse.nothingPublished')}</Alert>
  const { bpmn, dmn, forms, version } = published
  return (
    <Compare
      older={{ bpmn, dmn, forms: forms as Record<string, unknown>, title: text('compare.published', { version }) }}
      newer={{ ...drawing, title: text('compare.draft') }}
    />
  )
}
