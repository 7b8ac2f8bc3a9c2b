/** What was said to a patient, and done for them, by whom. */
import { Text } from '@mantine/core'
import type { ContactItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { Empty } from '../../shared/states.tsx'
import { momentText } from '../../shared/times.ts'
import { personName } from '../people.tsx'
import styles from './patient.module.css'

export function Messages({ contacts }: { contacts: ContactItem[] }) {
  const language = useText()
  if (contacts.length === 0) return <Empty>{text('patient.noMessages')}</Empty>
  return (
    <ul className={styles.list}>
      {contacts.map(({ id, kind, note, by, at }) => (
        <li key={id}>
          <strong>{text(`contact.${kind}`)}</strong>{' '}
          <span className="quiet">{text('contact.by', { person: personName(by), at: momentText(at, '', language) })}</span>
          <Text size="sm">{note}</Text>
        </li>
      ))}
    </ul>
  )
}
