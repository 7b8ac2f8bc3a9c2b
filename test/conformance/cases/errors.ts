import type { ConformanceCase } from '../case.ts'
import { error, extensions, single } from '../model.ts'

const concept = 'errors'

const roots = '<error id="allergy" errorCode="allergy"/><error id="other" errorCode="other"/>'
/** A subprocess whose only way out is an error end. */
const failing = `<subProcess id="S"><startEvent id="in"/><endEvent id="fail">${error('allergy')}</endEvent>
  flow: in > fail
  </subProcess>`

export const errors: ConformanceCase[] = [
  {
    concept,
    name: 'a task that fails is caught on its boundary',
    bpmn: single(
      `<startEvent id="start"/><userTask id="A"/><boundaryEvent id="edge" attachedToRef="A">${extensions('<hospital:set variable="why" value="=error.code"/>')}${error('allergy')}</boundaryEvent><task id="B"/>
      flow: start > A
      flow: edge > B`,
      roots,
    ),
    script: { tasks: { A: { takes: 'PT1M', fails: 'allergy' } } },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-A
      PT0S entered A
      PT1M failed A
      PT1M entered edge
      PT1M caught edge
      PT1M completed edge
      PT1M taken edge-B
      PT1M entered B
      PT1M completed B
      => completed PT1M
    `,
    variables: { why: 'allergy' },
  },
  {
    concept,
    name: 'an error nobody catches fails the run',
    bpmn: single(
      `<startEvent id="start"/><parallelGateway id="fork"/><userTask id="A"/><userTask id="C"/><boundaryEvent id="edge" attachedToRef="A">${error('other')}</boundaryEvent><task id="B"/>
      flow: start > fork > A
      flow: fork > C
      flow: edge > B`,
      roots,
    ),
    script: { tasks: { A: { takes: 'PT1M', fails: 'allergy' }, C: { takes: 'PT1H' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered C
      PT1M failed A
      PT1M cancelled C
      => failed PT1M allergy A
    `,
  },
  {
    concept,
    name: 'an error end event is caught on the boundary of its subprocess',
    bpmn: single(
      `<startEvent id="start"/>${failing}<boundaryEvent id="edge" attachedToRef="S">${error('allergy')}</boundaryEvent><task id="B"/>
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
      PT0S entered fail
      PT0S thrown fail
      PT0S completed fail
      PT0S entered edge
      PT0S caught edge
      PT0S failed S
      PT0S completed edge
      PT0S entered B
      PT0S completed B
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a handler that names the code comes before one for any code',
    bpmn: single(
      `<startEvent id="start"/>${failing}<boundaryEvent id="any" attachedToRef="S">${error()}</boundaryEvent><boundaryEvent id="exact" attachedToRef="S">${error('allergy')}</boundaryEvent>
      <task id="B"/><task id="C"/>
      flow: start > S
      flow: any > B
      flow: exact > C`,
      roots,
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered fail
      PT0S thrown fail
      PT0S completed fail
      PT0S entered exact
      PT0S caught exact
      PT0S failed S
      PT0S completed exact
      PT0S entered C
      PT0S completed C
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'the innermost handler comes first',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="outer"><startEvent id="os"/>${failing}<boundaryEvent id="inner" attachedToRef="S">${error()}</boundaryEvent><task id="B"/>
      flow: os > S
      flow: inner > B
      </subProcess><boundaryEvent id="edge" attachedToRef="outer">${error('allergy')}</boundaryEvent><task id="C"/>
      flow: start > outer
      flow: edge > C`,
      roots,
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered outer
      PT0S entered os
      PT0S completed os
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered fail
      PT0S thrown fail
      PT0S completed fail
      PT0S entered inner
      PT0S caught inner
      PT0S failed S
      PT0S completed inner
      PT0S entered B
      PT0S completed B
      PT0S completed outer
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'an error passes scopes that do not catch it, and cancels what is beside it',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="outer"><startEvent id="os"/><parallelGateway id="fork"/>${failing}<userTask id="A"/>
      flow: os > fork > A
      flow: fork > S
      </subProcess><boundaryEvent id="edge" attachedToRef="outer">${error('allergy')}</boundaryEvent><task id="C"/>
      flow: start > outer
      flow: edge > C`,
      roots,
    ),
    script: { tasks: { A: { takes: 'P1D' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered outer
      PT0S entered os
      PT0S completed os
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered fail
      PT0S thrown fail
      PT0S completed fail
      PT0S failed S
      PT0S entered edge
      PT0S caught edge
      PT0S cancelled A
      PT0S failed outer
      PT0S completed edge
      PT0S entered C
      PT0S completed C
      => completed PT0S
    `,
  },
]
