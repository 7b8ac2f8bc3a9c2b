/** The ways through the admission pathway, rehearsed; together they take every flow. */
import { describe, expect, it } from 'vitest'
import type { Script } from '../../../twin/rehearse/script.ts'
import { type Played, play, untaken } from './library.ts'

const patient = {
  patient: 'patient-1',
  age: 68,
  sex: 'F',
  mode: 'emergency',
  complaint: 'abdominalPain',
  specialty: 'medicine',
  respiratoryRate: 16,
  oxygenSaturation: 97,
  systolicPressure: 130,
  heartRate: 85,
  temperature: 37.2,
  consciousness: 'A',
  pain: 5,
  comorbidity: false,
  isolation: false,
  needsSurgery: false,
  condition: 'none',
}

/** Everything goes well, and the patient goes home; discharge and surgery, when called, go well too. */
const smooth: NonNullable<Script['tasks']> = {
  CheckIdentity: { set: { status: 'QUAL' } },
  Examine: { set: { testsNeeded: false, imagingNeeded: false } },
  Decide: { set: { disposition: 'home', destination: 'home', telesurveillanceConsent: false } },
  CarePlan: { set: { stayDays: 2, carePlan: 'Surveillance' } },
  Round: { set: { medicallyReady: '=daysStayed + 1 >= stayDays' } },
  PauseInduction: { set: { pauseInduction: 'Go' } },
  PauseIncision: { set: { pauseIncision: 'Go' } },
  PauseExit: { set: { pauseExit: 'Go' } },
  Score: { set: { activity: 2, respiration: 2, circulation: 2, awareness: 2, saturation: 2 } },
  WriteLetter: { set: { letterReady: true } },
  MakeLetter: { set: { document: 'document-1' } },
}

const cases: Played[] = []
function admit(variables: object, tasks: Script['tasks'] = {}, more: Script = {}): Played {
  const played = play('admission', { variables: { ...patient, ...variables }, tasks: { ...smooth, ...tasks }, ...more })
  cases.push(played)
  return played
}

describe('admission', () => {
  it('sends home a patient who needs no tests', () => {
    const { end, passed } = admit({})
    expect(end).toMatchObject({
      outcome: 'completed',
      error: null,
      variables: { identityStatus: 'QUAL', triage: { level: '4' } },
    })
    expect([...passed]).toEqual(expect.arrayContaining(['Home']))
    expect(passed.has('CallDischarge')).toBe(false)
  })

  it('tests, images and keeps for two days, with an identity that stays provisional', () => {
    const { end, lines } = admit(
      { comorbidity: true, pain: 8 },
      {
        CheckIdentity: { set: { status: 'PROV' } },
        CompleteIdentity: { set: { identityStatus: 'PROV' } },
        Examine: { set: { testsNeeded: true, imagingNeeded: true } },
        Decide: { set: { disposition: 'ward', destination: 'home' } },
      },
    )
    expect(end).toMatchObject({
      outcome: 'completed',
      variables: { triage: { level: '3A' }, ward: { specialty: 'medicine' }, daysStayed: 2 },
    })
    expect(lines.filter((line) => line.element === 'Night' && line.event === 'completed')).toHaveLength(2)
    // Only a qualified INS leaves the hospital.
    expect(lines.some((line) => line.element === 'Deposit')).toBe(false)
    expect(lines.some((line) => line.element === 'Mail' && line.event === 'completed')).toBe(true)
  })

  it('tests without imaging', () => {
    const { passed } = admit({}, { Examine: { set: { testsNeeded: true, imagingNeeded: false } } })
    expect(passed.has('Analyse')).toBe(true)
    expect(passed.has('Image')).toBe(false)
  })

  it('lets go a patient who has waited too long for a cubicle', () => {
    const { end, passed, lines } = admit({}, { Install: { takes: 'P1D' } })
    expect(end.outcome).toBe('completed')
    expect(passed.has('Left')).toBe(true)
    expect(lines.at(-1)!.at).toBe('PT5H')
    expect(passed.has('Examine')).toBe(false)
  })

  it('does not wait for an identity service that is silent', () => {
    const { end, passed } = admit({}, { CheckIdentity: { takes: 'PT1H' }, CompleteIdentity: { set: { identityStatus: 'VALI' } } })
    expect(end).toMatchObject({ outcome: 'completed', variables: { identityStatus: 'VALI' } })
    expect(passed.has('CompleteIdentity')).toBe(true)
  })

  it('calls the bed manager when no bed has come in four hours, and keeps the request', () => {
    const { end, passed } = admit(
      {},
      { Decide: { set: { disposition: 'ward', destination: 'home' } }, AssignBed: { takes: 'PT5H' } },
    )
    expect(end.outcome).toBe('completed')
    expect(passed.has('FindBed')).toBe(true)
    expect(passed.has('CallDischarge')).toBe(true)
  })

  it('operates when the physician says so, in a surgical bed', () => {
    const { end, lines } = admit({}, { Decide: { set: { disposition: 'surgery', destination: 'home' } } })
    expect(end).toMatchObject({ outcome: 'completed', variables: { ward: { specialty: 'surgery' }, needsSurgery: true } })
    expect(lines.some((line) => line.process === 'surgery' && line.element === 'Back' && line.event === 'completed')).toBe(true)
  })

  it('brings back to the ward a patient whose operation a No-Go stopped', () => {
    const { end, passed } = admit(
      { mode: 'planned', needsSurgery: true, specialty: 'surgery' },
      { PauseInduction: { set: { pauseInduction: 'No-Go' } } },
    )
    expect(end.outcome).toBe('completed')
    expect(passed.has('Reassess')).toBe(true)
    expect(passed.has('CallDischarge')).toBe(true)
    expect(passed.has('Triage')).toBe(false)
  })

  it('starts at a request from another pathway too', () => {
    const { end, passed } = admit({ complaint: 'dyspnoea' }, {}, { triggers: [{ element: 'Requested' }] })
    expect(end).toMatchObject({ outcome: 'completed', variables: { patient: 'patient-1', triage: { level: '3B' } } })
    expect(passed.has('Requested')).toBe(true)
  })

  it('takes every flow in these cases together', () => {
    expect(untaken('admission', cases)).toEqual([])
  })
})
