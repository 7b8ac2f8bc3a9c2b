/** The ways through the telesurveillance pathway, rehearsed; together they take every flow. */
import { describe, expect, it } from 'vitest'
import type { Variables } from '../../../pathways/language/feel/value.ts'
import type { Script } from '../../../twin/rehearse/script.ts'
import { type Played, play, untaken } from './library.ts'

const cases: Played[] = []
/** `values`: one measurement a day from day one; null when none comes. */
function follow(
  condition: string,
  values: (number | Variables | null)[],
  tasks: Script['tasks'] = {},
  more: Script = {},
  until = 'P1Y',
): Played {
  const messages = values.flatMap((value, day) =>
    value === null
      ? []
      : [{ name: 'measurement', after: `PT${24 * day + 1}H`, set: typeof value === 'object' ? value : { value, symptoms: 0 } }],
  )
  const script: Script = { variables: { patient: 'patient-1', age: 70, condition }, tasks, messages, ...more }
  const played = play('telesurveillance', script, until)
  cases.push(played)
  return played
}
const count = ({ lines }: Played, element: string, event = 'completed') =>
  lines.filter((line) => line.element === element && line.event === event).length
const called: Script['tasks'] = { Call: { set: { adviceNeeded: false } } }
const advised = (advice: string): Script['tasks'] => ({ Call: { set: { adviceNeeded: true } }, Advise: { set: { advice } } })

describe('telesurveillance', () => {
  it.each([
    ['HF', [80, 80.4, 80.9, 82.5], 'orange'],
    ['HF', [80, 81, 82, 83.6], 'red'],
    ['HF', [80, 80.5, 81, 82], 'green'],
    ['diabetes', [1.2, 2.6], 'orange'],
    ['diabetes', [0.6], 'orange'],
    ['diabetes', [0.5], 'red'],
    ['diabetes', [3.2], 'red'],
    ['COPD', [92], 'green'],
    ['COPD', [89], 'orange'],
    ['COPD', [86], 'red'],
    ['implant', [0], 'green'],
    ['implant', [1], 'orange'],
    ['implant', [2], 'red'],
  ])('%s, %j: %s', (condition, values, level) => {
    const played = follow(condition, values, called, {}, `PT${24 * values.length}H`)
    expect(played.end.variables).toMatchObject({ alert: { level } })
    expect(count(played, 'RaiseAlert')).toBe(level === 'green' ? 0 : 1)
  })

  it('hears symptoms too', () => {
    expect(follow('COPD', [{ value: 95, symptoms: 2 }], called, {}, 'P1D').end.variables).toMatchObject({
      alert: { level: 'red' },
    })
    expect(follow('COPD', [{ value: 95, symptoms: 1 }], called, {}, 'P1D').end.variables).toMatchObject({
      alert: { level: 'orange' },
    })
  })

  it('calls a patient who has sent nothing for two days', () => {
    const played = follow('HF', [80], {}, {}, 'P3D')
    expect(count(played, 'CountMissing')).toBe(2)
    expect(count(played, 'Remind')).toBe(1)
  })

  it.each([
    ['treatment', 'Treat'],
    ['consultation', 'Book'],
    ['none', 'Advised'],
  ])('follows the advice: %s', (advice, element) => {
    const played = follow('diabetes', [3.2], advised(advice), {}, 'P1D')
    expect(played.passed.has(element)).toBe(true)
    expect(played.end.outcome).toBe('unfinished')
  })

  it('sends the patient to the emergency department and ends', () => {
    const played = follow('HF', [80, 81, 82, 84], advised('emergency'))
    expect(played.end.outcome).toBe('completed')
    expect(played.lines.some((line) => line.process === 'admission' && line.element === 'Requested')).toBe(true)
  })

  it('goes on past both gates when more than half of the data come', () => {
    const played = follow(
      'COPD',
      Array.from({ length: 64 }, (_, day) => (day % 4 === 3 ? null : 95)),
      {},
      {},
      'P64D',
    )
    expect(played.end).toMatchObject({ outcome: 'unfinished', variables: { followUp: 'active', gate: { action: 'continue' } } })
    expect(count(played, 'GateOneOver') + count(played, 'GateTwoOver')).toBe(2)
    expect(count(played, 'Motivate')).toBe(0)
  })

  it('reminds at one month and ends after two when too few data come', () => {
    const played = follow('COPD', [95, 95])
    expect(played.end).toMatchObject({ outcome: 'completed', variables: { followUp: 'stopped', gate: { action: 'stop' } } })
    expect(count(played, 'Motivate')).toBe(1)
    expect(count(played, 'Renew', 'entered')).toBe(0)
  })

  it('is renewed at its term, then ended', () => {
    const days = Array.from({ length: 364 }, () => 95)
    const played = follow(
      'COPD',
      days,
      { Renew: { set: { renewed: true } } },
      { branches: { Renewed: ['Renewed_Prescribed', 'Renewed_Ending'] } },
      'P2Y',
    )
    expect(played.end.outcome).toBe('completed')
    expect(count(played, 'Renew')).toBe(2)
    expect(count(played, 'GateOneOver')).toBe(2)
  })

  it('stops when the patient withdraws', () => {
    const played = follow('HF', [80], {}, { triggers: [{ element: 'Requested' }, { element: 'Withdrawn', after: 'P3D' }] })
    expect(played.end.outcome).toBe('completed')
    expect(played.passed.has('Stopped')).toBe(true)
  })

  it('takes every flow in these cases together', () => {
    expect(untaken('telesurveillance', cases)).toEqual([])
  })
})
