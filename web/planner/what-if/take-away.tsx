/** What is taken away from an answer: a link, a brief, files, a long run on the server. */
import { Button, CopyButton, Group, Menu, Popover, Text, TextInput } from '@mantine/core'
import { IconDownload, IconPrinter, IconServer, IconShare3, IconTable } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ExperimentItem } from '../../../api/types.ts'
import { post } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { ButtonLink } from '../../shared/links.tsx'
import { stringifySearch } from '../../shared/search.ts'
import { Failure } from '../../shared/states.tsx'
import { saveAs } from '../export/save.ts'
import type { LeverValues } from './levers.ts'
import { moved, yamlOf } from './question.ts'
import { type Made, resultsCsv, stressSheet } from './results.ts'
import { besideWith } from './scenarios-tab.tsx'
import { leversText, type WhatIfSearch } from './share.ts'
import type { ReadyModel } from './use-what-if.ts'

interface TakeAwayProps {
  model: ReadyModel
  id: string
  /** Of a scenario of one's own. */
  text: string | undefined
  values: LeverValues
  /** What is compared, as the address says it. */
  beside: string | undefined
  what: string
  /** Null until all replications are there. */
  made: Made | null
  fingerprint: string | null
}

export function TakeAway({ model, id, text: own, values, beside, what, made, fingerprint }: TakeAwayProps) {
  const search: WhatIfSearch = {
    ...(own ? { text: own } : { model: id }),
    ...{ set: leversText(values) || undefined, seed: model.scenario.seed },
    replications: made?.results.replications,
    ...(beside && { beside }),
    ...{ version: model.version, engine: model.engine, results: fingerprint ?? undefined },
  }
  const link = `${location.origin}/planner/what-if${stringifySearch(search)}`
  const scenario = moved(model.scenario, model.levers, values, what)
  return (
    <Group gap="xs">
      <Popover width={460} position="bottom-end" withArrow trapFocus>
        <Popover.Target>
          <Button size="xs" leftSection={<IconShare3 size={15} aria-hidden />} disabled={fingerprint === null}>
            {text('take.share')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Text size="sm" mb={6}>
            {text('take.shareLead')}
          </Text>
          <Group wrap="nowrap" gap={6}>
            <TextInput
              readOnly
              value={link}
              aria-label={text('take.link')}
              style={{ flex: 1 }}
              onFocus={(event) => event.target.select()}
            />
            <CopyButton value={link}>
              {({ copied, copy }) => (
                <Button size="xs" variant="light" onClick={copy}>
                  {text(copied ? 'take.copied' : 'take.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
        </Popover.Dropdown>
      </Popover>
      <ButtonLink
        size="xs"
        variant="default"
        to="/planner/brief"
        search={search}
        leftSection={<IconPrinter size={15} aria-hidden />}
      >
        {text('take.brief')}
      </ButtonLink>
      <ButtonLink
        size="xs"
        variant="default"
        to="/planner/what-if"
        search={(old) => ({ ...old, show: 'scenarios', at: undefined, beside: besideWith(model, beside, values) || undefined })}
        leftSection={<IconTable size={15} aria-hidden />}
      >
        {text('take.compare')}
      </ButtonLink>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconDownload size={15} aria-hidden />}>
            {text('take.files')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!made} onClick={() => made && saveAs('resultats.csv', 'text/csv', resultsCsv(made))}>
            {text('take.csv')}
          </Menu.Item>
          <Menu.Item
            disabled={!made}
            onClick={() => made && saveAs('stress-des.md', 'text/markdown', stressSheet(made, model.engine))}
          >
            {text('take.stress')}
          </Menu.Item>
          <Menu.Item onClick={() => saveAs('scenario.yaml', 'application/yaml', yamlOf(scenario))}>{text('take.yaml')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <OnServer scenarios={[{ ...model.scenario }, ...(Object.keys(values).length > 0 ? [scenario] : [])].map(yamlOf)} />
    </Group>
  )
}

/** Both scenarios, with as many replications as one likes, while the page is closed. */
function OnServer({ scenarios }: { scenarios: string[] }) {
  const navigate = useNavigate()
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const begun: ExperimentItem[] = []
      for (const scenario of scenarios) begun.push(await post('/experiments', { scenario }, crypto.randomUUID()))
      return begun
    },
    onSuccess: (begun) => navigate({ to: '/planner/experiments', search: { experiment: begun[0]!.id, against: begun[1]?.id } }),
  })
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={isPending}
        leftSection={<IconServer size={15} aria-hidden />}
        onClick={() => mutate()}
      >
        {text('take.server')}
      </Button>
      {error ? <Failure error={error} /> : null}
    </>
  )
}
