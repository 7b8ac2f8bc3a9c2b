/** Why a patient waits, in one sentence: who or what for, since when, who has it, what comes next. */
import { Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconHourglassHigh } from '@tabler/icons-react'
import type { WaitItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { type Names, roleName, useNames } from '../../shared/names.tsx'
import { durationText, momentText, type Now, useNow } from '../../shared/times.ts'
import { personName } from '../people.tsx'
import styles from './patient.module.css'

export function Waiting({ waits }: { waits: readonly WaitItem[] }) {
  const language = useText()
  const names = useNames()
  const now = useNow(10_000)
  const [first, ...others] = waits
  if (!now) return null
  if (!first) return <p className={styles.waiting}>{text('wait.none')}</p>
  const isAlarming = first.kind === 'incident' || isLate(first, now)
  return (
    <section className={styles.waiting} data-alarm={isAlarming || undefined} aria-labelledby="waiting">
      <Title order={3} size="h5" id="waiting" className={styles.waitingTitle}>
        {isAlarming ? <IconAlertTriangle size={18} aria-hidden /> : <IconHourglassHigh size={18} aria-hidden />}
        {text('wait.title')}
      </Title>
      <p className={styles.sentence}>{sentence(first, names, now, language)}</p>
      {others.length > 0 ? (
        <details>
          <summary>
            {text('wait.others')} ({others.length})
          </summary>
          <Stack gap={4} mt={6}>
            {others.map((wait) => (
              <Text size="sm" key={`${wait.run} ${wait.element} ${wait.kind}`}>
                {sentence(wait, names, now, language)}
              </Text>
            ))}
          </Stack>
        </details>
      ) : null}
    </section>
  )
}

const isLate = ({ due, kind }: WaitItem, now: Now): boolean => due !== null && kind !== 'timer' && Date.parse(due) < now.ms

/** Everything that is known of one wait, in words. */
function sentence(wait: WaitItem, { say }: Names, now: Now, language: string): string {
  const { pathway, kind, name, needs, position, role, assignee, due, next } = wait
  const words = (one: string) => say(one, pathway)
  const since = durationText(now.ms - Date.parse(wait.since), language)
  const lacking = needs.filter(({ isThere }) => !isThere)
  const shown = lacking.length > 0 ? lacking : needs
  const parts = [
    text(`wait.${kind}`, {
      name: words(name),
      since,
      due: due === null ? '' : text('wait.at', { hour: momentText(due, now.iso, language) }),
      position: position ?? 0,
      needs: listed(shown.map((need) => text('wait.need', { quantity: need.quantity, name: words(need.name) }))),
    }),
    ...lacking.map(({ free, occupied, dirty, closed }) => text('wait.lacking', { free, occupied, dirty, closed })),
    whoHasIt(wait),
    due !== null && isLate(wait, now) ? text('wait.late', { late: durationText(now.ms - Date.parse(due), language) }) : '',
    next.length > 0 && kind !== 'request' ? text('wait.next', { next: next.map(words).join(', ') }) : '',
  ]
  return parts.filter((part) => part !== '').join(' ')

  function whoHasIt({ kind: what }: WaitItem): string {
    if (assignee) return text('wait.held', { person: personName(assignee) })
    if (role === '' || what === 'request')
      return role === '' ? '' : text('wait.next', { next: `${words(name)} (${roleName(role)})` })
    return text(what === 'incident' ? 'wait.decides' : 'wait.free', { role: roleName(role) })
  }
}

/** `a, b et c` */
function listed(items: string[]): string {
  const last = items.at(-1)
  if (items.length < 2 || last === undefined) return items.join('')
  return text('wait.and', { first: items.slice(0, -1).join(', '), last })
}
