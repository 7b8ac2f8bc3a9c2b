import { describe, expect, it } from 'vitest'
import type { Program } from '../../../pathways/language/program.ts'
import {
  createHospital,
  type Hospital,
  type HospitalOptions,
  type HospitalState,
  ImpossibleHospital,
} from '../../../twin/simulate/index.ts'
import { lot, pool, site, snapshot, unit, units } from '../../pathways/resources/build.ts'
import { flows, oneTask, process, task } from './models.ts'

const minuteMs = 60_000

/** A hospital that writes down what happens, as `minute run event element`. */
const observed = (
  options: Omit<HospitalOptions, 'site' | 'seed' | 'start'> & Partial<HospitalOptions>,
  events = ['granted', 'completed', 'cancelled'],
) => {
  const lines: string[] = []
  const nodes = new Map(options.programs.map((program) => [program.process, program.nodes]))
  const hospital = createHospital({
    site,
    seed: 1,
    start: 0,
    ...options,
    observer: {
      recorded: (run, { event, element }, at) => {
        const { id, kind } = nodes.get(run.pathway)![element] ?? { id: '', kind: 0 }
        if (events.includes(event) && kind >= 6 && kind <= 13) lines.push(`${at / minuteMs} ${run.id} ${event} ${id}`)
      },
      ended: (run, at) => lines.push(`${at / minuteMs} ${run.id} ends ${run.instance.marking.outcome}`),
    },
  })
  return { hospital, lines }
}

const fixed = (minutes: number) => `<hospital:duration distribution="fixed" value="PT${minutes}M"/>`
const need = (poolId: string) => `<hospital:need pool="${poolId}" quantity="1"/>`
const always = (perHour: number) => ({ perHourOfWeek: new Array<number>(168).fill(perHour), candidatesPerHour: perHour })

describe('what comes next in an ad-hoc subprocess', () => {
  const round = (said: string) =>
    process(
      'round',
      `<bpmn:startEvent id="Start"/><bpmn:adHocSubProcess id="S" ordering="Sequential"><bpmn:extensionElements><hospital:task role="nurse"/>${said}</bpmn:extensionElements>
       <bpmn:userTask id="A"/><bpmn:userTask id="B"/><bpmn:userTask id="C"/></bpmn:adHocSubProcess><bpmn:endEvent id="End"/>${flows('Start>S', 'S>End')}`,
    )
  const orders = async (said: string, patients: number) => {
    const { hospital, lines } = observed({ programs: [await round(said)], ledger: snapshot({}) }, ['completed'])
    for (let patient = 0; patient < patients; patient++) hospital.admit('round', 0, `p${patient}`, {})
    hospital.run(60 * minuteMs)
    const of = (run: string) =>
      lines.flatMap((line) => (line.includes(` ${run} completed `) ? [line.split(' ')[3]] : [])).join('')
    return { lines, orders: Array.from({ length: patients }, (_, patient) => of(`round-${patient + 1}`)) }
  }

  it('takes its time and goes by its outcome, while that names what waits', async () => {
    const { orders: found, lines } = await orders(`${fixed(2)}<hospital:outcome variable="next" value="=&quot;B&quot;"/>`, 1)
    expect(found[0]).toMatch(/^B(AC|CA)$/)
    expect(lines[0]).toBe('2 round-1 completed B')
    expect(lines.at(-1)).toMatch(/^4 round-1 ends completed/)
  })

  it('is any of them without an outcome, each as likely', async () => {
    const counts = new Map<string, number>()
    for (const order of (await orders('', 600)).orders) counts.set(order, (counts.get(order) ?? 0) + 1)
    expect([...counts.keys()].sort()).toEqual(['ABC', 'ACB', 'BAC', 'BCA', 'CAB', 'CBA'])
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(45)
  })
})

describe('hand-worked traces', () => {
  it('one nurse serves in order of arrival', async () => {
    const program = await oneTask('visit', need('nurse') + fixed(10))
    const { hospital, lines } = observed({
      programs: [program],
      ledger: snapshot({ pools: [pool('nurse')], units: units('nurse', 1) }),
    })
    for (const [patient, at] of [
      ['a', 0],
      ['b', 4],
      ['c', 30],
    ] as const)
      hospital.admit('visit', at * minuteMs, patient, {})
    hospital.run(60 * minuteMs)
    expect(lines).toEqual([
      '0 visit-1 granted Work',
      '10 visit-1 completed Work',
      '10 visit-1 ends completed',
      '10 visit-2 granted Work',
      '20 visit-2 completed Work',
      '20 visit-2 ends completed',
      '30 visit-3 granted Work',
      '40 visit-3 completed Work',
      '40 visit-3 ends completed',
    ])
  })

  it('a patient leaves unseen at the end of patience, not before, and is served no more', async () => {
    const program = await process(
      'visit',
      `<bpmn:startEvent id="In"/>${task('Work', need('nurse') + fixed(30))}<bpmn:endEvent id="Out"/><bpmn:endEvent id="Unseen"/>
       <bpmn:boundaryEvent id="Patience" attachedToRef="Work"><bpmn:timerEventDefinition id="T"><bpmn:timeDuration>PT20M</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
       ${flows('In>Work', 'Work>Out', 'Patience>Unseen')}`,
    )
    const { hospital, lines } = observed({
      programs: [program],
      ledger: snapshot({ pools: [pool('nurse')], units: units('nurse', 1) }),
    })
    for (const [patient, at] of [
      ['a', 0],
      ['b', 1],
      ['c', 15],
    ] as const)
      hospital.admit('visit', at * minuteMs, patient, {})
    hospital.run(60 * minuteMs)
    // a is interrupted at 20 as well: the boundary is on the whole activity, so that b is served for the minute that is left.
    expect(lines).toEqual([
      '0 visit-1 granted Work',
      '20 visit-1 cancelled Work',
      '20 visit-1 ends completed',
      '20 visit-2 granted Work',
      '21 visit-2 cancelled Work',
      '21 visit-2 ends completed',
      '21 visit-3 granted Work',
      '35 visit-3 cancelled Work',
      '35 visit-3 ends completed',
    ])
  })

  it('a theatre is not free until its turnover has cleaned it', async () => {
    const operation = await oneTask('operation', need('theatre') + fixed(60))
    const cleaning = await oneTask('cleaning', need('cleaner') + fixed(15))
    const ledger = snapshot({
      pools: [pool('theatre', { turnover: 'cleaning' }), pool('cleaner')],
      units: [...units('theatre', 1), ...units('cleaner', 1)],
    })
    const { hospital, lines } = observed({ programs: [operation, cleaning], ledger })
    hospital.admit('operation', 0, 'a', {})
    hospital.admit('operation', 10 * minuteMs, 'b', {})
    hospital.run(100 * minuteMs)
    expect(lines).toEqual([
      '0 operation-1 granted Work',
      '60 operation-1 completed Work',
      '60 operation-1 ends completed',
      '60 cleaning-3 granted Work',
      '75 cleaning-3 completed Work',
      '75 cleaning-3 ends completed',
      '75 operation-2 granted Work',
    ])
  })

  it('hands a hold over to a called run, never free in between, and a message wakes who waits for it', async () => {
    const stay = await process(
      'stay',
      `<bpmn:extensionElements><hospital:hold name="bed" pool="bed" quantity="1"/></bpmn:extensionElements>
       <bpmn:startEvent id="In"/>${task('Enter', `<hospital:take hold="bed"/>${fixed(10)}`)}
       <bpmn:callActivity id="Leave" calledElement="leave"><bpmn:extensionElements><hospital:handOver hold="bed" as="bed"/></bpmn:extensionElements></bpmn:callActivity>
       <bpmn:endEvent id="Out"/>${flows('In>Enter', 'Enter>Leave', 'Leave>Out')}`,
    )
    const leave = await process(
      'leave',
      `<bpmn:extensionElements><hospital:hold name="bed" pool="bed" quantity="1"/></bpmn:extensionElements>
       <bpmn:startEvent id="In"/><bpmn:intermediateCatchEvent id="Ready"><bpmn:extensionElements><hospital:correlation key="=patient"/></bpmn:extensionElements><bpmn:messageEventDefinition id="M" messageRef="Message"/></bpmn:intermediateCatchEvent>
       ${task('Go', `<hospital:give hold="bed"/>${fixed(5)}`)}<bpmn:endEvent id="Out"/>${flows('In>Ready', 'Ready>Go', 'Go>Out')}`,
      '<bpmn:message id="Message" name="ready"/>',
    )
    const { hospital, lines } = observed({
      programs: [stay, leave],
      ledger: snapshot({ pools: [pool('bed')], units: units('bed', 1) }),
    })
    for (const patient of ['a', 'b']) hospital.admit('stay', 0, patient, { patient })
    hospital.send(30 * minuteMs, { name: 'ready', key: 'a', payload: {} })
    hospital.send(31 * minuteMs, { name: 'ready', key: 'nobody', payload: {} })
    hospital.run(200 * minuteMs)
    expect(lines).toEqual([
      '0 stay-1 granted Enter',
      '10 stay-1 completed Enter',
      '30 stay-2 granted Enter',
      '35 stay-1.6 completed Go',
      '35 stay-1.6 ends completed',
      '35 stay-1 ends completed',
      '40 stay-2 completed Enter',
    ])
    expect(hospital.state().unread).toEqual([{ name: 'ready', key: 'nobody', payload: {}, at: expect.any(Number) }])
  })

  it('orders stock at its threshold and goes on when it comes', async () => {
    const program = await oneTask('operation', need('kit') + fixed(1))
    const ledger = snapshot({
      pools: [pool('kit', { kind: 'stock', reorderThreshold: 1, reorderQuantity: 3 })],
      lots: [lot('kit', 'first', 2)],
    })
    const { hospital, lines } = observed({ programs: [program], ledger, reorder: { leadMs: 60 * minuteMs, shelfLifeMs: 1e12 } }, [
      'granted',
    ])
    for (let index = 0; index < 4; index++) hospital.admit('operation', index * 10 * minuteMs, `p${index}`, {})
    hospital.run(100 * minuteMs)
    expect(lines.filter((line) => line.includes('granted'))).toEqual([
      '0 operation-1 granted Work',
      '10 operation-2 granted Work',
      '60 operation-3 granted Work',
      '60 operation-4 granted Work',
    ])
    expect(hospital.state().ledger.lots).toMatchObject([{ lot: 'kit-1', quantity: 1 }])
  })

  it('a timer that was due before it was set comes at once', async () => {
    const program = await process(
      'visit',
      `<bpmn:startEvent id="In"/><bpmn:intermediateCatchEvent id="Past"><bpmn:timerEventDefinition id="T"><bpmn:timeDate>2026-01-05T00:30:00+01:00</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent><bpmn:endEvent id="Out"/>${flows('In>Past', 'Past>Out')}`,
    )
    const { hospital, lines } = observed({ programs: [program], ledger: snapshot({}) })
    for (const at of [0, 60]) hospital.admit('visit', at * minuteMs, `p${at}`, {})
    hospital.run(120 * minuteMs)
    expect(lines).toEqual(['30 visit-1 ends completed', '60 visit-2 ends completed'])
  })

  it('fails an impossible request by name', async () => {
    const program = await oneTask('visit', '<hospital:need pool="nurse" quantity="2"/>')
    const { hospital, lines } = observed({
      programs: [program],
      ledger: snapshot({ pools: [pool('nurse')], units: units('nurse', 1) }),
    })
    hospital.admit('visit', 0, 'a', {})
    hospital.run(0)
    expect(lines).toEqual(['0 visit-1 ends failed'])
  })
})

describe('chance', () => {
  const model = async (extra = ''): Promise<Program[]> => [
    await process(
      'visit',
      `<bpmn:startEvent id="In"/>${task('See', `${need('doctor')}<hospital:duration distribution="lognormal" mean="PT20M" sd="PT15M"/><hospital:outcome variable="test" value="=luck &lt; 0.4"/><hospital:outcome variable="days" value="=if test then ceiling(luck * 5) else 0"/>`)}
       <bpmn:exclusiveGateway id="More" default="More_Out"/>${task('Test', `${need('scanner')}<hospital:duration distribution="gamma" shape="4" scale="PT5M"/>`)}<bpmn:endEvent id="Out"/>
       ${flows('In>See', 'See>More', 'More>Out', 'Test>Out')}<bpmn:sequenceFlow id="Yes" sourceRef="More" targetRef="Test"><bpmn:conditionExpression>=test</bpmn:conditionExpression></bpmn:sequenceFlow>${extra}`,
    ),
    await oneTask('cleaning', '<hospital:duration distribution="exponential" mean="PT10M"/>'),
  ]
  const ledger = (doctors: number) =>
    snapshot({
      pools: [pool('doctor', { passesMax: 3 }), pool('scanner', { turnover: 'cleaning' })],
      units: [...units('doctor', doctors), ...units('scanner', 2).map((one) => ({ ...one, calendar: 'day' }))],
      calendars: [
        { id: 'day', open: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ fromMinute: day * 1440 + 480, toMinute: day * 1440 + 1200 })) },
      ],
    })
  const options = (programs: Program[], doctors: number, state?: HospitalState): HospitalOptions => ({
    programs,
    ledger: ledger(doctors),
    site,
    seed: 5,
    start: 0,
    streams: [
      { id: 'walk-in', pathway: 'visit', arrivals: { rates: always(6) }, variables: (index) => ({ patient: index }) },
      { id: 'ambulance', pathway: 'visit', arrivals: { rates: always(1) }, variables: (index) => ({ patient: -index }) },
    ],
    ...(state ? { state } : {}),
  })
  const dayMs = 24 * 60 * minuteMs

  it('same seed, same bytes, also when saved and loaded every few hours', async () => {
    const programs = await model()
    const straight = createHospital(options(programs, 3))
    straight.run(10 * dayMs)
    let pieces: Hospital = createHospital(options(programs, 3))
    for (let until = 0; until <= 10 * dayMs; until += 7 * 60 * minuteMs) {
      pieces.run(until)
      pieces = createHospital(options(programs, 3, JSON.parse(JSON.stringify(pieces.state())) as HospitalState))
    }
    pieces.run(10 * dayMs)
    const { nextSequence: _straight, agenda: straightAgenda, ...expected } = straight.state()
    const { nextSequence: _pieces, agenda: piecesAgenda, ...found } = pieces.state()
    expect(JSON.stringify(found)).toBe(JSON.stringify(expected))
    const order = (agenda: typeof straightAgenda) => agenda.map(({ at, item }) => JSON.stringify([at, item])).sort()
    expect(order(piecesAgenda)).toEqual(order(straightAgenda))
    expect(straight.counts.started.visit! - straight.counts.ended.visit!).toBe(
      [...straight.runs.values()].filter((run) => run.pathway === 'visit').length,
    )
    expect(straight.counts.started.visit).toBeGreaterThan(1500)
  })

  it('two hospitals that differ in one pool meet the same patients with the same luck', async () => {
    const programs = await model()
    const lived = (doctors: number) => {
      const outcomes = new Map<string, string>()
      const hospital = createHospital({
        ...options(programs, doctors),
        observer: { ended: (run) => run.patient !== '' && outcomes.set(run.patient, JSON.stringify(run.instance.variables[0])) },
      })
      hospital.run(5 * dayMs)
      return outcomes
    }
    const few = lived(3)
    const many = lived(5)
    const both = [...few.keys()].filter((patient) => many.has(patient))
    expect(both.length).toBeGreaterThan(500)
    for (const patient of both) expect(many.get(patient)).toBe(few.get(patient))
    expect(new Set(both.map((patient) => JSON.parse(few.get(patient)!).days)).size).toBe(6)
  })
})

describe('bad input', () => {
  it.each([
    [
      async () => ({ programs: [await oneTask('a', need('nowhere'))], ledger: snapshot({}) }),
      'a, Work: there is no pool "nowhere"',
    ],
    [
      async () => ({
        programs: [],
        ledger: snapshot({ pools: [pool('bed', { turnover: 'cleaning' })], units: [unit('b', 'bed')] }),
      }),
      'there is no pathway "cleaning"',
    ],
    [
      async () => ({
        programs: [],
        ledger: snapshot({}),
        streams: [{ id: 's', pathway: 'p', arrivals: { rates: always(1) }, variables: () => ({}) }],
      }),
      'stream "s"',
    ],
  ])('is named before anything is simulated', async (make, message) => {
    const options = await make()
    expect(() => createHospital({ ...options, site, seed: 1, start: 0 })).toThrow(ImpossibleHospital)
    expect(() => createHospital({ ...options, site, seed: 1, start: 0 })).toThrow(message)
  })
})
