// Goal: what BPSim says is carried over, or named. Method: one drawing, with the parameters of each case told in place of those of a base; closed forms where it is simulated.
import { describe, expect, it } from 'vitest'
import { readBpmn } from '../../../pathways/language/bpmn/read.ts'
import { compile } from '../../../pathways/language/compile.ts'
import { importBpsim } from '../../../twin/exchange/bpsim.ts'
import { periodsOfCalendar } from '../../../twin/exchange/bpsim-calendar.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'

const DAYS = `<b:Calendar id="days" name="Days">BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART:20260105T080000
DTEND:20260105T180000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
END:VEVENT
END:VCALENDAR</b:Calendar>`
const NIGHTS = DAYS.replaceAll('Days', 'Nights')
  .replace('"days"', '"nights"')
  .replace('T080000', 'T200000')
  .replace('20260105T180000', '20260106T060000')
const timer = (value: string) =>
  element('In', `<b:ControlParameters><b:InterTriggerTimer>${value}</b:InterTriggerTimer></b:ControlParameters>`)
const element = (id: string, content: string) => `<b:ElementParameters elementRef="${id}">${content}</b:ElementParameters>`
const times = (content: string) => element('Work', `<b:TimeParameters>${content}</b:TimeParameters>`)
const EXPONENTIAL = '<b:NegativeExponentialDistribution mean="10"/>'

const data = (scenario: string, settings = '') =>
  `<b:BPSimData xmlns:b="http://www.bpsim.org/schemas/2.0"><b:Scenario id="s"><b:ScenarioParameters baseTimeUnit="min">${settings}</b:ScenarioParameters>${scenario}</b:Scenario></b:BPSimData>`
const inRelationship = (content: string) =>
  `<relationship type="BPSimData"><extensionElements>${content}</extensionElements><source>d</source><target>d</target></relationship>`
const file = (content: string) =>
  `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><resource id="nurse" name="Nurse"/><resource id="aide" name="Aide"/>
  <process id="p" isExecutable="false"><laneSet id="ls"><lane id="Lane"/></laneSet><startEvent id="In"/><task id="Work"><performer id="who"><resourceRef>nurse</resourceRef></performer></task><exclusiveGateway id="Ok"/>
  <intermediateCatchEvent id="Wait"><timerEventDefinition/></intermediateCatchEvent><endEvent id="Out"/><endEvent id="No"/>
  <sequenceFlow id="a" sourceRef="In" targetRef="Work"/><sequenceFlow id="b" sourceRef="Work" targetRef="Ok"/><sequenceFlow id="yes" sourceRef="Ok" targetRef="Wait"/><sequenceFlow id="no" sourceRef="Ok" targetRef="No"/>
  <sequenceFlow id="c" sourceRef="Wait" targetRef="Out"/></process>${content}</definitions>`

const programsOf = async (bpmn: string) => {
  const { programs, drawings } = await compile({ bpmn })
  return [...programs, ...drawings]
}
const read = async (bpmn: string) => {
  const { definitions } = await readBpmn(bpmn)
  return importBpsim({ definitions: definitions!, file: 'x.bpmn', programs: await programsOf(bpmn), horizon: 'P200D' })
}
const imported = (scenario: string, settings = '') => read(file(inRelationship(data(scenario, settings))))
const said = ({ findings }: Awaited<ReturnType<typeof read>>) => findings.map(({ message }) => message)
const durationOf = async (value: string) => {
  const { scenario, findings } = await imported(timer(EXPONENTIAL) + times(`<b:ProcessingTime>${value}</b:ProcessingTime>`))
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return (scenario!.pathways[0] as { elements: Record<string, { duration: unknown }> }).elements.Work!.duration
}
const empirical = async (value: string) => ((await durationOf(value)) as { values: { value: string; share: number }[] }).values

describe('times', () => {
  it('of work are one after the other: what is constant moves what is drawn, limits included', async () => {
    const { scenario, findings } = await imported(
      timer(EXPONENTIAL) +
        times(
          '<b:SetUpTime><b:FloatingParameter value="2"/></b:SetUpTime><b:ProcessingTime><b:TruncatedNormalDistribution mean="10" standardDeviation="3" min="5" max="20"/></b:ProcessingTime><b:ReworkTime><b:DurationParameter value="PT1M"/></b:ReworkTime><b:QueueTime><b:FloatingParameter value="9"/></b:QueueTime>',
        ),
    )
    expect(scenario!.pathways[0]).toMatchObject({
      elements: {
        Work: {
          duration: {
            distribution: 'normal',
            mean: 'PT600S',
            sd: 'PT180S',
            shift: 'PT180S',
            atLeast: 'PT480S',
            atMost: 'PT1380S',
          },
        },
      },
    })
    expect(findings.map(({ message }) => message)).toEqual(['Work: TimeParameters, QueueTime is not carried over.'])
  })

  it('two that are drawn are not added: the processing time is, the other is named', async () => {
    const both = await imported(
      timer(EXPONENTIAL) +
        times(
          `<b:SetUpTime>${EXPONENTIAL}</b:SetUpTime><b:ProcessingTime><b:GammaDistribution shape="2" scale="5"/></b:ProcessingTime>`,
        ),
    )
    expect(both.scenario!.pathways[0]).toMatchObject({
      elements: { Work: { duration: { distribution: 'gamma', shape: 2, scale: 'PT300S' } } },
    })
    expect(said(both)).toEqual(['Work: SetUpTime, a second time that is not constant, is not carried over.'])
  })

  it('counts of a unit are the shares of their numbers', async () => {
    const poisson = await empirical('<b:PoissonDistribution mean="3"/>')
    expect(poisson.slice(0, 2).map(({ value }) => value)).toEqual(['PT0S', 'PT60S'])
    expect(poisson[0]!.share).toBeCloseTo(Math.exp(-3), 12)
    expect(poisson.reduce((sum, { share }, count) => sum + count * share, 0)).toBeCloseTo(3, 9)
    const binomial = await empirical('<b:BinomialDistribution trials="4" probability="0.5" timeUnit="hour"/>')
    expect(binomial).toEqual([1, 4, 6, 4, 1].map((ways, count) => ({ value: `PT${count * 3_600}S`, share: ways / 16 })))
  })

  it('points of a distribution of its own are carried, what lies between them is named', async () => {
    const points = (discrete: string) =>
      `<b:UserDistribution ${discrete}><b:UserDistributionDataPoint probability="0.25"><b:FloatingParameter value="2"/></b:UserDistributionDataPoint><b:UserDistributionDataPoint probability="0.75"><b:DurationParameter value="PT8M"/></b:UserDistributionDataPoint></b:UserDistribution>`
    expect(await empirical(points('discrete="true"'))).toEqual([
      { value: 'PT120S', share: 0.25 },
      { value: 'PT8M', share: 0.75 },
    ])
    const between = await imported(timer(EXPONENTIAL) + times(`<b:ProcessingTime>${points('')}</b:ProcessingTime>`))
    expect(said(between)).toEqual(['Work: what lies between the points of its UserDistribution is not carried over.'])
  })

  it.each([
    ['<b:DurationParameter value="P1M"/>', 'are not those of a time'],
    ['<b:DurationParameter value="-PT1M"/>', 'are not those of a time'],
    ['<b:BetaDistribution shape="2" scale="3"/>', 'BetaDistribution cannot be a time here'],
    ['<b:ExpressionParameter value="1 + 1"/>', 'ExpressionParameter cannot be a time here'],
    ['<b:PoissonDistribution mean="-1"/>', 'none of a count'],
  ])('%s is refused', async (value, expected) => {
    const { scenario, findings } = await imported(timer(EXPONENTIAL) + times(`<b:ProcessingTime>${value}</b:ProcessingTime>`))
    expect(scenario).toBeNull()
    expect(findings.map(({ message, french }) => message + french.message).join()).toContain(expected)
  })
})

describe('who comes', () => {
  it('comes by each calendar in its own way, as often as is said', async () => {
    const byDay = '<b:NegativeExponentialDistribution mean="10" validFor="days"/>'
    const { scenario } = await imported(
      element(
        'In',
        `<b:ControlParameters><b:InterTriggerTimer>${byDay}<b:FloatingParameter value="60" validFor="nights"/></b:InterTriggerTimer><b:TriggerCount><b:NumericParameter value="9"/></b:TriggerCount></b:ControlParameters>`,
      ) +
        DAYS +
        NIGHTS,
    )
    expect(scenario!.demand).toEqual([
      { id: 'in', pathway: 'p', interarrival: { distribution: 'exponential', mean: 'PT600S' }, calendar: 'days', limit: 9 },
      { id: 'in-2', pathway: 'p', interarrival: 'PT3600S', calendar: 'nights', limit: 9 },
    ])
    expect(scenario!.hospital.calendars).toContainEqual({
      id: 'nights',
      periods: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '20:00', to: '06:00' }],
    })
  })

  it('nobody does without an InterTriggerTimer: an error', async () => {
    const none = await imported(times('<b:ProcessingTime><b:FloatingParameter value="1"/></b:ProcessingTime>'))
    expect(none.scenario).toBeNull()
    expect(said(none)).toEqual(['Nobody comes: no start event has an InterTriggerTimer.'])
  })

  it('an event on the way waits so long; its start is the beginning of time', async () => {
    const bpmn = file(
      inRelationship(
        data(
          timer(EXPONENTIAL) +
            element(
              'Wait',
              `<b:ControlParameters><b:InterTriggerTimer><b:FloatingParameter value="30"/></b:InterTriggerTimer></b:ControlParameters>`,
            ) +
            element(
              'yes',
              '<b:ControlParameters><b:Probability><b:FloatingParameter value="0.5"/></b:Probability></b:ControlParameters>',
            ),
          '<b:Start><b:DateTimeParameter value="2026-03-02T07:00:00"/></b:Start>',
        ),
      ),
    )
    const { scenario } = await read(bpmn)
    expect(scenario).toMatchObject({ hospital: { site: { epoch: '2026-03-02T07:00:00Z', timeZone: 'UTC' } }, horizon: 'P200D' })
    const experiment = prepareExperiment(ScenarioFile.parse(scenario), new Map([['x.bpmn', await programsOf(bpmn)]]))
    const measures = replicate(experiment, 0)!
    // Half of them wait for half an hour, and nothing else takes time.
    expect(measures.find(({ name }) => name === 'p.stayMinutesMean')!.value / 15).toBeCloseTo(1, 1)
  })
})

describe('resources', () => {
  const quantity = (id: string, ...values: string[]) =>
    element(id, `<b:ResourceParameters><b:Quantity>${values.join('')}</b:Quantity></b:ResourceParameters>`)
  const selection = (id: string, text: string) =>
    element(
      id,
      `<b:ResourceParameters><b:Selection><b:ExpressionParameter value="${text}"/></b:Selection></b:ResourceParameters>`,
    )
  const role = (id: string, name: string) =>
    element(id, `<b:ResourceParameters><b:Role><b:StringParameter value="${name}"/></b:Role></b:ResourceParameters>`)
  const needsOf = async (scenario: string) => {
    const all = await imported(timer(EXPONENTIAL) + scenario)
    return {
      needs: (all.scenario!.pathways[0] as { elements: Record<string, { needs: unknown }> }).elements.Work!.needs,
      said: said(all),
    }
  }

  it.each([
    ['its performer', '', [{ pool: 'nurse', quantity: 1 }], ''],
    [
      'its selection, of several',
      quantity('nurse', '<b:NumericParameter value="2"/>') +
        selection('Work', "bpsim:getResource('Nurse', 2) and bpsim:getResource('aide',1)"),
      [
        { pool: 'nurse', quantity: 2 },
        { pool: 'aide', quantity: 1 },
      ],
      '',
    ],
    ['what its performer selects', selection('who', "bpsim:getResource('aide',1)"), [{ pool: 'aide', quantity: 1 }], ''],
    [
      'a role',
      role('aide', 'carer') + selection('Work', "bpsim:getResourceByRoles('carer',1)"),
      [{ pool: 'aide', quantity: 1 }],
      '',
    ],
    [
      'the first of those that would do',
      selection('Work', "getResource('aide',1) | getResource('nurse',1)"),
      [{ pool: 'aide', quantity: 1 }],
      'another resource will do',
    ],
    [
      'the first with a role',
      role('nurse', 'any') + role('aide', 'any') + selection('Work', "bpsim:getResourceByRoles('any',1)"),
      [{ pool: 'nurse', quantity: 1 }],
      'another resource will do',
    ],
    [
      'its performer, when its selection is a calculation',
      selection('Work', "bpsim:getResource('aide', bpsim:getProperty('n'))"),
      [{ pool: 'nurse', quantity: 1 }],
      'the selection of resources',
    ],
  ])('a task needs %s', async (_, scenario, needs, finding) => {
    const found = await needsOf(scenario)
    expect(found.needs).toEqual(needs)
    if (finding === '') expect(found.said).toEqual([])
    else expect(found.said.join()).toContain(finding)
  })

  it('are as many as their quantity says, by calendar; what holds at other times is named', async () => {
    const by = await imported(
      timer(EXPONENTIAL) +
        quantity('nurse', '<b:NumericParameter value="1"/>', '<b:NumericParameter value="3" validFor="days"/>') +
        quantity('aide', '<b:NumericParameter value="0"/>') +
        DAYS,
    )
    expect(by.scenario!.hospital.pools).toMatchObject([
      { id: 'nurse', units: [{ count: 3, calendar: 'days' }] },
      { id: 'aide', units: [] },
    ])
    expect(said(by)).toEqual(['Nurse: what holds outside of the calendars that are named is not carried over.'])
  })

  it('a quantity that is drawn is refused, and what else is said of a resource is named', async () => {
    const drawn = await imported(timer(EXPONENTIAL) + quantity('nurse', '<b:PoissonDistribution mean="3"/>'))
    expect(said(drawn).join()).toContain('Nurse: its quantity (PoissonDistribution) is no whole number')
    const cost = await imported(
      timer(EXPONENTIAL) +
        element('nurse', '<b:CostParameters><b:UnitCost><b:FloatingParameter value="3"/></b:UnitCost></b:CostParameters>'),
    )
    expect(said(cost)).toEqual(['Nurse: CostParameters, UnitCost is not carried over.'])
  })
})

describe('the rest', () => {
  it('is named: lanes, properties, vendors, what is said of flows that nothing chooses', async () => {
    const property =
      '<b:PropertyParameters><b:Property name="n"><b:NumericParameter value="1"/></b:Property></b:PropertyParameters>'
    const rest = await imported(
      timer(EXPONENTIAL) +
        element('Lane', property) +
        element(
          'a',
          '<b:ControlParameters><b:Probability><b:FloatingParameter value="1"/></b:Probability></b:ControlParameters>',
        ) +
        element('Work', '<b:VendorExtension name="acme"/>'),
      property,
    )
    expect(said(rest)).toEqual([
      'What the scenario says of properties is not carried over.',
      'Work: The vendor\'s extension "acme" is not carried over.',
      'Lane: PropertyParameters, Property is not carried over.',
      'a: ControlParameters, Probability is not carried over.',
    ])
  })

  it('probabilities that are not 1 together, and elements that are nowhere, are errors', async () => {
    const probability = (id: string, value: number) =>
      element(
        id,
        `<b:ControlParameters><b:Probability><b:FloatingParameter value="${value}"/></b:Probability></b:ControlParameters>`,
      )
    const wrong = await imported(
      timer(EXPONENTIAL) +
        probability('yes', 0.5) +
        probability('no', 0.2) +
        element('Nowhere', '<b:CostParameters><b:UnitCost><b:FloatingParameter value="3"/></b:UnitCost></b:CostParameters>'),
    )
    expect(wrong.findings.map(({ rule, element: at }) => `${rule} ${at}`)).toEqual([
      'unknown-element Nowhere',
      'probability-sum Ok',
    ])
    expect((await imported(timer(EXPONENTIAL) + probability('yes', 0.3))).scenario).not.toBeNull()
  })

  it('data that stand in the extensions of the root or of the process, and prefixed references, are read', async () => {
    const inside = data(timer(EXPONENTIAL).replace('"In"', '"t:In"'))
    for (const bpmn of [
      file('').replace('<resource id="nurse"', `<extensionElements>${inside}</extensionElements><resource id="nurse"`),
      file('').replace('<laneSet', `<extensionElements>${inside}</extensionElements><laneSet`),
    ])
      expect((await read(bpmn)).scenario).toMatchObject({ demand: [{ id: 'in' }] })
  })

  it.each([
    ['RRULE:FREQ=WEEKLY;UNTIL=20261231T000000', 'DTEND:20260105T180000'],
    ['RRULE:FREQ=DAILY;COUNT=3', 'DTEND:20260105T180000'],
    ['RRULE:FREQ=DAILY\nEXDATE:20260501T080000', 'DTEND:20260105T180000'],
    ['RRULE:FREQ=WEEKLY', 'DURATION:P5D'],
    ['', 'DTEND:20260105T180000'],
  ])('a calendar that is not that of every week is none: %s, %s', (rule, end) => {
    expect(periodsOfCalendar(`BEGIN:VEVENT\nDTSTART:20260105T080000\n${end}\n${rule}\nEND:VEVENT`)).toBeNull()
  })

  it('a whole day is from midnight to midnight', () => {
    expect(periodsOfCalendar('BEGIN:VEVENT\nDTSTART:20260104T000000\nDURATION:PT24H\nRRULE:FREQ=WEEKLY\nEND:VEVENT')).toEqual([
      { days: ['sun'], from: '00:00', to: '00:00' },
    ])
  })
})
