import type { ConformanceCase } from '../case.ts'
import { extensions, lasting, model, single } from '../model.ts'

const concept = 'resources'

const needs = (id: string, pool: string, quantity = 1) =>
  `<userTask id="${id}">${extensions(`<hospital:need pool="${pool}" quantity="${quantity}"/>`)}</userTask>`
const taking = (id: string, extension: string) => `<userTask id="${id}">${extensions(extension)}</userTask>`

export const resources: ConformanceCase[] = [
  {
    concept,
    name: 'a need is waited for, and given back when its activity ends',
    bpmn: single(`<startEvent id="start"/>${needs('A', 'nurse')}${needs('B', 'nurse')}
      flow: start > A
      flow: start > B`),
    resources: { nurse: 1 },
    script: { tasks: { A: { takes: 'PT10M' }, B: { takes: 'PT10M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered B
      PT10M completed A
      PT20M completed B
      => completed PT20M
    `,
  },
  {
    concept,
    name: 'all or nothing',
    bpmn: single(`<startEvent id="start"/>${needs('A', 'nurse', 2)}${needs('B', 'nurse')}
      flow: start > A
      flow: start > B`),
    resources: { nurse: 2 },
    script: { tasks: { A: { takes: 'PT10M' }, B: { takes: 'PT10M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered B
      PT10M completed A
      PT20M completed B
      => completed PT20M
    `,
  },
  {
    concept,
    name: 'a boundary timer runs while its activity waits: a patient who leaves unseen',
    bpmn: single(`<startEvent id="start"/>${needs('A', 'doctor')}${needs('B', 'doctor')}<boundaryEvent id="leaves" attachedToRef="B">${lasting('PT5M')}</boundaryEvent><endEvent id="unseen"/>
      flow: start > A
      flow: start > B
      flow: leaves > unseen`),
    resources: { doctor: 1 },
    script: { tasks: { A: { takes: 'PT10M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered B
      PT5M entered leaves
      PT5M caught leaves
      PT5M cancelled B
      PT5M completed leaves
      PT5M entered unseen
      PT5M completed unseen
      PT10M completed A
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'an interruption gives back what its activity needs',
    bpmn: single(`<startEvent id="start"/>${needs('A', 'doctor')}${needs('B', 'doctor')}<boundaryEvent id="stop" attachedToRef="A">${lasting('PT5M')}</boundaryEvent><endEvent id="stopped"/>
      flow: start > A
      flow: start > B
      flow: stop > stopped`),
    resources: { doctor: 1 },
    script: { tasks: { A: { takes: 'PT10M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered B
      PT5M entered stop
      PT5M caught stop
      PT5M cancelled A
      PT5M completed stop
      PT5M entered stopped
      PT5M completed stopped
      PT5M completed B
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'a hold outlives the element that takes it, until its scope ends',
    bpmn: single(`<startEvent id="start"/><subProcess id="S">${extensions('<hospital:hold name="bed" pool="bed"/>')}<startEvent id="in"/>${taking('T', '<hospital:take hold="bed"/>')}<userTask id="A"/>
      flow: in > T > A
      </subProcess><userTask id="C"/><intermediateCatchEvent id="wait">${lasting('PT1S')}</intermediateCatchEvent>${needs('B', 'bed')}
      flow: start > S > C
      flow: start > wait > B`),
    resources: { bed: 1 },
    script: { tasks: { T: { takes: 'PT1M' }, A: { takes: 'PT1M' }, B: { takes: 'PT1M' }, C: { takes: 'PT1H' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered wait
      PT0S entered in
      PT0S completed in
      PT0S entered T
      PT1S caught wait
      PT1S completed wait
      PT1S entered B
      PT1M completed T
      PT1M entered A
      PT2M completed A
      PT2M completed S
      PT2M entered C
      PT3M completed B
      PT1H2M completed C
      => completed PT1H2M
    `,
  },
  {
    concept,
    name: 'one place is given back only when the next one is granted',
    bpmn: model(`<process id="main" isExecutable="true">${extensions('<hospital:hold name="cubicle" pool="cubicle"/><hospital:hold name="bed" pool="bed"/>')}
      <startEvent id="start"/>${taking('T', '<hospital:take hold="cubicle"/>')}${taking('M', '<hospital:take hold="bed"/><hospital:give hold="cubicle"/>')}
      flow: start > T > M
      </process>
      <process id="rival" isExecutable="true"><startEvent id="rs"/>${needs('R', 'bed')}<intermediateCatchEvent id="rw">${lasting('PT0S')}</intermediateCatchEvent>${needs('Q', 'cubicle')}
      flow: rs > R
      flow: rs > rw > Q
      </process>`),
    also: ['rival'],
    resources: { cubicle: 1, bed: 1 },
    script: { tasks: { R: { takes: 'PT10M' }, T: { takes: 'PT1M' }, Q: { takes: 'PT1M' } } },
    expected: `
      PT0S entered rival:rs
      PT0S completed rival:rs
      PT0S entered rival:R
      PT0S entered rival:rw
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S caught rival:rw
      PT0S completed rival:rw
      PT0S entered rival:Q
      PT1M completed T
      PT1M entered M
      PT10M completed rival:R
      PT10M completed M
      PT11M completed rival:Q
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'an element that only gives does so as it starts',
    bpmn: single(`${extensions('<hospital:hold name="bed" pool="bed"/>')}<startEvent id="start"/>${taking('T', '<hospital:take hold="bed"/>')}${taking('G', '<hospital:give hold="bed"/>')}${needs('B', 'bed')}<intermediateCatchEvent id="wait">${lasting('PT1M')}</intermediateCatchEvent>
      flow: start > T > G
      flow: start > wait > B`),
    resources: { bed: 1 },
    script: { tasks: { T: { takes: 'PT5M' }, G: { takes: 'PT5M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S entered wait
      PT1M caught wait
      PT1M completed wait
      PT1M entered B
      PT5M completed T
      PT5M entered G
      PT5M completed B
      PT10M completed G
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'a hold that is taken already fails the run',
    bpmn: single(`${extensions('<hospital:hold name="bed" pool="bed"/>')}<startEvent id="start"/>${taking('T', '<hospital:take hold="bed"/>')}${taking('U', '<hospital:take hold="bed"/>')}
      flow: start > T > U`),
    resources: { bed: 2 },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S completed T
      PT0S entered U
      PT0S failed U
      => failed PT0S holdTaken U
    `,
  },
  {
    concept,
    name: 'a request that can never be granted fails its activity',
    bpmn: single(`<startEvent id="start"/>${needs('A', 'nurse', 3)}
      flow: start > A`),
    resources: { nurse: 1 },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S failed A
      => failed PT0S impossibleRequest A
    `,
  },
  {
    concept,
    name: 'a subprocess may need something while it lasts',
    bpmn: single(`<startEvent id="start"/><subProcess id="S">${extensions('<hospital:need pool="room"/>')}<startEvent id="in"/><userTask id="A"/>
      flow: in > A
      </subProcess>${needs('B', 'room')}
      flow: start > S
      flow: start > B`),
    resources: { room: 1 },
    script: { tasks: { A: { takes: 'PT10M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered B
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT10M completed A
      PT10M completed S
      PT10M completed B
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'what is ready at the moment of a grant goes before it',
    bpmn: single(`<startEvent id="start"/><task id="A">${extensions('<hospital:need pool="nurse"/>')}</task><task id="B"/><task id="C"/>
      flow: start > A
      flow: start > B > C`),
    resources: { nurse: 1 },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered B
      PT0S completed B
      PT0S entered C
      PT0S completed C
      PT0S completed A
      => completed PT0S
    `,
  },
]
