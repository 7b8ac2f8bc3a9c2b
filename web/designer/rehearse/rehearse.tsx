/** The draft against the published version, with the same patients, here in the browser: what it would change, and how sure that is. */
import '@mantine/core/styles/List.css'
import '@mantine/core/styles/Progress.css'
import {
  Alert,
  Button,
  Group,
  List,
  NativeSelect,
  NumberInput,
  Progress,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
} from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PathwayVersionDetail } from '../../../api/types.ts'
import type { Program } from '../../../pathways/language/program.ts'
import type { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { ApiError, get } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { usePathways } from '../../shared/queries.ts'
import { Failure } from '../../shared/states.tsx'
import type { Drawing } from '../proof/contract.ts'
import { prove } from '../proof/prover.ts'
import { type Demand, readyFor } from './ready.ts'
import { Results } from './results.tsx'
import { TwoDrawings } from './two-drawings.tsx'
import { useRehearsal } from './use-rehearsal.ts'

interface Props {
  pathway: string
  draft: Drawing
  /** What is published now; null for a new pathway, which has nothing to be compared with. */
  published: PathwayVersionDetail | null
}

/** What the figures are about, whatever is chosen for the next rehearsal. */
interface Tested {
  draft: Program
  published: Program
  bpmn: string
  demand: Demand
  days: number
}

export function Rehearse({ pathway, draft, published }: Props) {
  const pathways = usePathways()
  const { rehearsal, begin, stop, fail } = useRehearsal()
  const [demand, setDemand] = useState<Demand>('told')
  const [days, setDays] = useState(7)
  const [replications, setReplications] = useState(10)
  const [own, setOwn] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [tested, setTested] = useState<Tested | null>(null)

  if (!published) return <Alert color="gray">{text('rehearse.nothingPublished')}</Alert>
  const start = async () => {
    setError(null)
    setTested(null)
    try {
      const drawn = await prove('compile', { drawing: draft, pathway })
      if (!drawn) return fail(text('rehearse.errors'))
      const ids = (pathways.data?.items ?? []).map(({ id }) => id)
      const { scenario, programs } = await readyFor({ demand, pathways: ids, days, text: own })
      const before = programs.flatMap(([, found]) => found).find(({ process }) => process === pathway)
      if (!before) return fail(text('rehearse.notInScenario'))
      setTested({ draft: drawn, published: before, bpmn: draft.bpmn, demand, days })
      begin({ scenario: scenario as ScenarioFile, programs, draft: drawn, replications })
    } catch (problem) {
      if (problem instanceof ApiError) setError(problem)
      else fail(problem instanceof Error ? problem.message : String(problem))
    }
  }
  const isRunning = rehearsal.state === 'running'
  return (
    <Stack gap="md">
      <Group align="flex-end" gap="md">
        <div>
          <Text size="sm" fw={500} id="rehearse-demand">
            {text('rehearse.demand')}
          </Text>
          <SegmentedControl
            aria-labelledby="rehearse-demand"
            value={demand}
            onChange={(value) => setDemand(value as Demand)}
            data={(['told', 'counted', 'own'] as const).map((value) => ({ value, label: text(`rehearse.demand.${value}`) }))}
          />
        </div>
        {demand === 'own' ? null : (
          <NumberInput
            label={text('rehearse.days')}
            w={140}
            min={1}
            max={60}
            value={days}
            onChange={(value) => setDays(Number(value) || 1)}
          />
        )}
        <NumberInput
          label={text('rehearse.replications')}
          w={140}
          min={2}
          max={200}
          value={replications}
          onChange={(value) => setReplications(Number(value) || 2)}
        />
        {isRunning ? (
          <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={stop}>
            {text('rehearse.stop')}
          </Button>
        ) : (
          <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => void start()}>
            {text('rehearse.start')}
          </Button>
        )}
      </Group>
      {demand === 'own' ? <KnownScenarios onChoose={setOwn} /> : null}
      {demand === 'own' ? (
        <Textarea
          label={text('rehearse.scenario')}
          description={text('rehearse.scenario.hint')}
          autosize
          minRows={5}
          maxRows={16}
          value={own}
          onChange={({ currentTarget }) => setOwn(currentTarget.value)}
          styles={{ input: { fontFamily: 'monospace' } }}
        />
      ) : null}
      {error ? <Failure error={error} /> : null}
      {error instanceof ApiError ? <Reasons error={error} /> : null}
      {rehearsal.state === 'failed' ? <Alert color="red">{rehearsal.message}</Alert> : null}
      {rehearsal.state === 'idle' ? <Text className="quiet">{text('rehearse.intro')}</Text> : null}
      {isRunning ? (
        <div>
          <Progress value={rehearsal.share * 100} aria-label={text('rehearse.progress')} />
          <Text size="sm" className="quiet" mt={4}>
            {text('rehearse.pairs', { pairs: rehearsal.compared?.pairs ?? 0, replications })}
          </Text>
        </div>
      ) : null}
      {tested && rehearsal.compared ? (
        <Text size="sm" className="quiet">
          {text(tested.demand === 'own' ? 'rehearse.ofOwn' : 'rehearse.of', {
            demand: text(`rehearse.demand.${tested.demand}`),
            days: tested.days,
          })}
        </Text>
      ) : null}
      {tested && rehearsal.compared ? (
        <Results compared={rehearsal.compared} published={tested.published} draft={tested.draft} />
      ) : null}
      {tested && rehearsal.played ? (
        <TwoDrawings played={rehearsal.played} published={published.bpmn} draft={tested.bpmn} />
      ) : null}
    </Stack>
  )
}

/** One that comes with Parcours, to begin from. */
function KnownScenarios({ onChoose }: { onChoose: (text: string) => void }) {
  const known = useQuery({ queryKey: ['scenarios', 'known'], queryFn: () => get('/scenarios') })
  return (
    <NativeSelect
      label={text('rehearse.known')}
      data={[{ value: '', label: '—' }, ...(known.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name || id }))]}
      onChange={({ currentTarget }) => {
        const chosen = currentTarget.value
        if (chosen !== '') onChoose(`extends: ${chosen}\n`)
      }}
    />
  )
}

/** What is wrong with a scenario, place by place. */
function Reasons({ error }: { error: ApiError }) {
  const errors = error.problem?.errors ?? []
  return (
    <List size="sm">
      {errors.map(({ path, message }) => (
        <List.Item key={`${path} ${message}`}>
          <strong>{path}</strong> {message}
        </List.Item>
      ))}
    </List>
  )
}
