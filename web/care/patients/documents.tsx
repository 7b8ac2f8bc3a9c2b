/** What was written about a patient, and whether it has arrived where it must. */
import { IconCircleCheck, IconClock } from '@tabler/icons-react'
import type { DocumentItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { Empty } from '../../shared/states.tsx'
import { momentText } from '../../shared/times.ts'
import styles from './patient.module.css'

export function Documents({ documents }: { documents: DocumentItem[] }) {
  const language = useText()
  const { say } = useNames()
  if (documents.length === 0) return <Empty>{text('patient.noDocuments')}</Empty>
  return (
    <ul className={styles.list}>
      {documents.map(({ id, title, createdAt, depositedAt, mailedAt }) => (
        <li key={id}>
          <strong>{say(title)}</strong>{' '}
          <span className="quiet">{text('patient.created', { at: momentText(createdAt, '', language) })}</span>
          <Arrival
            isThere={depositedAt !== null}
            words={
              depositedAt === null
                ? text('patient.documentToDeposit')
                : text('patient.documentDeposited', { at: momentText(depositedAt, '', language) })
            }
          />
          <Arrival
            isThere={mailedAt !== null}
            words={
              mailedAt === null
                ? text('patient.documentToMail')
                : text('patient.documentMailed', { at: momentText(mailedAt, '', language) })
            }
          />
        </li>
      ))}
    </ul>
  )
}

function Arrival({ isThere, words }: { isThere: boolean; words: string }) {
  return (
    <div className={styles.arrival}>
      {isThere ? <IconCircleCheck size={16} aria-hidden /> : <IconClock size={16} aria-hidden />} {words}
    </div>
  )
}
