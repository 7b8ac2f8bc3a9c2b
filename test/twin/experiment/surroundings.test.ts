// Goal: who comes, what it costs, how full pools are and who waits in a circle are as they should be. Method: a few lines worked out by hand for each, and closed forms.
import { describe, expect, it } from 'vitest'
import { Beyond, compileHospital } from '../../../twin/compiled/index.ts'
import { circularWaitsOf, replicate } from '../../../twin/experiment/replicate.ts'
import { createHospital } from '../../../twin/simulate/index.ts'
import { calmAndUrgent as demand, doctor, drawing, exam, flow, inARow, simulated } from './scenarios.ts'

describe('who comes', () => {
  it('together, a family of two', async () => {
    const { lines } = await simulated(inARow('Exam'), {
      hospital: doctor,
      demand: [{ id: 'family', pathway: 'visit', times: ['PT0M'], together: 2, variables: { level: 1 } }],
      pathways: exam({}),
    })
    expect(lines.filter((line) => line.includes('granted'))).toEqual(['0 visit-1 granted Exam', '20 visit-2 granted Exam'])
  })

  it('begins another version of the pathway from a time on', async () => {
    const { value } = await simulated(inARow('Exam'), {
      hospital: doctor,
      demand: [{ id: 'patients', pathway: 'visit', times: ['PT1H', 'PT2H', 'PT3H', 'PT4H'], variables: { level: 1 } }],
      pathways: [...exam({}), { file: 'visit.bpmn', as: 'visit-2', elements: { Exam: { duration: 'PT5M' } } }],
      interventions: [{ at: 'PT2H', until: 'PT4H', stream: 'patients', pathway: 'visit-2' }],
    })
    expect([value('visit.completed'), value('visit-2.completed')]).toEqual([2, 2])
    expect(value('visit-2.stayMinutesMean')).toBe(5)
  })

  it('is told when a unit that closes lets its work fall', async () => {
    const { lines } = await simulated(inARow('Exam'), {
      hospital: doctor,
      demand: [{ id: 'calm', pathway: 'visit', times: ['PT0M'], variables: { level: 1 } }],
      pathways: exam({}),
      interventions: [{ at: 'PT10M', until: 'PT1H', pool: 'doctor', close: 1, work: 'restart' }],
    })
    expect(lines).toEqual(['0 visit-1 granted Exam', '60 visit-1 granted Exam', '80 visit-1 completed Exam'])
  })
})

describe('costs and hours', () => {
  it('are of what was used, of what was there and of each run', async () => {
    const { value } = await simulated(inARow('Exam'), {
      hospital: { pools: [{ id: 'doctor', units: 2 }] },
      demand: [{ id: 'calm', pathway: 'visit', times: ['PT0M', 'PT30M', 'PT8H'], variables: { level: 1 } }],
      pathways: exam({}),
      costs: { doctor: { perHourUsed: 60, perHourOpen: 10, perUse: 5 }, visit: { perRun: 100 } },
    })
    expect(value('pool.doctor.cost')).toBeCloseTo(60 + 2 * 24 * 10 + 15, 6)
    expect(value('visit.cost')).toBe(300)
    expect(value('cost')).toBeCloseTo(855, 6)
  })

  it('of the week say when a doctor is busy', async () => {
    const { value, measures } = await simulated(inARow('Exam'), {
      hospital: doctor,
      demand: [{ id: 'calm', pathway: 'visit', times: ['PT8H50M', 'P7DT8H30M'], variables: { level: 1 } }],
      pathways: exam({}),
      byHourOfWeek: ['doctor'],
      horizon: 'P14D',
    })
    // On two Mondays: 10 + 20 minutes after eight, 10 after nine.
    expect(value('pool.doctor.heldMean@mon-08')).toBeCloseTo(30 / 120, 9)
    expect(value('pool.doctor.heldMean@mon-09')).toBeCloseTo(10 / 120, 9)
    const sum = measures.filter(({ name }) => name.startsWith('pool.doctor.heldMean@')).reduce((all, each) => all + each.value, 0)
    expect(sum / 168).toBeCloseTo(value('pool.doctor.heldMean')!, 9)
  })
})

describe('what cannot be', () => {
  it.each([
    [
      'a breakdown of no pool',
      { breakdowns: { nurse: { every: 'P1D', lasts: 'PT1H' } } },
      /breakdowns: there is no pool of units "nurse"/,
    ],
    ['a cost of nothing', { costs: { nurse: { perUse: 1 } } }, /costs: there is no pool of units "nurse"/],
    [
      'classes of no pathway',
      { classes: [{ pathway: 'exit', variable: 'level', values: [1] }] },
      /classes: there is no pathway "exit"/,
    ],
    [
      'a batch that may be interrupted',
      { pathways: exam({ batch: { size: 2 }, priority: undefined, interruptible: 'resume' }) },
      /a batch/,
    ],
    [
      'a change to no pathway',
      { interventions: [{ at: 'PT1H', stream: 'calm', pathway: 'exit' }] },
      /there is no pathway "exit"/,
    ],
  ])('%s is said', async (_, changes, message) => {
    await expect(simulated(inARow('Exam'), { hospital: doctor, demand, pathways: exam({}), ...changes })).rejects.toThrow(message)
  })
})

describe('how full a pool is', () => {
  const bpmn = drawing(
    `<startEvent id="In"/><task id="Look"/><exclusiveGateway id="Way" default="Way_Exam"/><task id="Exam"/><endEvent id="Out"/><endEvent id="Elsewhere"/>
     ${flow('In', 'Look')}${flow('Look', 'Way')}${flow('Way', 'Exam')}${flow('Exam', 'Out')}
     ${flow('Way', 'Elsewhere', '<conditionExpression xsi:type="tFormalExpression">=doctors.waiting &gt;= 1</conditionExpression>')}`,
  )

  it('is told to an element that reads it: who finds one waiting goes elsewhere', async () => {
    const scenario = {
      hospital: doctor,
      demand: [{ id: 'patients', pathway: 'visit', times: ['PT0M', 'PT1M', 'PT2M', 'PT21M'], variables: { level: 1 } }],
      pathways: [
        {
          file: 'visit.bpmn',
          elements: { Look: { reads: { doctors: 'doctor' } }, Exam: { duration: 'PT20M', needs: [{ pool: 'doctor' }] } },
        },
      ],
    }
    const { value } = await simulated(bpmn, scenario)
    expect([value('visit.Out.reached'), value('visit.Elsewhere.reached')]).toEqual([3, 1])
  })

  it('M/M/1/2 turns away as many as the closed form says', async () => {
    const { value } = await simulated(bpmn, {
      hospital: doctor,
      demand: [{ id: 'patients', pathway: 'visit', perHour: 0.8 }],
      pathways: [
        {
          file: 'visit.bpmn',
          elements: {
            Look: { reads: { doctors: 'doctor' } },
            Exam: { duration: { distribution: 'exponential', mean: 'PT1H' }, needs: [{ pool: 'doctor' }] },
          },
        },
      ],
      byUnitsInUse: ['doctor'],
      horizon: 'P1000D',
    })
    const weights = [1, 0.8, 0.64]
    const all = weights.reduce((sum, each) => sum + each)
    expect(value('visit.Elsewhere.reached')! / value('visit.started')!).toBeCloseTo(0.64 / all, 1)
    expect(value('pool.doctor.heldShare@0')!).toBeCloseTo(1 / all, 1)
    expect(value('pool.doctor.heldShare@0')! + value('pool.doctor.heldShare@1')!).toBeCloseTo(1, 9)
    expect(value('pool.doctor.delayProbability@0')).toBe(1)
    expect(value('pool.doctor.delayProbability@1')).toBeCloseTo(value('pool.doctor.heldShare@1')!, 9)
  })
})

describe('where units stand', () => {
  it('overflows to the next ward in the order of the list, and tells how long the way is', async () => {
    const ward = (name: string) => ({ name, count: 1, place: name, attributes: { ward: name } })
    const { lines } = await simulated(inARow('Stay'), {
      hospital: { pools: [{ id: 'bed', name: 'Bed', units: [ward('Surgery'), ward('Cardiology'), ward('Medicine')] }] },
      demand: [{ id: 'patients', pathway: 'visit', times: ['PT0M', 'PT1M', 'PT2M'] }],
      pathways: [
        {
          file: 'visit.bpmn',
          elements: {
            Stay: {
              needs: [{ pool: 'bed', where: { attribute: 'ward', in: ['Medicine', 'Surgery'] } }],
              duration: { by: 'doneBy.place', values: { Medicine: 'PT30M', Surgery: 'PT50M' }, otherwise: 'PT1M' },
            },
          },
        },
      ],
    })
    expect(lines).toEqual([
      '0 visit-1 granted Stay',
      '1 visit-2 granted Stay',
      '30 visit-1 completed Stay',
      '30 visit-3 granted Stay',
      '51 visit-2 completed Stay',
      '60 visit-3 completed Stay',
    ])
  })
})

describe('lists', () => {
  it('come again and again, each appointment with what is said of it', async () => {
    const { lines } = await simulated(inARow('Operation'), {
      hospital: { pools: [{ id: 'theatre', units: 1 }] },
      demand: [
        {
          id: 'list',
          pathway: 'visit',
          times: [
            { at: 'PT8H', variables: { kind: 'hip' } },
            { at: 'PT9H', variables: { kind: 'eye' } },
          ],
          every: 'P1D',
        },
      ],
      pathways: [
        {
          file: 'visit.bpmn',
          elements: {
            Operation: { needs: [{ pool: 'theatre' }], duration: { by: 'kind', values: { hip: 'PT2H', eye: 'PT30M' } } },
          },
        },
      ],
      horizon: 'P2D',
    })
    expect(lines.filter((line) => line.includes('completed')).map((line) => Number(line.split(' ')[0]) / 60)).toEqual([
      10, 10.5, 34, 34.5,
    ])
  })

  it('that would begin again before they are over are not simulated', async () => {
    await expect(
      simulated(inARow('Exam'), {
        hospital: doctor,
        demand: [{ id: 'list', pathway: 'visit', times: ['PT1H', 'P3D'], every: 'P1D' }],
      }),
    ).rejects.toThrow(/demand\[0\]\.every: the list would begin again/)
  })
})

describe('holds', () => {
  const scenario = (elements: Record<string, unknown>, holds: Record<string, unknown> = { room: { pool: 'cubicle' } }) => ({
    hospital: { pools: [{ id: 'cubicle', units: 1 }] },
    demand: [{ id: 'patients', pathway: 'visit', times: ['PT0M', 'PT1M'] }],
    pathways: [{ file: 'visit.bpmn', holds, elements }],
  })
  const exam = { duration: 'PT10M', takes: ['room'] }

  it('of a scenario are kept from one element to another, until given back or the end', async () => {
    const kept = await simulated(inARow('Exam', 'Rest'), scenario({ Exam: exam, Rest: { duration: 'PT20M' } }))
    expect(kept.lines).toContain('30 visit-2 granted Exam')
    const given = await simulated(inARow('Exam', 'Rest'), scenario({ Exam: exam, Rest: { duration: 'PT20M', gives: ['room'] } }))
    expect(given.lines).toContain('10 visit-2 granted Exam')
    // Cleaned while it is kept, free for the next one while the patient rests.
    const after = await simulated(
      inARow('Exam', 'Clean', 'Rest'),
      scenario({ Exam: exam, Clean: { duration: 'PT5M', givesAfter: ['room'] }, Rest: { duration: 'PT20M' } }),
    )
    expect(after.lines).toContain('15 visit-2 granted Exam')
    expect(after.value('visit.stayMinutesMean')).toBe((35 + 49) / 2)
  })

  it.each([
    ['that there is not', { Exam: { takes: ['bed'] } }, /there is no hold "bed"/],
    ['of an event', { In: { takes: ['room'] } }, /visit.bpmn, In: only a task/],
  ])('%s are refused', async (_, elements, message) => {
    await expect(simulated(inARow('Exam'), scenario(elements))).rejects.toThrow(message)
  })
})

it('a turnover said as a time keeps the unit that was used', async () => {
  const { lines, value } = await simulated(inARow('Exam', 'Rest'), {
    hospital: { pools: [{ id: 'room', units: 1, turnover: 'PT5M' }] },
    demand: [{ id: 'patients', pathway: 'visit', times: ['PT0M', 'PT1M'] }],
    pathways: [
      { file: 'visit.bpmn', elements: { Exam: { needs: [{ pool: 'room' }], duration: 'PT10M' }, Rest: { duration: 'PT3M' } } },
    ],
  })
  expect(lines).toContain('15 visit-2 granted Exam')
  expect(lines).toContain('13 visit-1 completed Rest')
  expect(value('turnover-of-room.completed')).toBe(2)
})

describe('messages', () => {
  const listening = drawing(
    `<startEvent id="In"/><receiveTask id="Wait" messageRef="M"><extensionElements><hospital:correlation key="=patient"/></extensionElements></receiveTask><task id="Seen"/><endEvent id="Out"/>
     ${flow('In', 'Wait')}${flow('Wait', 'Seen')}${flow('Seen', 'Out')}`,
  ).replace('<process', '<message id="M" name="measurement"/><process')

  it('of a stream reach the patient of their key, kept until he listens', async () => {
    const { lines } = await simulated(listening, {
      hospital: doctor,
      demand: [
        { id: 'patients', pathway: 'visit', times: ['PT0M', 'PT10M'], variables: { patient: '="p" + string(index)' } },
        {
          id: 'measurements',
          message: { name: 'measurement', key: '=patient' },
          times: ['PT5M', 'PT20M'],
          variables: { patient: '=if index = 0 then "p1" else "p0"' },
        },
      ],
      pathways: [{ file: 'visit.bpmn', elements: { Seen: { duration: 'PT1M', outcomes: { done: '=luck >= 0', by: 'nurse' } } } }],
    })
    expect(lines.filter((line) => line.includes('completed'))).toEqual([
      '10 visit-2 completed Wait',
      '11 visit-2 completed Seen',
      '20 visit-1 completed Wait',
      '21 visit-1 completed Seen',
    ])
  })
})

describe('stock', () => {
  const dressing = (more: Record<string, unknown>) => ({
    hospital: {
      pools: [
        {
          id: 'dressing',
          name: 'Dressings',
          stock: { reorderThreshold: 1, reorderQuantity: 4 },
          lots: [{ lot: 'A', quantity: 2, expires: '2027-01-01' }],
        },
      ],
    },
    demand: [{ id: 'patients', pathway: 'visit', interarrival: 'PT1H', limit: 8 }],
    pathways: [{ file: 'visit.bpmn', elements: { Dress: { duration: 'PT5M', needs: [{ pool: 'dressing' }] } } }],
    ...more,
  })

  it('is ordered again where the scenario says how, and runs out where it does not', async () => {
    const without = await simulated(inARow('Dress'), dressing({}))
    expect(without.value('visit.completed')).toBe(2)
    const ordered = await simulated(inARow('Dress'), dressing({ reorder: { lead: 'PT150M' } }))
    expect(ordered.value('visit.completed')).toBe(8)
    // The third comes at 3 h, an hour and a half before the delivery that was ordered at 1 h.
    expect(ordered.value('visit.Dress.waitMinutesMax')).toBe(30)
  })
})

describe('circular waits', () => {
  const holding = (first: string, second: string) =>
    `<extensionElements><hospital:hold name="one" pool="${first}"/><hospital:hold name="two" pool="${second}"/></extensionElements>
     <startEvent id="In"/><task id="First"><extensionElements><hospital:take hold="one"/></extensionElements></task><task id="Second"><extensionElements><hospital:take hold="two"/></extensionElements></task><endEvent id="Out"/>
     ${flow('In', 'First')}${flow('First', 'Second')}${flow('Second', 'Out')}`
  const scenario = {
    hospital: {
      pools: [
        { id: 'bed', units: 2 },
        { id: 'chair', units: 1 },
      ],
    },
    demand: [
      { id: 'there', pathway: 'visit', times: ['PT0M'] },
      { id: 'back', pathway: 'back', times: ['PT1M', 'PT2M'] },
    ],
    pathways: [{ file: 'visit.bpmn', elements: { First: { duration: 'PT10M' }, Second: { duration: 'PT10M' } } }],
  }
  const both = drawing(holding('chair', 'bed')).replace(
    '</definitions>',
    `<process id="back" isExecutable="true">${holding('bed', 'chair').replace(/(id|sourceRef|targetRef)="(\w+)"/g, '$1="$2b"')}</process></definitions>`,
  )

  it('are counted when all is over: one has the chair and wants a bed, two have beds and want the chair', async () => {
    const { value, experiment } = await simulated(both, scenario)
    expect(value('circularWaits@end')).toBe(3)
    // From tables too.
    expect(compileHospital(experiment.options)).not.toBeInstanceOf(Beyond)
    expect(replicate(experiment, 0)!.find(({ name }) => name === 'circularWaits@end')!.value).toBe(3)
    expect(circularWaitsOf(experiment, 0).map(({ holder, holds, waitsFor }) => [holder, holds, waitsFor[0]!.pool])).toEqual([
      ['back-2', ['bed-1'], 'chair'],
      ['back-3', ['bed-2'], 'chair'],
      ['visit-1', ['chair-1'], 'bed'],
    ])
  })

  it('are none where somebody gives back', async () => {
    const { value } = await simulated(both, {
      ...scenario,
      demand: [scenario.demand[0]!, { ...scenario.demand[1]!, times: ['PT1M'] }],
    })
    expect(value('circularWaits@end')).toBe(0)
  })
})

describe('a saved state', () => {
  it('goes on as if nothing had happened, in the middle of batches, interruptions and breakdowns', async () => {
    const exponential = (mean: string) => ({ distribution: 'exponential', mean })
    const { experiment } = await simulated(inARow('Exam', 'Analyse'), {
      hospital: {
        pools: [
          { id: 'doctor', units: 2 },
          { id: 'analyser', units: 1 },
        ],
      },
      demand: [{ id: 'patients', pathway: 'visit', perHour: 4, variables: { level: '=floor(luck * 3)' } }],
      pathways: [
        {
          file: 'visit.bpmn',
          elements: {
            Exam: {
              duration: exponential('PT20M'),
              needs: [{ pool: 'doctor' }],
              priority: '=level',
              interruptible: 'resume',
              rises: [{ after: 'PT20M', by: 2 }],
            },
            Analyse: { duration: exponential('PT30M'), needs: [{ pool: 'analyser' }], batch: { size: 3, wait: 'PT1H' } },
          },
        },
      ],
      breakdowns: { doctor: { every: exponential('PT5H'), lasts: exponential('PT30M'), work: 'restart' } },
      horizon: 'P3D',
    })
    const whole = createHospital({ ...experiment.options, replication: 0 })
    let parted = createHospital({ ...experiment.options, replication: 0 })
    for (let at = 0; at <= experiment.end; at += 3_600_000) {
      whole.run(at)
      parted.run(at)
      parted = createHospital({ ...experiment.options, replication: 0, state: parted.state() })
    }
    expect(parted.state()).toEqual(whole.state())
    expect(whole.counts.ended.visit).toBeGreaterThan(200)
  })
})
