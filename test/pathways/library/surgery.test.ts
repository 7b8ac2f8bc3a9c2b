/** The ways through the surgery pathway, rehearsed; together they take every flow. */
import { describe, expect, it } from 'vitest'
import type { Script } from '../../../twin/rehearse/script.ts'
import { type Played, play, untaken } from './library.ts'

const cases: Played[] = []
function operate(tasks: Script['tasks'] = {}, branches: Script['branches'] = {}): Played {
  const go: Script['tasks'] = {
    PauseInduction: { set: { pauseInduction: 'Go' } },
    PauseIncision: { set: { pauseIncision: 'Go' } },
    PauseExit: { set: { pauseExit: 'Go' } },
    Score: { set: { activity: 2, respiration: 2, circulation: 2, awareness: 1, saturation: 2 } },
    ...tasks,
  }
  const played = play('surgery', { variables: { patient: 'patient-1', age: 50, urgency: 'planned' }, tasks: go, branches })
  cases.push(played)
  return played
}

describe('surgery', () => {
  it('goes from the ward to the ward, through the three pauses in order', () => {
    const { end, lines } = operate({ Operate: { takes: 'PT75M' } })
    expect(end).toMatchObject({ outcome: 'completed', at: 'PT1H30M', variables: { aldrete: { total: 9, ready: true } } })
    const order = ['PauseInduction', 'PauseIncision', 'Incision', 'Closure', 'PauseExit', 'RoomExit', 'Back']
    const done = lines.filter((line) => line.event === 'completed' && order.includes(line.element)).map((line) => line.element)
    expect(done).toEqual(order)
  })

  it('calls a planned patient 45 minutes before, and enters theatre at the planned time', () => {
    const planned = { plannedStart: '2026-01-01T10:00:00+01:00', plannedTheatre: 'theatre-2' }
    const { end, lines } = operate({ Schedule: { set: planned }, ToTheatre: { takes: 'PT12M' } })
    const at = (element: string, event: string) => lines.find((line) => line.element === element && line.event === event)!.at
    expect(end.outcome).toBe('completed')
    expect([at('Call', 'caught'), at('ToTheatre', 'completed'), at('Enter', 'completed')]).toEqual(['PT8H15M', 'PT8H27M', 'PT9H'])
  })

  it('stops at a No-Go before induction, before anything is done to the patient', () => {
    const { end, passed } = operate({ PauseInduction: { set: { pauseInduction: 'No-Go' } } })
    expect(end).toMatchObject({ outcome: 'failed', error: { code: 'NoGo', element: 'NoGoInduction' } })
    expect(passed.has('Induce')).toBe(false)
  })

  it('takes an empty answer to a pause for a No-Go', () => {
    const { end } = operate({ PauseInduction: { set: {} } })
    expect(end).toMatchObject({ outcome: 'failed', error: { code: 'NoGo' } })
  })

  it('wakes the patient at a No-Go before incision', () => {
    const { end, passed } = operate({ PauseIncision: { set: { pauseIncision: 'No-Go' } } })
    expect(end).toMatchObject({ outcome: 'failed', error: { code: 'NoGo', element: 'NoGoIncision' } })
    expect(passed.has('Wake')).toBe(true)
    expect(passed.has('Operate')).toBe(false)
  })

  it('keeps the patient in theatre until the counts are right', () => {
    const { end, lines } = operate({}, { GoExit: ['GoExit_Resolve', 'GoExit_Resolve', 'GoExit_Leave'] })
    expect(end.outcome).toBe('completed')
    expect(lines.filter((line) => line.element === 'PauseExit' && line.event === 'completed')).toHaveLength(3)
  })

  it('keeps the patient in recovery, scored every quarter of an hour, below 9', () => {
    const { end, lines } = operate(
      { Score: { set: { activity: 2, respiration: 2, circulation: 1, awareness: 1, saturation: 2 } } },
      { Awake: ['Awake_Watch', 'Awake_Watch', 'Awake_BackToWard'] },
    )
    expect(end).toMatchObject({ outcome: 'completed', at: 'PT45M', variables: { aldrete: { total: 8, ready: false } } })
    expect(lines.filter((line) => line.element === 'Score' && line.event === 'completed')).toHaveLength(3)
  })

  it('takes every flow in these cases together', () => {
    expect(untaken('surgery', cases)).toEqual([])
  })
})
