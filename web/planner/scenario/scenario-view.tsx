/** A scenario built without code: forms at the left, the same YAML at the right, checked as it is typed. */
import { Alert, Button, FileButton, Group, NumberInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangle, IconCircleCheck, IconDownload, IconUpload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { msOf } from '../../../twin/experiment/parts.ts'
import { ApiError, post } from '../../shared/api.ts'
import { text as say, useText } from '../../shared/language.ts'
import { ButtonLink } from '../../shared/links.tsx'
import { Failure, Loading } from '../../shared/states.tsx'
import { saveAs } from '../export/save.ts'
import { useScenarios } from '../home/home-view.tsx'
import { packed, unpacked } from '../what-if/packed.ts'
import { yamlOf } from '../what-if/question.ts'
import { DEFAULT_MODEL } from '../what-if/share.ts'
import { type ReadyModel, readyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { DemandForm } from './demand-form.tsx'
import { withField } from './edits.ts'
import { PathwaysForm } from './pathways-form.tsx'
import { ResourcesForm } from './resources-form.tsx'
import forms from './scenario.module.css'
import { TargetsForm } from './targets-form.tsx'
import { DayInput, TimelineForm } from './timeline-form.tsx'

const CHECK_MS = 500
const dayMs = 86_400_000
const begun = (model: string) => `extends: ${model}\n`

export function ScenarioView() {
  useText()
  const search = useSearch({ from: '/planner/scenario' })
  const navigate = useNavigate({ from: '/planner/scenario' })
  const [text, setText] = useState(() => (search.text && unpacked(search.text)) || begun(search.model ?? DEFAULT_MODEL))
  const [settled] = useDebouncedValue(text, CHECK_MS)
  useEffect(() => void navigate({ search: { text: packed(settled) }, replace: true }), [settled, navigate])
  const check = useQuery({
    queryKey: ['scenario-check', settled],
    queryFn: async () => readyModel(await post('/scenarios/ready', { scenario: settled })),
    retry: false,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [last, setLast] = useState<ReadyModel | null>(null)
  useEffect(() => {
    if (check.data && !check.error) setLast(check.data)
  }, [check.data, check.error])
  const isRight = !check.error && check.data !== undefined && settled === text
  return (
    <div className={styles.split}>
      <Stack gap="lg">
        <Group align="end">
          <Begin onBegin={setText} />
          <ButtonLink to="/planner/what-if" search={{ text: packed(settled) }} disabled={!isRight} size="sm">
            {say('scenario.ask')}
          </ButtonLink>
        </Group>
        {last ? (
          <>
            <GeneralForm model={last} text={text} onChange={setText} />
            <DemandForm model={last} text={text} onChange={setText} />
            <ResourcesForm model={last} text={text} onChange={setText} />
            <PathwaysForm model={last} text={text} onChange={setText} />
            <TimelineForm model={last} text={text} onChange={setText} />
            <TargetsForm model={last} text={text} onChange={setText} />
          </>
        ) : check.error ? null : (
          <Loading lines={8} />
        )}
      </Stack>
      <Stack gap="md" className={styles.aside}>
        <Group gap="xs">
          <FileButton accept=".yaml,.yml,.json" onChange={(file) => file && void file.text().then(setText)}>
            {({ onClick }) => (
              <Button size="xs" variant="default" leftSection={<IconUpload size={15} aria-hidden />} onClick={onClick}>
                {say('scenario.import')}
              </Button>
            )}
          </FileButton>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => saveAs('scenario.yaml', 'application/yaml', text)}
          >
            {say('scenario.export')}
          </Button>
          <Button size="xs" variant="subtle" disabled={!isRight || !last} onClick={() => last && setText(yamlOf(last.own))}>
            {say('scenario.whole')}
          </Button>
        </Group>
        <Checked error={check.error} isRight={isRight} />
        <Textarea
          label={say('scenario.yaml')}
          description={say('scenario.yamlLead')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autosize
          minRows={14}
          maxRows={34}
          spellCheck={false}
          styles={{ input: { fontFamily: 'ui-monospace, monospace', fontSize: 13 } }}
          error={check.error ? say('scenario.wrong') : undefined}
        />
      </Stack>
    </div>
  )
}

/** Whether it can be simulated; else what is wrong, each with its place. */
function Checked({ error, isRight }: { error: Error | null; isRight: boolean }) {
  const problem = error instanceof ApiError ? error.problem : null
  if (problem)
    return (
      <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle aria-hidden />} title={problem.title}>
        <ul style={{ margin: 0, paddingLeft: 18 }}>
          {(problem.errors ?? [{ path: '', message: problem.detail ?? problem.remedy ?? '' }]).map(({ path, message }) => (
            <li key={path + message}>
              {path ? <code>{path.replace(/^scenario\.yaml:? ?/, '')}</code> : null} {message}
            </li>
          ))}
        </ul>
      </Alert>
    )
  if (error) return <Failure error={error} />
  return isRight ? (
    <Alert
      color="teal"
      variant="light"
      role="status"
      icon={<IconCircleCheck aria-hidden />}
      title={say('scenario.right')}
      styles={{ title: { color: 'var(--ink)' } }}
    />
  ) : (
    <Text size="sm" className="quiet" role="status">
      {say('scenario.checking')}
    </Text>
  )
}

interface FormProps {
  model: ReadyModel
  text: string
  onChange: (text: string) => void
}

/** What it is called, and which days are simulated and measured. */
function GeneralForm({ model, text, onChange }: FormProps) {
  const { name, horizon, warmUp, hospital } = model.scenario
  const [until, from] = [msOf(horizon) / dayMs, msOf(warmUp) / dayMs]
  return (
    <section className={styles.panel} aria-label={say('scenario.general')}>
      <TextInput
        label={say('scenario.name')}
        defaultValue={name}
        key={name}
        onBlur={(event) => event.target.value !== name && onChange(withField(text, 'name', event.target.value))}
      />
      <div className={forms.general}>
        <div>
          <Text size="sm" fw={500}>
            {say('scenario.measuredFrom')}
          </Text>
          <DayInput
            label={say('scenario.measuredFrom')}
            day={from}
            site={hospital.site}
            onChange={(day) =>
              onChange(withField(withField(text, 'warmUp', `P${day}D`), 'horizon', `P${day + Math.round(until - from)}D`))
            }
          />
        </div>
        <NumberInput
          size="xs"
          label={say('scenario.horizon')}
          min={1}
          max={3_660}
          suffix={` ${say('number.days')}`}
          value={Math.round(until - from)}
          onChange={(value) => Number(value) > 0 && onChange(withField(text, 'horizon', `P${Math.round(from) + Number(value)}D`))}
        />
        <NumberInput
          size="xs"
          label={say('scenario.warmUp')}
          description={say('scenario.warmUpLead')}
          min={0}
          max={365}
          suffix={` ${say('number.days')}`}
          value={Math.round(from)}
          disabled={warmUp === 'auto'}
          onChange={(value) =>
            value !== '' &&
            onChange(
              withField(
                withField(text, 'warmUp', `P${Number(value)}D`),
                'horizon',
                `P${Number(value) + Math.round(until - from)}D`,
              ),
            )
          }
        />
      </div>
    </section>
  )
}

function Begin({ onBegin }: { onBegin: (text: string) => void }) {
  const scenarios = useScenarios()
  return (
    <Select
      label={say('scenario.from')}
      placeholder={say('scenario.choose')}
      data={(scenarios.data?.items ?? []).map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
      onChange={(id) => id && onBegin(begun(id))}
      searchable
      w={320}
    />
  )
}
