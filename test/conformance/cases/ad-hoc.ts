import type { ConformanceCase } from '../case.ts'
import { compensate, extensions, lasting, message, single, undo } from '../model.ts'

const concept = 'ad-hoc subprocesses'
const roots = '<message id="call" name="Call"/>'
const adHoc = (attributes: string, inside: string, condition = '') =>
  `<startEvent id="start"/><adHocSubProcess id="S" ${attributes}>${inside}${condition && `<completionCondition xsi:type="tFormalExpression">${condition}</completionCondition>`}</adHocSubProcess><endEvent id="end"/>
  flow: start > S > end`
const choice = extensions('<hospital:task role="nurse"/>')
const tasks = '<userTask id="A"/><userTask id="B"/><userTask id="C"/>'
const taking = { A: { takes: 'PT3M' }, B: { takes: 'PT1M' }, C: { takes: 'PT2M' } }

export const adHocSubProcesses: ConformanceCase[] = [
  {
    concept,
    name: 'in parallel: what nothing leads to begins at once, and it completes when nothing is left',
    bpmn: single(adHoc('', tasks)),
    script: { tasks: taking },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered A
      PT0S entered B
      PT0S entered C
      PT1M completed B
      PT2M completed C
      PT3M completed A
      PT3M completed S
      PT3M entered end
      PT3M completed end
      => completed PT3M
    `,
  },
  {
    concept,
    name: 'in sequence: one at a time, in the order of the document',
    bpmn: single(adHoc('ordering="Sequential"', tasks)),
    script: { tasks: taking },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered A
      PT3M completed A
      PT3M entered B
      PT4M completed B
      PT4M entered C
      PT6M completed C
      PT6M completed S
      PT6M entered end
      PT6M completed end
      => completed PT6M
    `,
  },
  {
    concept,
    name: 'in sequence: who is asked chooses what comes next, while there is a choice',
    bpmn: single(adHoc('ordering="Sequential"', choice + tasks)),
    script: {
      tasks: {
        ...taking,
        C: { takes: 'PT2M', set: { c: true } },
        S: { takes: 'PT1M', set: { next: '=if c = true then "B" else "C"' } },
      },
    },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT1M entered C
      PT3M completed C
      PT4M entered B
      PT5M completed B
      PT5M entered A
      PT8M completed A
      PT8M completed S
      PT8M entered end
      PT8M completed end
      => completed PT8M
    `,
  },
  {
    concept,
    name: 'in sequence: who is asked and names nothing leaves it to the order of the document, until the condition is true',
    bpmn: single(adHoc('ordering="Sequential"', choice + tasks, '=b = true')),
    script: { tasks: { ...taking, B: { set: { b: true } }, S: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT1M entered A
      PT4M completed A
      PT5M entered B
      PT5M completed B
      PT5M completed S
      PT5M entered end
      PT5M completed end
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'in sequence: an event that enables another activity is there to choose; what interrupts takes the question back',
    bpmn: single(
      `${adHoc(
        'ordering="Sequential"',
        `${choice}${tasks}<intermediateCatchEvent id="late">${lasting('PT30S')}</intermediateCatchEvent><userTask id="D"/>
      flow: late > D`,
      )}
      <boundaryEvent id="stop" attachedToRef="S">${lasting('PT2M30S')}</boundaryEvent><endEvent id="stopped"/>
      flow: stop > stopped`,
    ),
    script: {
      tasks: {
        ...taking,
        D: { takes: 'PT1M', set: { d: true } },
        S: { takes: 'PT1M', set: { next: '=if d = true then "C" else "D"' } },
      },
    },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered late
      PT30S caught late
      PT30S completed late
      PT1M entered D
      PT2M completed D
      PT2M30S entered stop
      PT2M30S caught stop
      PT2M30S cancelled S
      PT2M30S completed stop
      PT2M30S entered stopped
      PT2M30S completed stopped
      => completed PT2M30S
    `,
  },
  {
    concept,
    name: 'in sequence: whoever works may choose what comes next',
    bpmn: single(adHoc('ordering="Sequential"', tasks)),
    script: { tasks: taking, branches: { S: ['C', 'B'] } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered C
      PT2M completed C
      PT2M entered B
      PT3M completed B
      PT3M entered A
      PT6M completed A
      PT6M completed S
      PT6M entered end
      PT6M completed end
      => completed PT6M
    `,
  },
  {
    concept,
    name: 'sequence flows inside order what they connect',
    bpmn: single(
      adHoc(
        'ordering="Sequential"',
        `${tasks}<userTask id="D"/>
      flow: A > D`,
      ),
    ),
    script: { tasks: taking },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered A
      PT3M completed A
      PT3M entered B
      PT4M completed B
      PT4M entered C
      PT6M completed C
      PT6M entered D
      PT6M completed D
      PT6M completed S
      PT6M entered end
      PT6M completed end
      => completed PT6M
    `,
  },
  {
    concept,
    name: 'when the condition is true after an activity, what is under way is cancelled',
    bpmn: single(adHoc('', tasks, '=done')),
    script: { variables: { done: false }, tasks: { ...taking, C: { takes: 'PT2M', set: { done: true } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered A
      PT0S entered B
      PT0S entered C
      PT1M completed B
      PT2M completed C
      PT2M cancelled A
      PT2M completed S
      PT2M entered end
      PT2M completed end
      => completed PT2M
    `,
  },
  {
    concept,
    name: 'when the condition is true, what is under way may be awaited; nothing more begins',
    bpmn: single(
      adHoc(
        'cancelRemainingInstances="false"',
        `${tasks}<userTask id="D"/><userTask id="E"/>
      flow: A > D
      flow: B > E`,
        '=done',
      ),
    ),
    script: { variables: { done: false }, tasks: { ...taking, C: { takes: 'PT2M', set: { done: true } }, E: { takes: 'PT5M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered A
      PT0S entered B
      PT0S entered C
      PT1M completed B
      PT1M entered E
      PT2M completed C
      PT3M completed A
      PT6M completed E
      PT6M completed S
      PT6M entered end
      PT6M completed end
      => completed PT6M
    `,
  },
  {
    concept,
    name: 'in sequence, what waits for its turn never begins once the condition is true',
    bpmn: single(adHoc('ordering="Sequential"', tasks, '=done')),
    script: { variables: { done: false }, tasks: { A: { set: { done: true } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered A
      PT0S completed A
      PT0S completed S
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a message inside may come again and again, and holds nothing up',
    bpmn: single(
      adHoc(
        '',
        `<userTask id="A"/><intermediateCatchEvent id="ring">${message('call')}</intermediateCatchEvent><userTask id="B"/>
      flow: ring > B`,
      ),
      roots,
    ),
    script: {
      tasks: { A: { takes: 'PT10M' }, B: { takes: 'PT1M' } },
      messages: [
        { name: 'Call', after: 'PT1M' },
        { name: 'Call', after: 'PT5M' },
      ],
    },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered A
      PT0S entered ring
      PT1M caught ring
      PT1M completed ring
      PT1M entered ring
      PT1M entered B
      PT2M completed B
      PT5M caught ring
      PT5M completed ring
      PT5M entered ring
      PT5M entered B
      PT6M completed B
      PT10M completed A
      PT10M cancelled ring
      PT10M completed S
      PT10M entered end
      PT10M completed end
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'what it did is undone in the reverse order of completion',
    bpmn: single(
      `<startEvent id="start"/><adHocSubProcess id="S"><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}</adHocSubProcess><endEvent id="end">${compensate()}</endEvent>
      flow: start > S > end`,
    ),
    script: { tasks: { A: { takes: 'PT2M' }, B: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered A
      PT0S entered B
      PT1M completed B
      PT2M completed A
      PT2M completed S
      PT2M entered end
      PT2M thrown end
      PT2M entered unA
      PT2M completed unA
      PT2M entered unB
      PT2M completed unB
      PT2M completed end
      => completed PT2M
    `,
  },
  {
    concept,
    name: 'a multi-instance one has each its own turn and end',
    bpmn: single(
      adHoc(
        'ordering="Sequential"',
        '<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics><userTask id="A"/><userTask id="B"/>',
      ),
    ),
    script: { tasks: { A: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S ×2
      PT0S entered S #1
      PT0S entered S #2
      PT0S entered A
      PT0S entered A
      PT1M completed A
      PT1M entered B
      PT1M completed A
      PT1M entered B
      PT1M completed B
      PT1M completed S #1
      PT1M completed B
      PT1M completed S #2
      PT1M completed S ×2
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
]
