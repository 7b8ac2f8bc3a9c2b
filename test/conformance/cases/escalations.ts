import type { ConformanceCase } from '../case.ts'
import { escalation, single } from '../model.ts'

const concept = 'escalations'

const roots = '<escalation id="senior" escalationCode="senior"/>'

export const escalations: ConformanceCase[] = [
  {
    concept,
    name: 'caught without interrupting, the thrower goes on',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><intermediateThrowEvent id="call">${escalation('senior')}</intermediateThrowEvent><userTask id="A"/>
      flow: in > call > A
      </subProcess><boundaryEvent id="edge" attachedToRef="S" cancelActivity="false">${escalation('senior')}</boundaryEvent><task id="B"/>
      flow: start > S
      flow: edge > B`,
      roots,
    ),
    script: { tasks: { A: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered call
      PT0S thrown call
      PT0S completed call
      PT0S entered edge
      PT0S caught edge
      PT0S completed edge
      PT0S entered A
      PT0S entered B
      PT0S completed B
      PT1M completed A
      PT1M completed S
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'caught with interruption, the thrower is cancelled',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><intermediateThrowEvent id="call">${escalation('senior')}</intermediateThrowEvent><userTask id="A"/>
      flow: in > call > A
      </subProcess><boundaryEvent id="edge" attachedToRef="S">${escalation()}</boundaryEvent><task id="B"/>
      flow: start > S
      flow: edge > B`,
      roots,
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered call
      PT0S thrown call
      PT0S completed call
      PT0S entered edge
      PT0S caught edge
      PT0S cancelled S
      PT0S completed edge
      PT0S entered B
      PT0S completed B
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'thrown by an end event',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><endEvent id="call">${escalation('senior')}</endEvent>
      flow: in > call
      </subProcess><boundaryEvent id="edge" attachedToRef="S" cancelActivity="false">${escalation('senior')}</boundaryEvent><task id="B"/><task id="C"/>
      flow: start > S > C
      flow: edge > B`,
      roots,
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered call
      PT0S thrown call
      PT0S completed call
      PT0S entered edge
      PT0S caught edge
      PT0S completed edge
      PT0S entered B
      PT0S completed S
      PT0S entered C
      PT0S completed B
      PT0S completed C
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'nobody catches it: recorded, and the run goes on',
    bpmn: single(
      `<startEvent id="start"/><intermediateThrowEvent id="call">${escalation('senior')}</intermediateThrowEvent><endEvent id="end"/>
      flow: start > call > end`,
      roots,
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered call
      PT0S thrown call
      PT0S completed call
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
]
