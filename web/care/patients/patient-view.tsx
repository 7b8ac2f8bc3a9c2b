/** One patient: who, where, why they wait, and everything that was, is and will be done for them. */
import { Paper, SimpleGrid, Stack, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { text } from '../../shared/language.ts'
import { Shown } from '../../shared/states.tsx'
import { usePatient, useSituation } from '../queries.ts'
import { PatientBanner } from './banner.tsx'
import { Documents } from './documents.tsx'
import { History } from './history.tsx'
import { Measurements } from './measurements.tsx'
import { Messages } from './messages.tsx'
import { Pathways } from './pathways.tsx'
import styles from './patient.module.css'
import { TasksUnderWay } from './tasks-under-way.tsx'
import { Waiting } from './waiting.tsx'

const route = getRouteApi('/patients/$id')

export function PatientView() {
  const { id } = route.useParams()
  const patient = usePatient(id)
  const situation = useSituation(id)
  return (
    <Shown read={patient} lines={10}>
      {(detail) => (
        <Stack gap="md" className={styles.page}>
          <PatientBanner patient={detail} holds={situation.data?.holds ?? []} />
          <Shown read={situation} lines={2}>
            {({ waits }) => <Waiting waits={waits} />}
          </Shown>
          <Part title={text('patient.pathways')}>
            <Pathways runs={detail.runs} />
          </Part>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Part title={text('patient.tasks')}>
              <TasksUnderWay waits={situation.data?.waits ?? []} />
            </Part>
            <Part title={text('patient.documents')}>
              <Documents documents={detail.documents} />
            </Part>
            <Part title={text('patient.measurements')}>
              <Measurements patient={id} measurements={detail.measurements} />
            </Part>
            <Part title={text('patient.messages')}>
              <Messages contacts={detail.contacts} />
            </Part>
          </SimpleGrid>
          <Part title={text('patient.history')}>
            <History patient={id} />
          </Part>
        </Stack>
      )}
    </Shown>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder className="panel" component="section">
      <Title order={3} size="h5" mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  )
}
