/** One bed on the board. State is said by word, icon and edge, never by colour alone. */
import { IconBiohazard, IconCircle, IconCircleFilled, IconClock, IconLock, IconPin, IconSparkles } from '@tabler/icons-react'
import { type KeyboardEvent, memo } from 'react'
import type { BoardUnitItem } from '../../../api/types.ts'
import { type Language, text, textOf } from '../../shared/language.ts'
import { briefDurationText } from '../../shared/times.ts'
import styles from './beds.module.css'
import type { Target } from './carrying.ts'
import { attributesText, exitText, moreText, whoText } from './words.ts'

const ICON: Record<BoardUnitItem['state'], typeof IconCircle> = {
  free: IconCircle,
  reserved: IconClock,
  occupied: IconCircleFilled,
  dirty: IconSparkles,
  closed: IconLock,
}

/** Beyond this nobody asks how long a bed has been so. */
const SINCE_MS_MAX = 60 * 86_400_000

export interface TileHands {
  open: (unit: string) => void
  focus: (unit: string) => void
  key: (event: KeyboardEvent, unit: BoardUnitItem) => void
  pickUp: (unit: BoardUnitItem) => void
  putDown: (unit: BoardUnitItem) => void
  drop: () => void
}

interface BedTileProps {
  unit: BoardUnitItem
  /** In the reader's language: read once for the board, not by every tile. */
  name: string
  language: Language
  /** Hospital minutes: a tile is drawn again when one has passed. */
  nowMs: number
  isActive: boolean
  isOpen: boolean
  mayDecide: boolean
  /** Null while nothing is carried. */
  target: Target | null
  hands: TileHands
}

export const BedTile = memo(function BedTile({
  unit,
  name,
  language,
  nowMs,
  isActive,
  isOpen,
  mayDecide,
  target,
  hands,
}: BedTileProps) {
  const Icon = ICON[unit.state]
  const isPatient = unit.state === 'occupied' || unit.state === 'reserved'
  const sinceMs = nowMs - Date.parse(unit.since)
  const said = target && target !== 'no' ? `. ${text(`beds.target.${target}`)}` : ''
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are only partly there, so that the browser cannot lay them out as a table
    <div
      role="gridcell"
      className={styles.tile}
      data-unit={unit.id}
      data-state={unit.state}
      data-target={target ?? undefined}
      aria-selected={isOpen}
      aria-disabled={target === 'no' || undefined}
      tabIndex={isActive ? 0 : -1}
      draggable={mayDecide && isPatient}
      onClick={() => (target ? hands.putDown(unit) : hands.open(unit.id))}
      onFocus={() => hands.focus(unit.id)}
      onKeyDown={(event) => hands.key(event, unit)}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', unit.id)
        hands.pickUp(unit)
      }}
      onDragEnd={hands.drop}
      onDragOver={(event) => {
        if (target && target !== 'no') event.preventDefault()
      }}
      onDrop={(event) => {
        event.preventDefault()
        hands.putDown(unit)
      }}
    >
      <span className={styles.tileHead}>
        <Icon size={13} aria-hidden />
        <b>{name}</b>
        {unit.isolation ? <IconBiohazard size={15} className={styles.isolated} aria-hidden /> : null}
        {unit.keptFor ? <IconPin size={14} aria-hidden /> : null}
        {sinceMs < SINCE_MS_MAX ? <span className={styles.since}>{briefDurationText(sinceMs, language)}</span> : null}
      </span>
      <span className={styles.who}>{isPatient ? whoText(unit) : stateWords(unit)}</span>
      <span className={styles.note}>
        {unit.exit ? <span data-exit={unit.exit.state}>{exitText(unit.exit, language)}</span> : attributesText(unit)}
      </span>
      <span className="visually-hidden">{moreText(unit) + said}</span>
    </div>
  )
})

function stateWords({ state, cleaning, blocked, keptFor, outOfService }: BoardUnitItem): string {
  if (state === 'dirty') return text(cleaning ? `beds.cleaning.${cleaning.state}` : 'beds.cleaning.nobody')
  if (state === 'closed') return blocked?.reason ?? text(outOfService ? 'beds.blockedNoReason' : 'beds.closedHours')
  if (keptFor) return text(`beds.kept.${keptFor.rule}`)
  return textOf('unit', state)
}
