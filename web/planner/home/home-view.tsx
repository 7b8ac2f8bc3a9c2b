/** Where a planner begins: the questions that may be asked, each of a scenario. */
import { Group, Stack, Text, Title } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ScenarioItem } from '../../../api/types.ts'
import { millisecondsOf } from '../../../pathways/time/duration.ts'
import { get } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { ButtonLink, TextLink } from '../../shared/links.tsx'
import { Shown } from '../../shared/states.tsx'
import { DEFAULT_MODEL } from '../what-if/share.ts'
import { useBegun } from '../what-if/use-what-if.ts'
import styles from './home.module.css'

export const useScenarios = () =>
  useQuery({
    queryKey: ['scenarios'],
    queryFn: () => get('/scenarios'),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What is asked most, with the address of its answer. */
const QUESTIONS = [
  { key: 'question.tenBeds', search: { model: 'summer/summer.yaml', set: 'bed.surgery:-10' } },
  { key: 'question.thirtyBeds', search: { model: 'summer/summer.yaml', set: 'bed.surgery:-30' } },
  { key: 'question.surge', search: { model: 'summer/summer.yaml', set: 'arrivals.ambulance:1.2~arrivals.walk-in:1.2' } },
  { key: 'question.theatre', search: { model: 'summer/summer.yaml', set: 'theatre:-2' } },
  { key: 'question.winter', search: { model: 'winter/winter.yaml', set: 'bed:30' } },
] as const

export function HomeView() {
  useText()
  const scenarios = useScenarios()
  useBegun(DEFAULT_MODEL)
  return (
    <Stack gap="xl" maw={1100}>
      <div>
        <Title order={2}>{text('planner.ask')}</Title>
        <Text className="quiet">{text('planner.askLead')}</Text>
      </div>
      <ul className={styles.questions}>
        {QUESTIONS.map(({ key, search }) => (
          <li key={key}>
            <TextLink to="/planner/what-if" search={search} className={styles.question}>
              <span>{text(key)}</span>
              <IconArrowRight size={18} aria-hidden />
            </TextLink>
          </li>
        ))}
      </ul>
      <section>
        <Title order={3} mb="sm">
          {text('planner.scenarios')}
        </Title>
        <Shown read={scenarios} lines={6}>
          {({ items }) => (
            <ul className={styles.scenarios}>
              {items.map((scenario) => (
                <li key={scenario.id} className={styles.scenario}>
                  <Group justify="space-between" align="flex-start" wrap="nowrap">
                    <div>
                      <Text fw={650}>{scenario.name}</Text>
                      <Text size="sm" className="quiet">
                        {scenario.note ?? scenario.id}
                      </Text>
                      <Text size="xs" className="quiet">
                        {text('planner.measured', { days: measuredDays(scenario) })}
                      </Text>
                    </div>
                    <ButtonLink size="xs" variant="light" to="/planner/what-if" search={{ model: scenario.id }}>
                      {text('planner.open')}
                      <span className="visually-hidden"> {scenario.name}</span>
                    </ButtonLink>
                  </Group>
                </li>
              ))}
            </ul>
          )}
        </Shown>
      </section>
    </Stack>
  )
}

const dayMs = 86_400_000

const measuredDays = ({ horizon, warmUp }: ScenarioItem): number =>
  Math.round(((millisecondsOf(horizon) ?? 0) - (millisecondsOf(warmUp) ?? 0)) / dayMs)
