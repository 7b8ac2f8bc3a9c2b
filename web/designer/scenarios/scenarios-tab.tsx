/** Scenario tests of a draft: written by walking a patient through it, played at once, with what none of them comes to on the drawing. */
import '@mantine/core/styles/Tabs.css'
import { Alert, Button, Group, Stack, Tabs, Text, Textarea } from '@mantine/core'
import { IconWalk } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Program } from '../../../pathways/language/program.ts'
import { text, useText } from '../../shared/language.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { Drawn } from '../drawn.tsx'
import type { Diagram } from '../editor/diagram-js.ts'
import editor from '../editor/editor.module.css'
import { markAll } from '../editor/marks.ts'
import { Mark } from '../mark.tsx'
import type { Drawing, PlayedScenario, ScenariosAnswer } from '../proof/contract.ts'
import { prove } from '../proof/prover.ts'
import { afterText, outcomeOf } from './outcome.ts'
import classes from './scenarios.module.css'
import { useOtherPrograms } from './use-other-programs.ts'
import { Walk } from './walk.tsx'

interface Props {
  pathway: string
  drawing: Drawing
  scenarios: string
  onChange: (scenarios: string) => void
  nameOf: (element: string) => string
}

export function ScenariosTab({ pathway, drawing, scenarios, onChange, nameOf }: Props) {
  const others = useOtherPrograms(pathway)
  const [walking, setWalking] = useState(false)
  if (walking)
    return (
      <Walk
        {...{ pathway, drawing, nameOf }}
        others={others.data ?? []}
        scenarios={scenarios}
        onKeep={(kept) => {
          onChange(kept)
          setWalking(false)
        }}
        onClose={() => setWalking(false)}
      />
    )
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text className="quiet">{text('scenarios.intro')}</Text>
        <Button leftSection={<IconWalk size={16} aria-hidden />} onClick={() => setWalking(true)}>
          {text('scenarios.walk')}
        </Button>
      </Group>
      <Tabs defaultValue="results" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="results">{text('scenarios.results')}</Tabs.Tab>
          <Tabs.Tab value="text">{text('scenarios.text')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="results" pt="md">
          {others.data ? (
            <Results {...{ pathway, drawing, scenarios, nameOf }} others={others.data} />
          ) : (
            <Shown read={others}>{() => null}</Shown>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="text" pt="md">
          <Textarea
            aria-label={text('scenarios.text')}
            autosize
            minRows={14}
            value={scenarios}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
            styles={{ input: { fontFamily: 'monospace', fontSize: 13 } }}
          />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}

type ResultsProps = Omit<Props, 'onChange'> & { others: Program[] }

function Results({ pathway, drawing, scenarios, others, nameOf }: ResultsProps) {
  const read = useQuery({
    queryKey: ['scenarios', pathway, drawing, scenarios, others.length],
    queryFn: () => prove('scenarios', { drawing, pathway, text: scenarios, others }),
  })
  return (
    <Shown read={read}>
      {(answer) =>
        'problem' in answer ? (
          <Alert color="red" title={text('scenarios.problem')} className={classes.problem}>
            {answer.problem === 'drawing' ? text('scenarios.drawing') : answer.problem}
          </Alert>
        ) : (
          <Played answer={answer} bpmn={drawing.bpmn} nameOf={nameOf} />
        )
      }
    </Shown>
  )
}

type Answered = Exclude<ScenariosAnswer, { problem: string }>

function Played({ answer: { scenarios, coverage }, bpmn, nameOf }: { answer: Answered; bpmn: string; nameOf: Props['nameOf'] }) {
  const language = useText()
  const [diagram, setDiagram] = useState<Diagram | null>(null)
  const [chosen, setChosen] = useState('')
  const one = scenarios.find(({ name }) => name === chosen)
  useEffect(() => {
    if (!diagram) return
    const missed = [...coverage.elements.missing, ...coverage.flows.missing]
    const undo = one ? markAll(diagram, one.passed, editor.passed!) : markAll(diagram, missed, editor.missed!)
    return undo
  }, [diagram, coverage, one])
  const met = scenarios.filter(({ ok }) => ok).length
  const covered = ({ total, missing }: { total: number; missing: string[] }) => `${total - missing.length} / ${total}`
  return (
    <Stack gap="md">
      <Group gap="lg">
        <Mark tone={met === scenarios.length ? 'good' : 'bad'} large>
          {text('scenarios.met', { met, count: scenarios.length })}
        </Mark>
        <Text size="sm">
          {text('scenarios.coverage', { elements: covered(coverage.elements), flows: covered(coverage.flows) })}
        </Text>
        <Text size="sm" className="quiet">
          {one ? text('scenarios.passed', { name: one.name }) : text('scenarios.missed')}
        </Text>
      </Group>
      <Drawn bpmn={bpmn} label={text('scenarios.drawn')} height={280} onReady={setDiagram} />
      {scenarios.length === 0 ? <Empty hint={text('scenarios.noneHint')}>{text('scenarios.none')}</Empty> : null}
      <ul className={classes.list}>
        {scenarios.map((scenario) => (
          <li key={scenario.name}>
            <button
              type="button"
              className={classes.scenario}
              aria-pressed={chosen === scenario.name}
              onClick={() => setChosen(chosen === scenario.name ? '' : scenario.name)}
            >
              <Mark tone={scenario.ok ? 'good' : 'bad'}>{text(scenario.ok ? 'scenarios.ok' : 'scenarios.failed')}</Mark>
              <span>
                {scenario.name}{' '}
                <span className="quiet">
                  {text('scenarios.end', { outcome: outcomeOf(scenario.outcome), at: afterText(scenario.at, language) })}
                </span>
                <Unmet scenario={scenario} nameOf={nameOf} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Stack>
  )
}

function Unmet({ scenario, nameOf }: { scenario: PlayedScenario; nameOf: Props['nameOf'] }) {
  return scenario.unmet.map(({ expectation, of, expected, found }) => (
    <span key={`${expectation} ${of}`} className={classes.unmet}>
      {text('scenarios.unmet', { expectation, of: of ? nameOf(of) : '', expected: expected || '—', found: found || '—' })}
    </span>
  ))
}
