/** The hospital in 3D: the real one as it is, or a scenario as it goes, alone or beside another. */
import '@mantine/core/styles/Progress.css'
import '@mantine/core/styles/Slider.css'
import '@mantine/core/styles/Switch.css'
import { Group, NumberInput, Paper, Progress, Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Trace } from '../../../twin/trace/trace.ts'
import { get } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { useSession } from '../../shared/queries.ts'
import { Failure } from '../../shared/states.tsx'
import classes from './hospital.module.css'
import { Hospital } from './hospital.tsx'
import { useSimulatedTrace } from './simulated-trace.ts'
import { OpenTrace } from './trace-files.tsx'
import { useLiveHospital } from './use-live.ts'

const route = getRouteApi('/hospital')
const PLANNERS = ['planner', 'designer', 'administrator']
const DAYS = 7

export function HospitalPage() {
  useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<typeof search>) =>
    void navigate({ search: (before: typeof search) => ({ ...before, ...next }), replace: true })
  const { data: session } = useSession()
  const mayPlan = PLANNERS.includes(session?.role ?? '')
  const scenario = mayPlan && search.scenario ? search.scenario : ''
  const scenarios = useQuery({
    queryKey: ['scenarios'],
    queryFn: () => get('/scenarios'),
    enabled: mayPlan,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const days = Math.min(400, Math.max(1, Number(search.days ?? DAYS) || DAYS))
  const [again, setAgain] = useState(0)
  const base = useSimulatedTrace(scenario, days, again)
  const other = useSimulatedTrace(scenario ? (search.against ?? '') : '', days, again)
  const live = useLiveHospital(scenario === '')
  const [file, setFile] = useState<Trace | null>(null)
  const [fileError, setFileError] = useState<unknown>(null)
  const trace = file ?? (scenario ? base.trace : live.trace)
  const error = fileError ?? (file ? null : scenario ? (base.error ?? other.error) : live.error)
  const choices = [
    { value: '', label: text('hospital.live') },
    ...(scenarios.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ]
  const isReady = trace !== null && (!search.against || !scenario || other.trace !== null)
  return (
    <Stack gap="sm" className={classes.page}>
      <Group gap="sm" align="end" wrap="wrap">
        <Select
          size="xs"
          w={280}
          label={text('hospital.what')}
          data={choices}
          value={scenario}
          allowDeselect={false}
          onChange={(value) => {
            setFile(null)
            setFileError(null)
            change({ scenario: value || undefined, against: undefined, at: undefined })
          }}
        />
        {scenario ? (
          <>
            <Select
              size="xs"
              w={240}
              label={text('hospital.against')}
              data={[{ value: '', label: text('hospital.alone') }, ...choices.slice(1).filter(({ value }) => value !== scenario)]}
              value={search.against ?? ''}
              allowDeselect={false}
              onChange={(value) => change({ against: value || undefined })}
            />
            <NumberInput
              size="xs"
              w={90}
              label={text('hospital.days')}
              min={1}
              max={400}
              value={days}
              onBlur={({ target }) => change({ days: target.value === String(DAYS) ? undefined : target.value })}
            />
          </>
        ) : null}
        <OpenTrace
          onOpen={(opened) => {
            setFile('trace' in opened ? opened.trace : null)
            setFileError('error' in opened ? opened.error : null)
          }}
        />
        {file ? (
          <Text size="sm" role="status">
            {text('hospital.opened', { name: file.name })}
          </Text>
        ) : null}
      </Group>
      {error ? (
        <Failure
          error={error}
          retry={() => {
            setFileError(null)
            setAgain((count) => count + 1)
          }}
        />
      ) : null}
      {!isReady && !error ? <Making share={scenario ? Math.min(base.share, search.against ? other.share : 1) : null} /> : null}
      {isReady && !error ? (
        <Hospital
          trace={trace!}
          key={file ? file.name : scenario}
          other={scenario && !file ? other.trace : null}
          live={scenario || file ? null : live}
          search={search}
          change={change}
        />
      ) : null}
    </Stack>
  )
}

/** @param share of what is simulated; null while the real hospital is read. */
function Making({ share }: { share: number | null }) {
  return (
    <Paper withBorder className={classes.making} role="status">
      <Text size="sm">{text(share === null ? 'hospital.reading' : 'hospital.simulating')}</Text>
      <Progress
        value={share === null ? 100 : share * 100}
        animated={share === null}
        w={260}
        aria-label={text('hospital.simulating')}
      />
    </Paper>
  )
}
