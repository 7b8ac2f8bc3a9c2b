import type { ConformanceCase } from '../case.ts'
import { every, lasting, on, single } from '../model.ts'

const concept = 'timers'

const waiting = (timer: string) =>
  single(`<startEvent id="start"/><intermediateCatchEvent id="wait">${timer}</intermediateCatchEvent><endEvent id="end"/>
  flow: start > wait > end`)

export const timers: ConformanceCase[] = [
  {
    concept,
    name: 'a duration',
    bpmn: waiting(lasting('PT15M')),
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-wait
      PT0S entered wait
      PT15M caught wait
      PT15M completed wait
      PT15M taken wait-end
      PT15M entered end
      PT15M completed end
      => completed PT15M
    `,
  },
  {
    concept,
    name: 'a duration in FEEL',
    bpmn: waiting(lasting('=duration("PT1M") * n')),
    script: { variables: { n: 3 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered wait
      PT3M caught wait
      PT3M completed wait
      PT3M entered end
      PT3M completed end
      => completed PT3M
    `,
  },
  {
    concept,
    name: 'a date with its offset',
    bpmn: waiting(on('2026-01-02T01:00:00+01:00')),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered wait
      P1D caught wait
      P1D completed wait
      P1D entered end
      P1D completed end
      => completed P1D
    `,
  },
  {
    concept,
    name: 'a date without offset is the wall clock of the site',
    bpmn: waiting(on('2026-07-01T02:00:00')),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered wait
      P181D caught wait
      P181D completed wait
      P181D entered end
      P181D completed end
      => completed P181D
    `,
  },
  {
    concept,
    name: 'a date that is past is now',
    bpmn: waiting(on('2025-12-31T00:00:00Z')),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered wait
      PT0S caught wait
      PT0S completed wait
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a month keeps the hour across daylight saving',
    bpmn: waiting(lasting('P6M')),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered wait
      P180DT23H caught wait
      P180DT23H completed wait
      P180DT23H entered end
      P180DT23H completed end
      => completed P180DT23H
    `,
  },
  {
    concept,
    name: 'a cycle that is caught fires once',
    bpmn: waiting(every('R3/PT10M')),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered wait
      PT10M caught wait
      PT10M completed wait
      PT10M entered end
      PT10M completed end
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'a time that is none fails the run',
    bpmn: waiting(lasting('=missing')),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered wait
      PT0S failed wait
      => failed PT0S timer wait
    `,
  },
  {
    concept,
    name: 'a timer may start a process',
    bpmn: single(`<startEvent id="start">${every('R/P1D')}</startEvent><task id="A"/>
      flow: start > A`),
    expected: `
      PT0S entered start
      PT0S caught start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a trigger sets a timer off before its time',
    bpmn: waiting(lasting('PT1H')),
    script: { triggers: [{ element: 'wait', after: 'PT5M' }] },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered wait
      PT5M caught wait
      PT5M completed wait
      PT5M entered end
      PT5M completed end
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'a cycle on a boundary fires as often as it says',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/><boundaryEvent id="remind" attachedToRef="A" cancelActivity="false">${every('R2/PT10M')}</boundaryEvent>
      <task id="B"/><endEvent id="end"/>
      flow: start > A > end
      flow: remind > B`),
    script: { tasks: { A: { takes: 'PT1H' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT10M entered remind
      PT10M caught remind
      PT10M completed remind
      PT10M entered B
      PT10M completed B
      PT20M entered remind
      PT20M caught remind
      PT20M completed remind
      PT20M entered B
      PT20M completed B
      PT1H completed A
      PT1H entered end
      PT1H completed end
      => completed PT1H
    `,
  },
  {
    concept,
    name: 'an endless cycle fires until its activity ends',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/><boundaryEvent id="remind" attachedToRef="A" cancelActivity="false">${every('R/PT20M')}</boundaryEvent>
      <endEvent id="reminded"/><endEvent id="end"/>
      flow: start > A > end
      flow: remind > reminded`),
    script: { tasks: { A: { takes: 'PT50M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT20M entered remind
      PT20M caught remind
      PT20M completed remind
      PT20M entered reminded
      PT20M completed reminded
      PT40M entered remind
      PT40M caught remind
      PT40M completed remind
      PT40M entered reminded
      PT40M completed reminded
      PT50M completed A
      PT50M entered end
      PT50M completed end
      => completed PT50M
    `,
  },
  {
    concept,
    name: 'timers of one moment go in the order in which they were armed',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/><endEvent id="over"/>
      <boundaryEvent id="one" attachedToRef="A" cancelActivity="false">${lasting('PT5M')}</boundaryEvent>
      <boundaryEvent id="two" attachedToRef="A" cancelActivity="false">${lasting('PT5M')}</boundaryEvent>
      <boundaryEvent id="three" attachedToRef="A" cancelActivity="false">${lasting('PT5M')}</boundaryEvent>
      flow: start > A
      flow: one > over
      flow: two > over
      flow: three > over`),
    script: { tasks: { A: { takes: 'PT10M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT5M entered one
      PT5M caught one
      PT5M completed one
      PT5M entered over
      PT5M completed over
      PT5M entered two
      PT5M caught two
      PT5M completed two
      PT5M entered over
      PT5M completed over
      PT5M entered three
      PT5M caught three
      PT5M completed three
      PT5M entered over
      PT5M completed over
      PT10M completed A
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'a cycle that says when it ends fires then for the last time',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/>
      <boundaryEvent id="remind" attachedToRef="A" cancelActivity="false">${every('R2/PT20M/2026-01-01T00:30:00Z')}</boundaryEvent>
      <endEvent id="reminded"/><endEvent id="end"/>
      flow: start > A > end
      flow: remind > reminded`),
    script: { tasks: { A: { takes: 'PT1H' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT10M entered remind
      PT10M caught remind
      PT10M completed remind
      PT10M entered reminded
      PT10M completed reminded
      PT30M entered remind
      PT30M caught remind
      PT30M completed remind
      PT30M entered reminded
      PT30M completed reminded
      PT1H completed A
      PT1H entered end
      PT1H completed end
      => completed PT1H
    `,
  },
  {
    concept,
    name: 'a cycle of months is counted from its start: the 31st comes back after February',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/>
      <boundaryEvent id="bill" attachedToRef="A" cancelActivity="false">${every('R3/2026-01-31T08:00:00/P1M')}</boundaryEvent>
      <endEvent id="billed"/><endEvent id="end"/>
      flow: start > A > end
      flow: bill > billed`),
    script: { tasks: { A: { takes: 'P100D' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      P30DT7H entered bill
      P30DT7H caught bill
      P30DT7H completed bill
      P30DT7H entered billed
      P30DT7H completed billed
      P58DT7H entered bill
      P58DT7H caught bill
      P58DT7H completed bill
      P58DT7H entered billed
      P58DT7H completed billed
      P89DT6H entered bill
      P89DT6H caught bill
      P89DT6H completed bill
      P89DT6H entered billed
      P89DT6H completed billed
      P100D completed A
      P100D entered end
      P100D completed end
      => completed P100D
    `,
  },
]
