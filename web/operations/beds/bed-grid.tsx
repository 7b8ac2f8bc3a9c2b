/** The board: departments, rooms, beds. Only the rows in sight are drawn, however many there are. */
import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { BoardUnitItem } from '../../../api/types.ts'
import { placeOf } from '../../../pathways/resources/places.ts'
import { text, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { BedTile, type TileHands } from './bed-tile.tsx'
import styles from './beds.module.css'
import type { Target } from './carrying.ts'
import { type Row, rowOf, rowsOf } from './layout.ts'

const TILE_WIDTH_MIN = 150
const ROW_HEIGHT = 96
const HEAD_HEIGHT = 46

interface BedGridProps {
  units: BoardUnitItem[]
  /** All there are, filtered out or not: what departments are counted by. */
  all: BoardUnitItem[]
  label: string
  nowMs: number
  active: string
  /** Counts the times that the keyboard has moved: then the active tile takes the focus. */
  moves: number
  open: string | undefined
  mayDecide: boolean
  targetOf: (unit: BoardUnitItem) => Target | null
  hands: TileHands
  onRows: (rows: Row[]) => void
}

export function BedGrid({ units, all, label, nowMs, active, moves, open, mayDecide, targetOf, hands, onRows }: BedGridProps) {
  const language = useText()
  const { say } = useNames()
  const { ref: measure, width } = useElementSize()
  const scroller = useRef<HTMLDivElement | null>(null)
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element
      measure(element)
    },
    [measure],
  )
  const columns = Math.max(1, Math.floor((width || 900) / TILE_WIDTH_MIN))
  const rows = useMemo(() => rowsOf(units, columns), [units, columns])
  useEffect(() => onRows(rows), [rows, onRows])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.type === 'department' ? HEAD_HEIGHT : ROW_HEIGHT),
    overscan: 3,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a move takes the focus, never a new reading of the board
  useEffect(() => {
    const index = rowOf(rows, active)
    if (moves === 0 || index < 0) return
    virtual.scrollToIndex(index)
    const frame = requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-unit="${CSS.escape(active)}"]`)?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [moves])
  return (
    <div ref={attach} className={styles.scroller}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot leave rows out */}
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length}
        className={styles.grid}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const row = rows[index]!
          return (
            // biome-ignore lint/a11y/useSemanticElements: see the grid
            // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
            <div
              key={index}
              role="row"
              aria-rowindex={index + 1}
              className={styles.row}
              style={{ transform: `translateY(${start}px)`, height: size }}
            >
              {row.type === 'department' ? (
                <DepartmentHead
                  name={row.department}
                  units={all.filter(({ place }) => placeOf(place).department === row.department)}
                />
              ) : (
                <div
                  role="presentation"
                  className={styles.rooms}
                  style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
                >
                  {row.rooms.map((room) => (
                    <div
                      key={room.units[0]!.id}
                      role="presentation"
                      className={styles.room}
                      data-room={room.units.length > 1 || undefined}
                      style={{
                        gridColumn: `span ${room.units.length}`,
                        gridTemplateColumns: `repeat(${room.units.length}, minmax(0, 1fr))`,
                      }}
                    >
                      {room.units.map((unit) => (
                        <BedTile
                          key={unit.id}
                          {...{ unit, nowMs, mayDecide, hands, language }}
                          name={say(unit.name)}
                          isActive={unit.id === active}
                          isOpen={unit.id === open}
                          target={targetOf(unit)}
                        />
                      ))}
                    </div>
                  ))}
                </div>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function DepartmentHead({ name, units }: { name: string; units: BoardUnitItem[] }) {
  const { say } = useNames()
  const count = (state: BoardUnitItem['state']) => units.filter((unit) => unit.state === state).length
  const leaving = units.filter(({ exit }) => exit?.state === 'ready' || exit?.state === 'overdue').length
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: nothing is done with it
    <div role="rowheader" className={styles.department}>
      <b>{say(name) || text('resources.noPlace')}</b>
      <span className="figures quiet">
        {text('beds.departmentFree', { free: count('free'), capacity: units.length - count('closed') })}
        {count('dirty') > 0 ? ` · ${text('units.dirty', { count: count('dirty') })}` : ''}
        {leaving > 0 ? ` · ${text('beds.departmentLeaving', { count: leaving })}` : ''}
        {count('closed') > 0 ? ` · ${text('units.closed', { count: count('closed') })}` : ''}
      </span>
    </div>
  )
}
