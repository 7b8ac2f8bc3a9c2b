import { IconAlertTriangle } from '@tabler/icons-react'
import { text, useText } from './language.ts'
import { durationText, useNow } from './times.ts'

/** How much time is left, or by how much it is late; without a limit, since when it waits. */
export function Due({ due, createdAt }: { due: string | null; createdAt: string }) {
  const language = useText()
  const now = useNow(10_000)
  if (!now) return null
  if (due === null)
    return (
      <span className="figures">{text('due.since', { duration: durationText(now.ms - Date.parse(createdAt), language) })}</span>
    )
  const left = Date.parse(due) - now.ms
  if (left >= 0) return <span className="figures">{text('due.left', { duration: durationText(left, language) })}</span>
  return (
    <span className="alarm-word figures">
      <IconAlertTriangle size={14} aria-hidden /> {text('due.late', { duration: durationText(-left, language) })}
    </span>
  )
}
