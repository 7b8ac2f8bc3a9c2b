/** The ways through the discharge pathway, rehearsed; together they take every flow. */
import { describe, expect, it } from 'vitest'
import type { Script } from '../../../twin/rehearse/script.ts'
import { type Played, play, untaken } from './library.ts'

const cases: Played[] = []
function discharge(variables: object, tasks: Script['tasks'] = {}, more: Script = {}): Played {
  const smooth: Script['tasks'] = {
    Decide: { set: { destination: 'home', telesurveillanceConsent: true, hasFixedHome: true } },
    WriteLetter: { set: { letterReady: true } },
    MakeLetter: { set: { document: 'document-1' } },
    Deposit: { set: { deposited: true, at: '2026-01-06T10:00:00Z' } },
    ...tasks,
  }
  const start = { patient: 'patient-1', age: 70, condition: 'HF', identityStatus: 'QUAL', mode: 'emergency', ...variables }
  const played = play('discharge', { variables: start, tasks: smooth, ...more })
  cases.push(played)
  return played
}
const done = ({ lines }: Played, element: string) =>
  lines.filter((line) => line.element === element && line.event === 'completed').length

describe('discharge', () => {
  it('deposits and mails the letter once each, and asks for telesurveillance', () => {
    const played = discharge({})
    expect(played.end).toMatchObject({
      outcome: 'completed',
      variables: { document: 'document-1', eligibility: { eligible: true } },
    })
    expect([done(played, 'Deposit'), done(played, 'Mail'), done(played, 'LeaveBed')]).toEqual([1, 1, 1])
    expect(played.lines.some((line) => line.process === 'telesurveillance' && line.element === 'Requested')).toBe(true)
  })

  it('does not close before the letter is there, even when the patient has long left', () => {
    const played = discharge({}, { WriteLetter: { takes: 'PT30H', set: { letterReady: true } } })
    expect(played.end).toMatchObject({ outcome: 'completed', at: 'P1DT6H' })
  })

  it('closes without a letter only on a signed reason', () => {
    const played = discharge(
      { condition: 'none' },
      { WriteLetter: { set: { letterReady: false } }, SignReason: { takes: 'PT2H' } },
    )
    expect(played.end).toMatchObject({ outcome: 'completed', at: 'PT2H' })
    expect(done(played, 'Deposit') + done(played, 'Mail')).toBe(0)
  })

  it('deposits nothing without a qualified INS', () => {
    const played = discharge({ identityStatus: 'VALI' })
    expect(played.end.outcome).toBe('completed')
    expect([done(played, 'Deposit'), done(played, 'Mail')]).toEqual([0, 1])
  })

  it('deposits again after a refusal that somebody has dealt with', () => {
    const played = discharge(
      {},
      { Deposit: { takes: 'PT10M', set: { deposited: true } }, HandleRefusal: { set: { redeposit: true } } },
      { triggers: [{ element: 'DepositRefused', after: 'PT1M' }] },
    )
    expect(played.end).toMatchObject({ outcome: 'completed', at: 'PT11M' })
    expect(done(played, 'Deposit')).toBe(1)
  })

  it('gives the deposit up when told to', () => {
    const played = discharge({}, { Deposit: { fails: 'deposit.refused' }, HandleRefusal: { set: { redeposit: false } } })
    expect(played.end.outcome).toBe('completed')
    expect(done(played, 'HandleRefusal')).toBe(1)
  })

  it.each([
    [{ age: 12 }, {}, 'Mineur'],
    [{}, { telesurveillanceConsent: false, hasFixedHome: true, destination: 'home' }, 'Pas de consentement'],
    [{}, { telesurveillanceConsent: true, hasFixedHome: false, destination: 'home' }, 'Pas de domicile fixe'],
    [{}, { telesurveillanceConsent: true, hasFixedHome: true, destination: 'rehabilitation' }, 'Ne rentre pas à domicile'],
    [{ condition: 'none' }, { telesurveillanceConsent: true, hasFixedHome: true, destination: 'home' }, 'Affection hors liste'],
  ])('does not enrol %j %j: %s', (variables, decided, reason) => {
    const played = discharge(variables, Object.keys(decided).length > 0 ? { Decide: { set: decided } } : {})
    expect(played.end).toMatchObject({ outcome: 'completed', variables: { eligibility: { eligible: false, reason } } })
    expect(played.lines.some((line) => line.process === 'telesurveillance')).toBe(false)
  })

  it('takes every flow in these cases together', () => {
    expect(untaken('discharge', cases)).toEqual([])
  })
})
