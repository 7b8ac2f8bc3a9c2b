import type { ConformanceCase } from '../case.ts'
import { error, escalation, lasting, message, signal, single } from '../model.ts'

const concept = 'event subprocesses'

const roots =
  '<message id="call" name="Call"/><signal id="alarm" name="Alarm"/><error id="bad" errorCode="bad"/><escalation id="senior" escalationCode="senior"/>'
const handler = (event: string, interrupting: boolean) =>
  `<subProcess id="H" triggeredByEvent="true"><startEvent id="on" isInterrupting="${interrupting}">${event}</startEvent><userTask id="B"/><endEvent id="handled"/>
  flow: on > B > handled
  </subProcess>`
const process = (event: string, interrupting: boolean) =>
  single(
    `<startEvent id="start"/><userTask id="A"/><endEvent id="end"/>
    flow: start > A > end
    ${handler(event, interrupting)}`,
    roots,
  )

export const eventSubProcesses: ConformanceCase[] = [
  {
    concept,
    name: 'interrupting: what was under way is cancelled, the scope ends with the handler',
    bpmn: process(lasting('PT5M'), true),
    script: { tasks: { A: { takes: 'PT10M' }, B: { takes: 'PT1M' } } },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-A
      PT0S entered A
      PT5M cancelled A
      PT5M entered H
      PT5M entered on
      PT5M caught on
      PT5M completed on
      PT5M taken on-B
      PT5M entered B
      PT6M completed B
      PT6M taken B-handled
      PT6M entered handled
      PT6M completed handled
      PT6M completed H
      => completed PT6M
    `,
  },
  {
    concept,
    name: 'not interrupting: beside the work, and the scope waits for it',
    bpmn: process(message('call'), false),
    script: { tasks: { A: { takes: 'PT10M' }, B: { takes: 'PT20M' } }, messages: [{ name: 'Call', after: 'PT1M' }] },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M entered H
      PT1M entered on
      PT1M caught on
      PT1M completed on
      PT1M entered B
      PT10M completed A
      PT10M entered end
      PT10M completed end
      PT21M completed B
      PT21M entered handled
      PT21M completed handled
      PT21M completed H
      => completed PT21M
    `,
  },
  {
    concept,
    name: 'not interrupting: once for each message',
    bpmn: process(message('call'), false),
    script: {
      tasks: { A: { takes: 'PT10M' }, B: { takes: 'PT5M' } },
      messages: [
        { name: 'Call', after: 'PT1M' },
        { name: 'Call', after: 'PT2M' },
      ],
    },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M entered H
      PT1M entered on
      PT1M caught on
      PT1M completed on
      PT1M entered B
      PT2M entered H
      PT2M entered on
      PT2M caught on
      PT2M completed on
      PT2M entered B
      PT6M completed B
      PT6M entered handled
      PT6M completed handled
      PT6M completed H
      PT7M completed B
      PT7M entered handled
      PT7M completed handled
      PT7M completed H
      PT10M completed A
      PT10M entered end
      PT10M completed end
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'interrupting signal',
    bpmn: process(signal('alarm'), true),
    script: { tasks: { A: { takes: 'PT10M' } }, signals: [{ name: 'Alarm', after: 'PT1M' }] },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M cancelled A
      PT1M entered H
      PT1M entered on
      PT1M caught on
      PT1M completed on
      PT1M entered B
      PT1M completed B
      PT1M entered handled
      PT1M completed handled
      PT1M completed H
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'it catches the error of a task in its scope',
    bpmn: process(error('bad'), true),
    script: { tasks: { A: { takes: 'PT1M', fails: 'bad' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M failed A
      PT1M entered H
      PT1M entered on
      PT1M caught on
      PT1M completed on
      PT1M entered B
      PT1M completed B
      PT1M entered handled
      PT1M completed handled
      PT1M completed H
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'an error inside the handler is not its own to catch',
    bpmn: process(error('bad'), true),
    script: { tasks: { A: { takes: 'PT1M', fails: 'bad' }, B: { takes: 'PT1M', fails: 'bad' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M failed A
      PT1M entered H
      PT1M entered on
      PT1M caught on
      PT1M completed on
      PT1M entered B
      PT2M failed B
      PT2M failed H
      => failed PT2M bad B
    `,
  },
  {
    concept,
    name: 'it catches an escalation and the thrower goes on',
    bpmn: single(
      `<startEvent id="start"/><intermediateThrowEvent id="throw">${escalation('senior')}</intermediateThrowEvent><userTask id="A"/>
      flow: start > throw > A
      ${handler(escalation('senior'), false)}`,
      roots,
    ),
    script: { tasks: { A: { takes: 'PT10M' }, B: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered throw
      PT0S thrown throw
      PT0S completed throw
      PT0S entered H
      PT0S entered A
      PT0S entered on
      PT0S caught on
      PT0S completed on
      PT0S entered B
      PT1M completed B
      PT1M entered handled
      PT1M completed handled
      PT1M completed H
      PT10M completed A
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'in a subprocess, it interrupts only that',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>
      flow: in > A
      ${handler(lasting('PT5M'), true)}
      </subProcess><task id="C"/>
      flow: start > S > C`,
      roots,
    ),
    script: { tasks: { A: { takes: 'PT10M' }, B: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT5M cancelled A
      PT5M entered H
      PT5M entered on
      PT5M caught on
      PT5M completed on
      PT5M entered B
      PT6M completed B
      PT6M entered handled
      PT6M completed handled
      PT6M completed H
      PT6M completed S
      PT6M entered C
      PT6M completed C
      => completed PT6M
    `,
  },
  {
    concept,
    name: 'its message is not waited for: the scope ends without it',
    bpmn: process(message('call'), true),
    script: { tasks: { A: { takes: 'PT10M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT10M completed A
      PT10M entered end
      PT10M completed end
      => completed PT10M
    `,
  },
]
