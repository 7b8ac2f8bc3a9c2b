/** With whom to begin: who waits longest, or is latest, and by how much. */
import { IconClock } from '@tabler/icons-react'
import type { MeasureItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { shortId } from '../../shared/names.tsx'
import { durationText, useNow } from '../../shared/times.ts'
import styles from './command-centre.module.css'

/** Measures whose clock began when something was due. */
const LATE = /\.(late|overdue)$/

/** @param isPublic whoever walks by may read it: the run's number stands for the name. */
export function First({ measure: { id, since, first }, isPublic }: { measure: MeasureItem; isPublic: boolean }) {
  const language = useText()
  const now = useNow(10_000)
  if (first === null && since === null) return null
  const name = first && (isPublic || !first.person ? shortId(first.run) : first.person.name)
  const duration = since !== null && now ? durationText(now.ms - Date.parse(since), language) : null
  return (
    <span className={`${styles.first} figures`}>
      <IconClock size="1.1em" aria-hidden />
      {name ? <strong>{name}</strong> : null}
      {duration ? <span>{text(LATE.test(id) ? 'due.late' : 'due.since', { duration })}</span> : null}
    </span>
  )
}
