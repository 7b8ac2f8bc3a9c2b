/** The day, theatre by theatre: planned above, real below, and where each list goes from here. What is carried is shown where it would go. */
import type { DragEvent, KeyboardEvent } from 'react'
import type { PlannedDay } from '../../../api/types.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { hourText, isoLike } from '../../shared/times.ts'
import { whoText } from '../beds/words.ts'
import { type DayCase, lanesOf, type Placing, type Reckoning } from './day.ts'
import { riskText } from './risk.ts'
import styles from './theatres.module.css'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** What is put down is put down on so many minutes. */
export const STEP_MINUTES = 5

export interface Axis {
  from: number
  until: number
}

export interface GanttHands {
  open: (run: string) => void
  pickUp: (one: DayCase) => void
  place: (placing: Placing) => void
  putDown: () => void
  drop: () => void
  key: (event: KeyboardEvent, one: DayCase) => void
}

interface GanttProps {
  day: PlannedDay
  now: number
  reckoning: Reckoning
  carried: Placing | null
  opened: string | undefined
  mayMove: boolean
  hands: GanttHands
}

/** The working day, and whatever happened or is planned beyond it. */
export function axisOf(day: PlannedDay, reckoning: Reckoning): Axis {
  const midnight = Date.parse(day.from)
  const times = [midnight + 7 * HOUR_MS, midnight + 20 * HOUR_MS]
  for (const { state, from, until } of day.stretches)
    if (state !== 'free' && state !== 'closed')
      times.push(Date.parse(from), until === null ? Date.parse(from) : Date.parse(until))
  for (const { cases } of reckoning.projections.values())
    for (const { start, end } of cases.values()) times.push(start.middle, end.late)
  const within = (time: number) => Math.min(Math.max(time, midnight), Date.parse(day.until))
  const from = Math.floor((within(Math.min(...times)) - midnight) / HOUR_MS) * HOUR_MS + midnight
  const until = Math.ceil((within(Math.max(...times)) - midnight) / HOUR_MS) * HOUR_MS + midnight
  return { from, until }
}

export function Gantt({ day, now, reckoning, carried, opened, mayMove, hands }: GanttProps) {
  const { say } = useNames()
  useText()
  const axis = axisOf(day, reckoning)
  const at = (time: number) => `${(100 * (time - axis.from)) / (axis.until - axis.from)}%`
  const span = (from: number, until: number) => ({ left: at(from), width: `calc(${at(until)} - ${at(from)})` })
  const clock = (time: number) => hourText(isoLike(time, day.at))
  const hours = Array.from({ length: (axis.until - axis.from) / HOUR_MS }, (_, index) => axis.from + index * HOUR_MS)
  const timeAt = (event: DragEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const step = STEP_MINUTES * MINUTE_MS
    return Math.round((axis.from + ((event.clientX - left) / width) * (axis.until - axis.from)) / step) * step
  }
  const length = (day.lengths.minutes[50] ?? 60) * MINUTE_MS
  // Those for any theatre may overlap: as many rows as that takes.
  const lanes = lanesOf(
    day.cases.filter(({ run }) => reckoning.projections.get('')!.cases.has(run)),
    ({ run, start }) => {
      const going = reckoning.projections.get('')!.cases.get(run)!
      const from = start === null ? going.start.middle : Math.min(Date.parse(start), going.start.middle)
      return { from, until: Math.max(from + length, going.end.late) }
    },
  )
  const anywhere = lanes.length > 0 ? lanes : carried?.unit === '' ? [[]] : []
  const rows = [
    ...day.units.map((unit) => ({ key: unit.id, unit, lane: null })),
    ...anywhere.map((lane, index) => ({ key: `any ${index}`, unit: null, lane })),
  ]
  return (
    <div className={styles.gantt}>
      <div className={styles.axis} aria-hidden>
        {hours.map((hour) => (
          <span key={hour} style={{ left: at(hour) }}>
            {clock(hour)}
          </span>
        ))}
      </div>
      {rows.map(({ key, unit, lane }) => {
        const id = unit?.id ?? ''
        const projection = reckoning.projections.get(id)!
        const name = unit ? say(unit.name) : text('theatres.anyTheatre')
        const here = lane ?? day.cases.filter((one) => projection.cases.has(one.run) || isShown(one, id, day))
        const closes = unit?.closesAt ? Date.parse(unit.closesAt) : null
        return (
          <section key={key} className={styles.theatre} aria-label={name}>
            <header className={styles.theatreHead}>
              <b>{name}</b>
              {unit ? <span data-state={unit.state}>{textOf('unit', unit.state)}</span> : null}
              {projection.overrun === null ? null : (
                <span className={styles.risk} data-level={levelOf(projection.overrun)}>
                  {riskText(projection.overrun)}
                </span>
              )}
            </header>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: dropped on by mouse; the keyboard places by the case itself */}
            <div
              className={styles.track}
              onDragOver={(event) => {
                if (!carried) return
                event.preventDefault()
                hands.place({ run: carried.run, unit: id, start: timeAt(event) })
              }}
              onDrop={(event) => {
                event.preventDefault()
                hands.putDown()
              }}
            >
              {hours.map((hour) => (
                <i key={hour} className={styles.hour} style={{ left: at(hour) }} aria-hidden />
              ))}
              {closes === null || closes > axis.until ? null : (
                <i
                  className={styles.closed}
                  style={span(closes, axis.until)}
                  title={text('theatres.closesAt', { at: clock(closes) })}
                  aria-hidden
                />
              )}
              {unit
                ? day.stretches
                    .filter((one) => one.unit === id && one.state !== 'free' && one.state !== 'closed')
                    .map((one) => (
                      <Real
                        key={`${one.run} ${one.from} ${one.state}`}
                        stretch={one}
                        style={span(
                          Math.max(Date.parse(one.from), axis.from),
                          Math.min(one.until ? Date.parse(one.until) : now, axis.until),
                        )}
                        day={day}
                      />
                    ))
                : null}
              {day.milestones
                .filter(({ run }) => day.stretches.some((one) => one.unit === id && one.run === run))
                .map((one) => (
                  <i
                    key={`${one.run} ${one.name}`}
                    className={styles.milestone}
                    style={{ left: at(Date.parse(one.at)) }}
                    title={`${say(one.name)} ${hourText(one.at)}`}
                    aria-hidden
                  />
                ))}
              {here.map((one) => {
                const planned = one.start === null ? null : Date.parse(one.start)
                const going = projection.cases.get(one.run)
                const isCarried = carried?.run === one.run
                const shown = planned ?? going?.start.middle
                if (shown === undefined || shown < axis.from || shown > axis.until) return null
                const late = going && planned !== null ? Math.round((going.start.middle - planned) / MINUTE_MS) : 0
                return (
                  <span key={one.run}>
                    {going && (one.state === 'planned' || one.state === 'waiting') ? (
                      <i
                        className={styles.expected}
                        style={span(going.start.middle, Math.min(going.end.middle, axis.until))}
                        aria-hidden
                      />
                    ) : null}
                    {going && one.state === 'underWay' ? (
                      <i
                        className={styles.expected}
                        style={span(Math.max(now, axis.from), Math.min(going.end.middle, axis.until))}
                        aria-hidden
                      />
                    ) : null}
                    {going ? (
                      <i
                        className={styles.whisker}
                        style={span(Math.min(going.end.middle, axis.until), Math.min(going.end.late, axis.until))}
                        title={text('theatres.endsBetween', { middle: clock(going.end.middle), late: clock(going.end.late) })}
                        aria-hidden
                      />
                    ) : null}
                    <button
                      type="button"
                      className={styles.case}
                      data-state={one.state}
                      data-urgent={one.urgent || undefined}
                      data-carried={isCarried || undefined}
                      data-run={one.run}
                      aria-pressed={opened === one.run}
                      style={span(shown, Math.min(shown + length, axis.until))}
                      draggable={mayMove && one.mayMove}
                      onClick={() => hands.open(one.run)}
                      onKeyDown={(event) => hands.key(event, one)}
                      onDragStart={(event) => {
                        event.dataTransfer.effectAllowed = 'move'
                        event.dataTransfer.setData('text/plain', one.run)
                        hands.pickUp(one)
                      }}
                      onDragEnd={hands.drop}
                    >
                      {one.urgent ? <b className={styles.urgent}>{text('theatres.urgent')}</b> : null}
                      <span>{clock(shown)}</span> <b>{whoText(one)}</b> <span>{one.procedure}</span>
                      {late >= STEP_MINUTES && one.state !== 'done' ? (
                        <b className={styles.late}>{text('theatres.late', { minutes: late })}</b>
                      ) : null}
                      <span className="visually-hidden">, {text(`theatres.state.${one.state}`)}</span>
                    </button>
                  </span>
                )
              })}
              {carried && carried.unit === id ? (
                <i className={styles.ghost} style={span(carried.start, Math.min(carried.start + length, axis.until))} aria-hidden>
                  {clock(carried.start)}
                </i>
              ) : null}
              {now >= axis.from && now <= axis.until ? <i className={styles.now} style={{ left: at(now) }} aria-hidden /> : null}
            </div>
          </section>
        )
      })}
    </div>
  )
}

/** A case that is over stands where it was. */
const isShown = (one: DayCase, unit: string, day: PlannedDay): boolean =>
  one.state === 'done' &&
  day.stretches.some(({ run, unit: where, state }) => run === one.run && where === unit && state !== 'dirty')

function Real({ stretch, style, day }: { stretch: PlannedDay['stretches'][number]; style: object; day: PlannedDay }) {
  const who = day.cases.find(({ run }) => run === stretch.run)
  const label = stretch.state === 'dirty' ? text('theatres.cleaning') : who ? whoText(who) : textOf('unit', stretch.state)
  const until = stretch.until ? hourText(stretch.until) : text('theatres.goingOn')
  return (
    <i className={styles.real} data-state={stretch.state} style={style} title={`${label} ${hourText(stretch.from)}–${until}`}>
      {stretch.state === 'reserved' ? null : <span>{label}</span>}
      <span className="visually-hidden">
        {hourText(stretch.from)}–{until}
      </span>
    </i>
  )
}

/** The more likely, the more it asks for a look: by word and form too. */
const levelOf = (risk: number): 'high' | 'some' | 'low' => (risk >= 0.5 ? 'high' : risk >= 0.2 ? 'some' : 'low')
