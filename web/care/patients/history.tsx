/** What happened to a patient in all their pathways, newest first. */
import { Button } from '@mantine/core'
import { text, textOf, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { Empty, Shown } from '../../shared/states.tsx'
import { momentText } from '../../shared/times.ts'
import { useTimeline } from '../queries.ts'
import styles from './patient.module.css'

export function History({ patient }: { patient: string }) {
  const language = useText()
  const names = useNames()
  const timeline = useTimeline(patient)
  return (
    <Shown read={{ ...timeline, data: timeline.data?.pages }} lines={4}>
      {(pages) =>
        pages[0]?.total === 0 ? (
          <Empty>{text('patient.noHistory')}</Empty>
        ) : (
          <>
            <ol className={styles.history}>
              {pages
                .flatMap(({ items }) => items)
                .map(({ id, at, event, name, pathway }) => (
                  <li key={id}>
                    <time className="figures" dateTime={at}>
                      {momentText(at, '', language)}
                    </time>
                    <span>{names.say(name, pathway)}</span>
                    <span className="quiet">
                      {textOf('event', event)} · {names.pathway(pathway)}
                    </span>
                  </li>
                ))}
            </ol>
            {timeline.hasNextPage ? (
              <Button variant="subtle" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
                {text('patient.more')}
              </Button>
            ) : null}
          </>
        )
      }
    </Shown>
  )
}
