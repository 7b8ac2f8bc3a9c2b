/** A timer that stops a task before the task can usually be done. */
import { millisecondsOf } from '../../time/duration.ts'
import { constantOf, NodeKind, type Program, type ProgramDuration, partsOf } from '../program.ts'
import { about, type HospitalRule, nameOf } from './rule.ts'

/** Warns of interrupting boundary timers of a fixed length below the mean duration of what they stand on. */
export const shortTimer: HospitalRule = (program) =>
  program.nodes.flatMap((timer) => {
    const guarded = program.nodes[timer.attachedTo]
    if (timer.kind !== NodeKind.boundaryEvent || !timer.interrupting || !guarded?.duration || guarded.adHoc) return []
    const after = fuseOf(program, timer.event?.parallel ? [] : partsOf(timer.event))
    const usual = meanOf(guarded.duration)
    if (after === null || after >= usual) return []
    const name = nameOf(guarded)
    return about(
      timer,
      'timer-shorter-than-task',
      'warning',
      [
        `stops ${name.english} after ${spoken(after, 'd')}, which takes ${spoken(usual, 'd')} on average: it would often be stopped before it is done.`,
        'Make the timer longer, correct the duration, or let the timer remind without stopping (cancelActivity="false").',
      ],
      [
        `arrête ${name.french} au bout de ${spoken(after, 'j')}, alors qu’il faut ${spoken(usual, 'j')} en moyenne : elle serait souvent arrêtée avant d’être finie.`,
        'Allongez le délai, corrigez la durée, ou faites que le délai prévienne sans arrêter (cancelActivity="false").',
      ],
    )
  })

/** The shortest fixed length of an event's timers, in milliseconds; null when it has none, or months are in it. */
const fuseOf = (program: Program, parts: ReturnType<typeof partsOf>): number | null => {
  const lengths = parts.flatMap(({ timer, expression }) => {
    const text = timer === 'duration' ? constantOf(program, expression) : undefined
    return typeof text === 'string' ? (millisecondsOf(text) ?? []) : []
  })
  return lengths.length === 0 ? null : Math.min(...lengths)
}

/** Mean of a duration, in milliseconds; of a normal one before it is kept from being negative. */
const meanOf = ({ distribution, parameters }: ProgramDuration): number => {
  const { value = 0, mean = 0, min = 0, mode = 0, max = 0, shape = 0, scale = 0 } = parameters
  switch (distribution) {
    case 'fixed':
      return value
    case 'uniform':
      return (min + max) / 2
    case 'triangular':
      return (min + mode + max) / 3
    case 'gamma':
      return shape * scale
    default:
      return mean
  }
}

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const

/** `1 h 30 min`: the two largest units that are not zero. `day` is the language's letter for a day. */
const spoken = (milliseconds: number, day: string): string => {
  let rest = Math.round(milliseconds / 1000) * 1000
  const parts = units.flatMap(([length, unit]) => {
    const count = Math.floor(rest / length)
    rest -= count * length
    return count === 0 ? [] : [`${count} ${unit === 'd' ? day : unit}`]
  })
  return parts.length === 0 ? '0 s' : parts.slice(0, 2).join(' ')
}
