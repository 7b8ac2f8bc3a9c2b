import type { ConformanceCase } from '../case.ts'
import { lasting, single } from '../model.ts'

const concept = 'standard loops'
const loop = (condition: string, attributes = '') =>
  `<standardLoopCharacteristics ${attributes}>${condition && `<loopCondition xsi:type="tFormalExpression">${condition}</loopCondition>`}</standardLoopCharacteristics>`
const looped = (inside: string, more = '') =>
  single(`<startEvent id="start"/><userTask id="A">${inside}</userTask><endEvent id="end"/>${more}
    flow: start > A > end`)

export const standardLoops: ConformanceCase[] = [
  {
    concept,
    name: 'loop: goes round while the condition is true, tested after each round',
    bpmn: looped(loop('n &lt; 2')),
    script: { variables: { n: 0 }, tasks: { A: { takes: 'PT1S', set: { n: '=n + 1' } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered A #1
      PT1S completed A #1
      PT1S entered A #2
      PT2S completed A #2
      PT2S completed A ×2
      PT2S entered end
      PT2S completed end
      => completed PT2S
    `,
    variables: { n: 2 },
  },
  {
    concept,
    name: 'loop: tested before, it may not happen at all',
    bpmn: looped(loop('n &lt; 0', 'testBefore="true"')),
    script: { variables: { n: 0 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A ×0
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'loop: no more rounds than the maximum, with a counter in each',
    bpmn: looped(loop('', 'loopMaximum="2"')),
    script: { tasks: { A: { set: { last: '=loopCounter' } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered A #1
      PT0S completed A #1
      PT0S entered A #2
      PT0S completed A #2
      PT0S completed A ×2
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { last: 2 },
  },
  {
    concept,
    name: 'loop: a boundary event interrupts the whole of it',
    bpmn: looped(
      loop('true'),
      `<boundaryEvent id="late" attachedToRef="A">${lasting('PT3S')}</boundaryEvent><endEvent id="out"/>\nflow: late > out\n`,
    ),
    script: { tasks: { A: { takes: 'PT2S' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered A #1
      PT2S completed A #1
      PT2S entered A #2
      PT3S entered late
      PT3S caught late
      PT3S cancelled A #2
      PT3S cancelled A
      PT3S completed late
      PT3S entered out
      PT3S completed out
      => completed PT3S
    `,
  },
  {
    concept,
    name: 'loop: a subprocess goes round whole',
    bpmn: single(`<startEvent id="start"/><subProcess id="S">${loop('loopCounter &lt; 2')}<startEvent id="in"/><task id="A"/><endEvent id="out"/>
      flow: in > A > out
      </subProcess><endEvent id="end"/>
      flow: start > S > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered S #1
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered out
      PT0S completed out
      PT0S completed S #1
      PT0S entered S #2
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered out
      PT0S completed out
      PT0S completed S #2
      PT0S completed S ×2
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
]
