/** A scenario built without code: forms at the left, the same YAML at the right, checked as it is typed. */
import { Alert, Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangle, IconCircleCheck, IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ScenarioModelItem } from '../../../api/types.ts'
import { ApiError, ask } from '../../shared/api.ts'
import { text as say, useText } from '../../shared/language.ts'
import { ButtonLink } from '../../shared/links.tsx'
import { Loading } from '../../shared/states.tsx'
import { saveAs } from '../export/save.ts'
import { useScenarios } from '../home/home-view.tsx'
import { packed, unpacked } from '../what-if/packed.ts'
import { DEFAULT_MODEL } from '../what-if/share.ts'
import { type ReadyModel, readyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { DemandForm } from './demand-form.tsx'
import { withField } from './edits.ts'
import { ResourcesForm } from './resources-form.tsx'
import { TimelineForm } from './timeline-form.tsx'

const CHECK_MS = 500
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
    queryFn: async () => readyModel(await ask<ScenarioModelItem>('/scenarios/ready', { scenario: settled })),
    retry: false,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [last, setLast] = useState<ReadyModel | null>(null)
  useEffect(() => {
    if (check.data && !check.error) setLast(check.data)
  }, [check.data, check.error])
  const problem = check.error instanceof ApiError ? check.error.problem : null
  const isRight = !check.error && check.data !== undefined && settled === text
  return (
    <div className={styles.split}>
      <Stack gap="lg">
        <Group align="end">
          <Begin onBegin={setText} />
          <ButtonLink to="/planner/what-if" search={{ text: packed(settled) }} disabled={!isRight} size="sm">
            {say('scenario.ask')}
          </ButtonLink>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => saveAs('scenario.yaml', 'application/yaml', text)}
          >
            YAML
          </Button>
        </Group>
        {last ? (
          <>
            <section className={styles.panel}>
              <Group grow align="start">
                <TextInput
                  label={say('scenario.name')}
                  defaultValue={last.scenario.name}
                  key={last.scenario.name}
                  onBlur={(event) => setText(withField(text, 'name', event.target.value))}
                />
                <TextInput
                  label={say('scenario.horizon')}
                  defaultValue={last.scenario.horizon}
                  key={last.scenario.horizon}
                  onBlur={(event) => setText(withField(text, 'horizon', event.target.value))}
                />
                <TextInput
                  label={say('scenario.warmUp')}
                  defaultValue={last.scenario.warmUp}
                  key={`${last.scenario.warmUp}-warm`}
                  onBlur={(event) => setText(withField(text, 'warmUp', event.target.value))}
                />
              </Group>
            </section>
            <DemandForm model={last} text={text} onChange={setText} />
            <ResourcesForm model={last} text={text} onChange={setText} />
            <TimelineForm model={last} text={text} onChange={setText} />
          </>
        ) : (
          <Loading lines={8} />
        )}
      </Stack>
      <Stack gap="md" className={styles.aside}>
        <Textarea
          label={say('scenario.yaml')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autosize
          minRows={14}
          maxRows={34}
          spellCheck={false}
          styles={{ input: { fontFamily: 'ui-monospace, monospace', fontSize: 13 } }}
          error={problem ? say('scenario.wrong') : undefined}
        />
        {problem ? (
          <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle aria-hidden />} title={problem.title}>
            <ul style={{ margin: 0, paddingLeft: 18 }}>
              {(problem.errors ?? [{ path: '', message: problem.detail ?? problem.remedy ?? '' }]).map(({ path, message }) => (
                <li key={path + message}>
                  {path ? <code>{path.replace(/^scenario\.yaml:? ?/, '')}</code> : null} {message}
                </li>
              ))}
            </ul>
          </Alert>
        ) : isRight ? (
          <Alert
            color="teal"
            variant="light"
            role="status"
            icon={<IconCircleCheck aria-hidden />}
            title={say('scenario.right')}
          />
        ) : null}
      </Stack>
    </div>
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
