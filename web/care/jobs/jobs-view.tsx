/** The phone of porters and cleaners: the next job, from where, to where, one big button at a time. */
import { Stack, Text, Title } from '@mantine/core'
import type { TaskItem } from '../../../api/types.ts'
import { Due } from '../../shared/due.tsx'
import { text } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { useTask } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { useWorklist } from '../queries.ts'
import { JobCard } from './job-card.tsx'
import styles from './jobs.module.css'

const NEXT_SHOWN = 5

export function JobsView() {
  const mine = useWorklist({ mine: 'true' })
  const all = useWorklist({})
  return (
    <div className={styles.phone}>
      <Shown read={{ ...all, data: mine.data && all.data }} lines={6}>
        {({ pages }) => {
          const open = pages.flatMap(({ items }) => items).filter(({ state }) => state === 'open')
          const inHand = mine.data?.pages.flatMap(({ items }) => items) ?? []
          const job = inHand[0] ?? open[0]
          if (!job)
            return (
              <div className={styles.card}>
                <Empty hint={text('jobs.noneHint')}>{text('jobs.none')}</Empty>
              </div>
            )
          const after = [...inHand.slice(1), ...open].filter(({ id }) => id !== job.id)
          return (
            <Stack gap="md">
              <Job key={job.id} job={job} />
              <After jobs={after} />
            </Stack>
          )
        }}
      </Shown>
    </div>
  )
}

function Job({ job }: { job: TaskItem }) {
  const detail = useTask(job.id)
  return (
    <Shown read={detail} lines={6}>
      {(task) => <JobCard task={task} />}
    </Shown>
  )
}

function After({ jobs }: { jobs: TaskItem[] }) {
  const { say } = useNames()
  if (jobs.length === 0) return null
  return (
    <section aria-labelledby="jobs-after">
      <Title order={2} size="h5" id="jobs-after" mb={4}>
        {text('jobs.after', { count: jobs.length })}
      </Title>
      <ol className={styles.after}>
        {jobs.slice(0, NEXT_SHOWN).map(({ id, name, pathway, place, due, createdAt }) => (
          <li key={id}>
            <Text size="sm" fw={600}>
              {say(name, pathway)}
            </Text>
            <Text size="sm">{say(place, pathway)}</Text>
            <Text size="sm" component="div">
              <Due due={due} createdAt={createdAt} />
            </Text>
          </li>
        ))}
      </ol>
    </section>
  )
}
