import { IconAlertTriangle } from '@tabler/icons-react'
import { type Language, text, useText } from './language.ts'
import { durationText, useNow } from './times.ts'

interface DueProps {
  due: string | null
  createdAt: string
}

/** How much time is left, or by how much it is late; without a limit, since when it waits. */
export function Due(props: DueProps) {
  const language = useText()
  const now = useNow(10_000)
  return now ? <DueAt {...props} nowMs={now.ms} language={language} /> : null
}

/** The same at a moment that is known: one clock for all the rows of a list. @param nowMs Unix ms of hospital time. */
export function DueAt({ due, createdAt, nowMs, language }: DueProps & { nowMs: number; language: Language }) {
  if (due === null)
    return (
      <span className="figures">{text('due.since', { duration: durationText(nowMs - Date.parse(createdAt), language) })}</span>
    )
  const left = Date.parse(due) - nowMs
  if (left >= 0) return <span className="figures">{text('due.left', { duration: durationText(left, language) })}</span>
  return (
    <span className="alarm-word figures">
      <IconAlertTriangle size={14} aria-hidden /> {text('due.late', { duration: durationText(-left, language) })}
    </span>
  )
}
