// Goal: interruptions, shift ends, breakdowns, batches and rising priorities happen when they should. Method: a few lines worked out by hand for each, and closed forms.
import { describe, expect, it } from 'vitest'
import { intervalOf } from '../../../twin/experiment/interval.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { calmAndUrgent as demand, doctor, drawing, exam, flow, inARow, simulated } from './scenarios.ts'

describe('a duration by class', () => {
  const by = (more: object) =>
    simulated(inARow('Exam'), {
      hospital: doctor,
      demand: [{ id: 'one', pathway: 'visit', times: ['PT0M'], variables: { level: 3 } }],
      pathways: exam({ duration: { by: 'level', values: { '1': 'PT10M', '2': 'PT20M' }, ...more } }),
    })

  it('of a class that is not said is an error that names it', async () => {
    await expect(by({})).rejects.toThrow(
      'Exam: how long it takes goes by class, and somebody comes of 3, which has none. There is 1, 2',
    )
    expect((await by({ otherwise: 'PT5M' })).lines).toEqual(['0 visit-1 granted Exam', '5 visit-1 completed Exam'])
  })

  it('is so whoever simulates it', async () => {
    const { experiment } = await by({ otherwise: 'PT5M' })
    for (const program of experiment.options.programs) for (const node of program.nodes) if (node.durationBy) node.duration = null
    expect(() => replicate(experiment, 0)).toThrow('somebody comes of a class that has none')
  })
})

describe('preemption', () => {
  it('lets the urgent one in at once; who was interrupted goes on where he stopped, before those who came after him', async () => {
    const { lines, value } = await simulated(inARow('Exam'), {
      hospital: doctor,
      demand,
      pathways: exam({ interruptible: 'resume' }),
    })
    expect(lines).toEqual([
      '0 visit-1 granted Exam',
      '10 visit-3 granted Exam',
      '30 visit-3 completed Exam',
      '30 visit-1 granted Exam',
      '40 visit-1 completed Exam',
      '40 visit-2 granted Exam',
      '60 visit-2 completed Exam',
    ])
    expect(value('visit.Exam.interruptions')).toBe(1)
    expect(value('visit.Exam.served')).toBe(3)
    // 0, 35 and 0 minutes: the second wait of the first is none of before the exam.
    expect(value('visit.Exam.waitMinutesMean')).toBeCloseTo(35 / 3, 9)
    // From 5 to 40 min one waits, from 10 to 30 min another too.
    expect(value('pool.doctor.queueLengthMean')).toBeCloseTo(55 / 1440, 9)
    expect(value('pool.doctor.heldMean')).toBeCloseTo(60 / 1440, 9)
  })

  it('begins anew where the scenario says so', async () => {
    const { lines } = await simulated(inARow('Exam'), { hospital: doctor, demand, pathways: exam({ interruptible: 'restart' }) })
    expect(lines.slice(3)).toEqual([
      '30 visit-1 granted Exam',
      '50 visit-1 completed Exam',
      '50 visit-2 granted Exam',
      '70 visit-2 completed Exam',
    ])
  })

  it('leaves alone what may not be interrupted, and what is as urgent', async () => {
    const without = await simulated(inARow('Exam'), { hospital: doctor, demand, pathways: exam({}) })
    expect(without.lines.slice(0, 3)).toEqual(['0 visit-1 granted Exam', '20 visit-1 completed Exam', '20 visit-3 granted Exam'])
    const alike = await simulated(inARow('Exam'), {
      hospital: doctor,
      demand,
      pathways: exam({ interruptible: 'resume', priority: 1 }),
    })
    expect(alike.value('visit.Exam.interruptions')).toBe(0)
    expect(alike.lines).toContain('20 visit-2 granted Exam')
  })

  it('gives no unit up in vain: the urgent one lacks something else too', async () => {
    const { lines } = await simulated(inARow('Scan', 'Exam'), {
      hospital: { pools: [...doctor.pools, { id: 'scanner', units: 1 }] },
      demand: [
        { id: 'calm', pathway: 'visit', times: ['PT0M'], variables: { level: 1 } },
        { id: 'other', pathway: 'visit', times: ['PT10M'], variables: { level: 1 } },
        { id: 'urgent', pathway: 'visit', times: ['PT35M'], variables: { level: 2 } },
      ],
      pathways: [
        {
          file: 'visit.bpmn',
          elements: {
            Scan: { duration: 'PT30M', needs: [{ pool: 'scanner' }, { pool: 'doctor' }], priority: '=level' },
            Exam: { duration: 'PT20M', needs: [{ pool: 'doctor' }], priority: '=level', interruptible: 'resume' },
          },
        },
      ],
    })
    // The doctor goes to the exam at 30 min, and not on to the other's scan; the urgent one takes him at once, as the scanner is free.
    expect(lines.slice(0, 5)).toEqual([
      '0 visit-1 granted Scan',
      '30 visit-1 completed Scan',
      '30 visit-2 granted Scan',
      '60 visit-2 completed Scan',
      '60 visit-3 granted Scan',
    ])
  })

  it('M/M/1 with preemptive priorities stays as long as the closed form says', async () => {
    const [high, low] = [0.3, 0.4]
    const scenario = {
      hospital: doctor,
      demand: [
        { id: 'high', pathway: 'visit', perHour: high, variables: { level: 2 } },
        { id: 'low', pathway: 'visit', perHour: low, variables: { level: 1 } },
      ],
      pathways: exam({ duration: { distribution: 'exponential', mean: 'PT1H' }, interruptible: 'resume' }),
      classes: [{ pathway: 'visit', variable: 'level', values: [1, 2] }],
      horizon: 'P220D',
      warmUp: 'P20D',
    }
    const runs = await Promise.all(
      Array.from({ length: 8 }, (_, replication) => simulated(inARow('Exam'), scenario, replication)),
    )
    // Conway, Maxwell and Miller, Theory of Scheduling, 1967, 8-7: hours in the system.
    const rest = high + low
    for (const [level, stay] of [
      [2, 1 / (1 - high)],
      [1, 1 / (1 - high) + rest / ((1 - high) * (1 - high - low))],
    ]) {
      const interval = intervalOf(
        runs.map(({ value }) => value(`visit.level=${level}.stayMinutesMean`)! / 60),
        0.99,
      )
      expect(interval.low, `level ${level}`).toBeLessThan(stay!)
      expect(interval.high, `level ${level}`).toBeGreaterThan(stay!)
      expect(interval.high - interval.low, `level ${level}`).toBeLessThan(0.5 * stay!)
    }
    const { value } = runs[0]!
    expect(value('visit.level=2.completed')! + value('visit.level=1.completed')!).toBe(value('visit.completed'))
  })
})

describe('the end of a shift', () => {
  const hours = {
    calendars: [{ id: 'day', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '08:00', to: '10:00' }],
    pools: [{ id: 'doctor', name: 'Doctor', units: [{ name: 'Doctor', count: 1, place: 'Ward', calendar: 'day' }] }],
  }
  const late = [{ id: 'late', pathway: 'visit', times: ['PT9H50M'], variables: { level: 1 } }]

  it('is after the work that was begun, unless the scenario says otherwise', async () => {
    const { lines } = await simulated(inARow('Exam'), { hospital: hours, demand: late, pathways: exam({}), horizon: 'P2D' })
    expect(lines).toEqual(['590 visit-1 granted Exam', '610 visit-1 completed Exam'])
  })

  it('stops work, which goes on the next morning', async () => {
    const { lines } = await simulated(inARow('Exam'), {
      hospital: hours,
      demand: late,
      pathways: exam({}),
      shiftEnds: { doctor: 'resume' },
      horizon: 'P2D',
    })
    expect(lines).toEqual(['590 visit-1 granted Exam', '1920 visit-1 granted Exam', '1930 visit-1 completed Exam'])
  })

  it('hands work over to a colleague who is there', async () => {
    const [group] = hours.pools[0]!.units
    const { lines } = await simulated(inARow('Exam'), {
      hospital: { ...hours, pools: [{ ...hours.pools[0], units: [group, { name: 'Night', count: 1, place: 'Ward' }] }] },
      demand: [...late, { id: 'other', pathway: 'visit', times: ['PT9H35M'], variables: { level: 1 } }],
      pathways: exam({}),
      shiftEnds: { doctor: 'resume' },
      horizon: 'P2D',
    })
    // Both are at work; the one of the day leaves at 10:00 and the night doctor is free at once or when done.
    expect(lines.filter((line) => line.includes('completed')).map((line) => Number(line.split(' ')[0]))).toEqual([595, 610])
  })
})

describe('breakdowns', () => {
  it('stop work, which goes on after the repair', async () => {
    const { lines, value } = await simulated(inARow('Exam'), {
      hospital: doctor,
      demand: [{ id: 'calm', pathway: 'visit', times: ['PT0M'], variables: { level: 1 } }],
      pathways: exam({ duration: 'PT2H' }),
      breakdowns: { doctor: { every: 'PT1H30M', lasts: 'PT15M' } },
    })
    expect(lines).toEqual(['0 visit-1 granted Exam', '105 visit-1 granted Exam', '135 visit-1 completed Exam'])
    expect(value('visit.Exam.interruptions')).toBe(1)
  })

  it('are repaired by whom the pathway of it asks for, one after the other', async () => {
    const { lines, value } = await simulated(
      inARow('Exam').replace(
        '</process>',
        `</process><process id="mending" isExecutable="true"><startEvent id="Broken"/><task id="Mend"/><endEvent id="Mended"/>${flow('Broken', 'Mend')}${flow('Mend', 'Mended')}</process>`,
      ),
      {
        hospital: { pools: [...['a', 'b'].map((id) => ({ id, units: 1 })), { id: 'technician', units: 1 }] },
        demand: [{ id: 'calm', pathway: 'visit', times: ['PT0M'] }],
        pathways: [
          {
            file: 'visit.bpmn',
            elements: {
              Exam: { duration: 'PT2H', needs: [{ pool: 'a' }] },
              Mend: { duration: 'PT15M', needs: [{ pool: 'technician' }] },
            },
          },
        ],
        breakdowns: { a: { every: 'PT1H40M', pathway: 'mending' }, b: { every: 'PT1H30M', pathway: 'mending' } },
        horizon: 'PT3H',
      },
    )
    // b breaks at 90 and is mended at 105; a at 100, waits for the technician, and is back at 120.
    expect(lines).toEqual([
      '0 visit-1 granted Exam',
      '90 mending-2 granted Mend',
      '105 mending-2 completed Mend',
      '105 mending-3 granted Mend',
      '120 mending-3 completed Mend',
      '120 visit-1 granted Exam',
      '140 visit-1 completed Exam',
    ])
    expect(value('mending.Mend.waitMinutesMax')).toBe(5)
  })

  describe('of a bed that a patient keeps', () => {
    // In S he lies for an hour and rests for two; where the bed is lost he is moved, ten minutes, and lies down anew.
    const kept = (caught: string) =>
      drawing(`<startEvent id="In"/><subProcess id="S"><extensionElements><hospital:hold name="bed" pool="bed"/></extensionElements>
        <startEvent id="SIn"/><task id="Lie"><extensionElements><hospital:take hold="bed"/></extensionElements></task><task id="Rest"/><endEvent id="SOut"/>
        ${flow('SIn', 'Lie')}${flow('Lie', 'Rest')}${flow('Rest', 'SOut')}</subProcess>${caught}<endEvent id="Out"/>${flow('In', 'S')}${flow('S', 'Out')}`)
    const moved = `<boundaryEvent id="Lost" attachedToRef="S"><errorEventDefinition errorRef="Revoked"/></boundaryEvent><task id="Move"/>${flow('Lost', 'Move')}${flow('Move', 'S')}`
    const run = (caught: string, more: object, beds: object) =>
      simulated(kept(caught).replace('</definitions>', '<error id="Revoked" errorCode="revoked"/></definitions>'), {
        hospital: { pools: [beds] },
        demand: [{ id: 'one', pathway: 'visit', times: ['PT0M'] }],
        pathways: [
          {
            file: 'visit.bpmn',
            elements: {
              Lie: { duration: 'PT1H' },
              Rest: { duration: 'PT2H' },
              ...(caught !== '' && { Move: { duration: 'PT10M' } }),
            },
          },
        ],
        ...more,
      })
    const breakdowns = { bed: { every: 'PT1H30M', lasts: 'PT30M' } }

    it('move him where the drawing says so, while he rests', async () => {
      const { lines, value } = await run(moved, { breakdowns, horizon: 'PT3H20M' }, { id: 'bed', units: 1 })
      // Broken from 90 to 120; the next time at 210, after the horizon.
      expect(lines).toEqual([
        '0 visit-1 granted Lie',
        '60 visit-1 completed Lie',
        '90 visit-1 completed Lost',
        '100 visit-1 completed Move',
        '120 visit-1 granted Lie',
        '180 visit-1 completed Lie',
      ])
      expect(value('pool.bed.heldMean')).toBeCloseTo((90 + 80) / 200, 9)
    })

    it('leave him there where it says nothing', async () => {
      const { lines } = await run('', { breakdowns, horizon: 'PT4H' }, { id: 'bed', units: 1 })
      expect(lines).toContain('180 visit-1 completed Rest')
    })

    it('and its closing at once moves him too, while he takes it, and makes it dirty', async () => {
      const closed = { interventions: [{ at: 'PT30M', until: 'PT2H', pool: 'bed', close: 1, work: 'resume' }], horizon: 'PT3H' }
      const { lines } = await run(moved, closed, { id: 'bed', units: 1, turnover: 'PT15M' })
      // Cleaned from 30 on, open again at 120.
      expect(lines).toEqual([
        '0 visit-1 granted Lie',
        '30 visit-1 completed Lost',
        '40 visit-1 completed Move',
        '120 visit-1 granted Lie',
        '180 visit-1 completed Lie',
      ])
    })
  })

  it('M/M/1 with breakdowns holds as many as the closed form says', async () => {
    const [arrive, serve, fail, mend] = [0.5, 1, 0.1, 0.4]
    const { value } = await simulated(inARow('Exam'), {
      hospital: doctor,
      demand: [{ id: 'patients', pathway: 'visit', perHour: arrive, variables: { level: 1 } }],
      pathways: exam({ duration: { distribution: 'exponential', mean: 'PT1H' } }),
      breakdowns: {
        doctor: {
          every: { distribution: 'exponential', mean: 'PT10H' },
          lasts: { distribution: 'exponential', mean: 'PT2H30M' },
        },
      },
      horizon: 'P2500D',
      warmUp: 'P20D',
    })
    // H. White and L. S. Christie, "Queuing with preemptive priorities or with breakdown", 1958.
    const both = mend + fail
    const inside = (arrive * (both * both + serve * fail)) / (both * (serve * mend - arrive * both))
    expect(((value('visit.stayMinutesMean')! / 60) * arrive) / inside).toBeCloseTo(1, 1)
  })
})

describe('batches', () => {
  const lab = (batch: Record<string, unknown>) => ({
    hospital: { pools: [{ id: 'analyser', units: 1 }] },
    demand: [{ id: 'tubes', pathway: 'visit', times: ['PT0M', 'PT10M', 'PT20M', 'PT25M', 'PT30M'] }],
    pathways: [{ file: 'visit.bpmn', elements: { Analyse: { duration: 'PT15M', needs: [{ pool: 'analyser' }], batch } } }],
  })

  it('begin when they are full, one after another where they need the same, and end as one', async () => {
    const { lines, value } = await simulated(inARow('Analyse'), lab({ size: 2, wait: 'PT40M' }))
    expect(lines).toEqual([
      '25 visit-1 completed Analyse',
      '25 visit-2 completed Analyse',
      '40 visit-3 completed Analyse',
      '40 visit-4 completed Analyse',
      // Alone, once it has waited for forty minutes.
      '85 visit-5 completed Analyse',
    ])
    // 10, 0, 5, 0 and 40 minutes.
    expect(value('visit.Analyse.waitMinutesMean')).toBeCloseTo(11, 9)
    expect(value('pool.analyser.heldMean')).toBeCloseTo(45 / 1440, 9)
  })

  it('that are never full wait for ever, without a limit', async () => {
    const { lines, value } = await simulated(inARow('Analyse'), lab({ size: 6 }))
    expect(lines).toEqual([])
    expect(value('visit.completed')).toBe(0)
  })
})

describe('rising priority', () => {
  it('lets those who have waited long go before the more urgent', async () => {
    const waiting = [
      { id: 'first', pathway: 'visit', times: ['PT0M'], variables: { level: 5 } },
      { id: 'calm', pathway: 'visit', times: ['PT1M'], variables: { level: 1 } },
      { id: 'urgent', pathway: 'visit', times: ['PT2M', 'PT3M'], variables: { level: 2 } },
    ]
    const without = await simulated(inARow('Exam'), { hospital: doctor, demand: waiting, pathways: exam({}) })
    expect(without.lines.filter((line) => line.includes('granted')).map((line) => line.split(' ')[1])).toEqual([
      'visit-1',
      'visit-3',
      'visit-4',
      'visit-2',
    ])
    const rising = await simulated(inARow('Exam'), {
      hospital: doctor,
      demand: waiting,
      pathways: exam({ rises: [{ after: 'PT30M', by: 1.5 }] }),
    })
    // At 31 min the calm one is at 2.5; at 32 min the last urgent one is at 3.5.
    expect(rising.lines.filter((line) => line.includes('granted')).map((line) => line.split(' ')[1])).toEqual([
      'visit-1',
      'visit-3',
      'visit-4',
      'visit-2',
    ])
    const sooner = await simulated(inARow('Exam'), {
      hospital: doctor,
      demand: waiting,
      pathways: exam({ rises: [{ after: 'PT18M', by: 1.5 }] }),
    })
    expect(sooner.lines.find((line) => line.startsWith('20 ') && line.includes('granted'))).toBe('20 visit-2 granted Exam')
  })
})
