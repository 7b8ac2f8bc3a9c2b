import type { ConformanceCase } from '../case.ts'
import { error, extensions, lasting, single, terminate } from '../model.ts'

const concept = 'multi-instance'

const loop = (attributes: string, inside: string) =>
  `<multiInstanceLoopCharacteristics ${attributes}>${inside}</multiInstanceLoopCharacteristics>`
const times = (count: string, sequential: boolean) =>
  loop(`isSequential="${sequential}"`, `<loopCardinality xsi:type="tFormalExpression">${count}</loopCardinality>`)
const task = (characteristics: string) =>
  single(`<startEvent id="start"/><userTask id="A">${characteristics}</userTask><endEvent id="end"/>
  flow: start > A > end`)

export const multiInstances: ConformanceCase[] = [
  {
    concept,
    name: 'parallel: all at once, completed as a whole',
    bpmn: task(times('3', false)),
    script: { tasks: { A: { takes: 'PT1M' } } },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-A
      PT0S entered A ×3
      PT0S entered A #1
      PT0S entered A #2
      PT0S entered A #3
      PT1M completed A #1
      PT1M completed A #2
      PT1M completed A #3
      PT1M completed A ×3
      PT1M taken A-end
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'sequential: one after the other',
    bpmn: task(times('=n', true)),
    script: { variables: { n: 2 }, tasks: { A: { takes: 'PT1M', set: { n: 9 } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×2
      PT0S entered A #1
      PT1M completed A #1
      PT1M entered A #2
      PT2M completed A #2
      PT2M completed A ×2
      PT2M entered end
      PT2M completed end
      => completed PT2M
    `,
  },
  {
    concept,
    name: 'none at all completes at once',
    bpmn: task(times('0', true)),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×0
      PT0S completed A ×0
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'over a collection, with results gathered in order',
    bpmn: task(
      loop(
        'hospital:collection="=drugs" hospital:elementVariable="drug" hospital:outputCollection="doses" hospital:outputElement="=result.dose"',
        '',
      ),
    ),
    script: { variables: { drugs: [1, 2, 3] }, tasks: { A: { set: { dose: '=drug * 10 + loopCounter' } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×3
      PT0S entered A #1
      PT0S entered A #2
      PT0S entered A #3
      PT0S completed A #1
      PT0S completed A #2
      PT0S completed A #3
      PT0S completed A ×3
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { doses: [11, 22, 33] },
  },
  {
    concept,
    name: 'sequential over a collection that changes meanwhile: the items of the start count',
    bpmn: task(
      loop(
        'isSequential="true" hospital:collection="=drugs" hospital:elementVariable="drug" hospital:outputCollection="seen" hospital:outputElement="=drug"',
        '',
      ),
    ),
    script: { variables: { drugs: ['a', 'b'] }, tasks: { A: { takes: 'PT1M', set: { drugs: [] } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×2
      PT0S entered A #1
      PT1M completed A #1
      PT1M entered A #2
      PT2M completed A #2
      PT2M completed A ×2
      PT2M entered end
      PT2M completed end
      => completed PT2M
    `,
    variables: { seen: ['a', 'b'], drugs: [] },
  },
  {
    concept,
    name: 'the completion condition is tested after each instance, and cancels the rest',
    bpmn: single(`<startEvent id="start"/><subProcess id="S">${loop(
      'isSequential="false"',
      '<loopCardinality xsi:type="tFormalExpression">4</loopCardinality><completionCondition xsi:type="tFormalExpression">=numberOfCompletedInstances = 2</completionCondition>',
    )}<startEvent id="in"/><intermediateCatchEvent id="wait">${lasting('=duration("PT1M") * loopCounter')}</intermediateCatchEvent>
      flow: in > wait
      </subProcess><endEvent id="end"/>
      flow: start > S > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S ×4
      PT0S entered S #1
      PT0S entered S #2
      PT0S entered S #3
      PT0S entered S #4
      PT0S entered in
      PT0S completed in
      PT0S entered in
      PT0S completed in
      PT0S entered in
      PT0S completed in
      PT0S entered in
      PT0S completed in
      PT0S entered wait
      PT0S entered wait
      PT0S entered wait
      PT0S entered wait
      PT1M caught wait
      PT1M completed wait
      PT1M completed S #1
      PT2M caught wait
      PT2M completed wait
      PT2M completed S #2
      PT2M cancelled wait
      PT2M cancelled S #3
      PT2M cancelled wait
      PT2M cancelled S #4
      PT2M completed S ×4
      PT2M entered end
      PT2M completed end
      => completed PT2M
    `,
  },
  {
    concept,
    name: 'a collection that is no list fails the run',
    bpmn: task(loop('hospital:collection="=missing" hospital:elementVariable="drug"', '')),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S failed A
      => failed PT0S collection A
    `,
  },
  {
    concept,
    name: 'a boundary event belongs to the whole',
    bpmn: single(`<startEvent id="start"/><userTask id="A">${times('2', false)}</userTask><boundaryEvent id="edge" attachedToRef="A">${lasting('PT1M')}</boundaryEvent><task id="B"/>
      flow: start > A
      flow: edge > B`),
    script: { tasks: { A: { takes: 'PT2M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×2
      PT0S entered A #1
      PT0S entered A #2
      PT1M entered edge
      PT1M caught edge
      PT1M cancelled A #1
      PT1M cancelled A #2
      PT1M cancelled A
      PT1M completed edge
      PT1M entered B
      PT1M completed B
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'an instance that fails takes the others with it',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="S">${times('3', false)}<startEvent id="in"/><exclusiveGateway id="g" default="g-A"/><userTask id="A"/><endEvent id="fail">${error('bad')}</endEvent>
      flow: in > g > A
      flow: g > fail if loopCounter = 2
      </subProcess><boundaryEvent id="edge" attachedToRef="S">${error('bad')}</boundaryEvent><task id="B"/>
      flow: start > S
      flow: edge > B`,
      '<error id="bad" errorCode="bad"/>',
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S ×3
      PT0S entered S #1
      PT0S entered S #2
      PT0S entered S #3
      PT0S entered in
      PT0S completed in
      PT0S entered in
      PT0S completed in
      PT0S entered in
      PT0S completed in
      PT0S entered g
      PT0S completed g
      PT0S entered g
      PT0S completed g
      PT0S entered g
      PT0S completed g
      PT0S entered A
      PT0S entered fail
      PT0S thrown fail
      PT0S completed fail
      PT0S failed S #2
      PT0S entered edge
      PT0S caught edge
      PT0S cancelled A
      PT0S cancelled S #1
      PT0S cancelled S #3
      PT0S failed S
      PT0S completed edge
      PT0S entered B
      PT0S completed B
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'terminate ends its own instance only',
    bpmn: single(`<startEvent id="start"/><subProcess id="S">${times('2', false)}<startEvent id="in"/><exclusiveGateway id="g" default="g-A"/><userTask id="A"/><endEvent id="stop">${terminate}</endEvent>
      flow: in > g > A
      flow: g > stop if loopCounter = 1
      </subProcess><endEvent id="end"/>
      flow: start > S > end`),
    script: { tasks: { A: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S ×2
      PT0S entered S #1
      PT0S entered S #2
      PT0S entered in
      PT0S completed in
      PT0S entered in
      PT0S completed in
      PT0S entered g
      PT0S completed g
      PT0S entered g
      PT0S completed g
      PT0S entered stop
      PT0S completed stop
      PT0S entered A
      PT0S completed S #1
      PT1M completed A
      PT1M completed S #2
      PT1M completed S ×2
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'each instance has its own resources',
    bpmn: single(`<startEvent id="start"/><userTask id="A">${extensions('<hospital:need pool="nurse"/>')}${times('3', false)}</userTask>
      flow: start > A`),
    resources: { nurse: 2 },
    script: { tasks: { A: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×3
      PT0S entered A #1
      PT0S entered A #2
      PT0S entered A #3
      PT1M completed A #1
      PT1M completed A #2
      PT2M completed A #3
      PT2M completed A ×3
      => completed PT2M
    `,
  },
]
