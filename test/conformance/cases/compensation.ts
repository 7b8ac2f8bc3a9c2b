import type { ConformanceCase } from '../case.ts'
import { compensate, model, single, undo } from '../model.ts'

const concept = 'compensation'
const throwing = (activity = '', waits = true) =>
  `<intermediateThrowEvent id="undo">${compensate(activity, waits)}</intermediateThrowEvent>`

export const compensation: ConformanceCase[] = [
  {
    concept,
    name: 'what completed is undone in reverse order, and the thrower waits',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}${throwing()}<endEvent id="end"/>
      flow: start > A > B > undo > end`),
    script: { tasks: { unA: { takes: 'PT1M' }, unB: { takes: 'PT2M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unB
      PT2M completed unB
      PT2M entered unA
      PT3M completed unA
      PT3M completed undo
      PT3M entered end
      PT3M completed end
      => completed PT3M
    `,
  },
  {
    concept,
    name: 'one activity is undone by name, once',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}${throwing('A')}<endEvent id="again">${compensate('A')}</endEvent>
      flow: start > A > B > undo > again`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unA
      PT0S completed unA
      PT0S completed undo
      PT0S entered again
      PT0S thrown again
      PT0S completed again
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'an activity that has not completed is not undone',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}${throwing()}<endEvent id="end"/>
      flow: start > fork > A > undo > end
      flow: fork > B`),
    script: { tasks: { B: { takes: 'PT1H' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT0S completed A
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unA
      PT0S completed unA
      PT0S completed undo
      PT0S entered end
      PT0S completed end
      PT1H completed B
      => completed PT1H
    `,
  },
  {
    concept,
    name: 'without waiting, the thrower goes on beside the handlers',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}${throwing('', false)}<userTask id="C"/><endEvent id="end"/>
      flow: start > A > B > undo > C > end`),
    script: { tasks: { unA: { takes: 'PT1M' }, unB: { takes: 'PT1M' }, C: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S entered undo
      PT0S thrown undo
      PT0S completed undo
      PT0S entered unB
      PT0S entered C
      PT1M completed unB
      PT1M entered unA
      PT1M completed C
      PT1M entered end
      PT1M completed end
      PT2M completed unA
      => completed PT2M
    `,
  },
  {
    concept,
    name: 'the handler sees the data as they were when the work completed, and writes those of today',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${throwing()}<endEvent id="end"/>
      flow: start > A > B > undo > end`),
    script: { tasks: { A: { set: { x: 1 } }, B: { set: { x: 2 } }, unA: { set: { seen: '=x', x: 0 } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unA
      PT0S completed unA
      PT0S completed undo
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { seen: 1, x: 0 },
  },
  {
    concept,
    name: 'work done again in a loop is undone as often, each with its own data',
    bpmn: single(`<startEvent id="start"/><exclusiveGateway id="merge"/><userTask id="A"/>${undo('A')}<exclusiveGateway id="decide" default="decide-undo"/>${throwing()}<endEvent id="end"/>
      flow: start > merge > A > decide > undo > end
      flow: decide > merge if n < 2`),
    script: {
      variables: { n: 0, first: null, last: null },
      tasks: { A: { set: { n: '=n + 1' } }, unA: { set: { first: '=n' } } },
    },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered merge
      PT0S completed merge
      PT0S entered A
      PT0S completed A
      PT0S entered decide
      PT0S completed decide
      PT0S entered merge
      PT0S completed merge
      PT0S entered A
      PT0S completed A
      PT0S entered decide
      PT0S completed decide
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unA
      PT0S completed unA
      PT0S entered unA
      PT0S completed unA
      PT0S completed undo
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { n: 2, first: 1 },
  },
  {
    concept,
    name: 'a handler that fails and nobody catches fails the run',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/>${undo('A')}${throwing()}<endEvent id="end"/>
      flow: start > A > undo > end`),
    script: { tasks: { unA: { takes: 'PT1M', fails: 'bad' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unA
      PT1M failed unA
      PT1M cancelled undo
      => failed PT1M bad unA
    `,
  },
  {
    concept,
    name: 'a multi-instance task is undone once, as a whole',
    bpmn: single(`<startEvent id="start"/><userTask id="A"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>${undo('A')}${throwing()}<endEvent id="end"/>
      flow: start > A > undo > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×2
      PT0S entered A #1
      PT0S entered A #2
      PT0S completed A #1
      PT0S completed A #2
      PT0S completed A ×2
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unA
      PT0S completed unA
      PT0S completed undo
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'what completed last is undone first, wherever it is drawn',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}<userTask id="C"/>${undo('C')}<parallelGateway id="join"/>${throwing()}<endEvent id="end"/>
      flow: start > fork > A > join > undo > end
      flow: fork > B > join
      flow: fork > C > join`),
    script: { tasks: { A: { takes: 'PT2M' }, B: { takes: 'PT3M' }, C: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT0S entered C
      PT1M completed C
      PT2M completed A
      PT3M completed B
      PT3M entered join
      PT3M completed join
      PT3M entered undo
      PT3M thrown undo
      PT3M entered unB
      PT3M completed unB
      PT3M entered unA
      PT3M completed unA
      PT3M entered unC
      PT3M completed unC
      PT3M completed undo
      PT3M entered end
      PT3M completed end
      => completed PT3M
    `,
  },
  {
    concept,
    name: 'two throwers at once undo nothing twice',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}<parallelGateway id="fork"/>${throwing('A')}<endEvent id="all">${compensate()}</endEvent><endEvent id="end"/>
      flow: start > A > B > fork > undo > end
      flow: fork > all`),
    script: { tasks: { unA: { takes: 'PT2M' }, unB: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S entered fork
      PT0S completed fork
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unA
      PT0S entered all
      PT0S thrown all
      PT0S entered unB
      PT1M completed unB
      PT1M completed all
      PT2M completed unA
      PT2M completed undo
      PT2M entered end
      PT2M completed end
      => completed PT2M
    `,
  },
  {
    concept,
    name: 'a looped task is undone once, as a whole',
    bpmn: single(`<startEvent id="start"/><userTask id="A"><standardLoopCharacteristics loopMaximum="2"/></userTask>${undo('A')}${throwing()}<endEvent id="end"/>
      flow: start > A > undo > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered A #1
      PT0S completed A #1
      PT0S entered A #2
      PT0S completed A #2
      PT0S completed A ×2
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unA
      PT0S completed unA
      PT0S completed undo
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a call is undone by the handler on its boundary, which may be a call itself',
    bpmn: model(`<process id="main" isExecutable="true"><startEvent id="start"/><callActivity id="A" calledElement="other"/>${undo('A', '<callActivity id="unA" isForCompensation="true" calledElement="other"/>')}${throwing()}<endEvent id="end"/>
      flow: start > A > undo > end
      </process><process id="other" isExecutable="true"><startEvent id="os"/><userTask id="B"/><endEvent id="oe"/>
      flow: os > B > oe
      </process>`),
    script: { tasks: { B: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered other:os
      PT0S completed other:os
      PT0S entered other:B
      PT1M completed other:B
      PT1M entered other:oe
      PT1M completed other:oe
      PT1M completed A
      PT1M entered undo
      PT1M thrown undo
      PT1M entered unA
      PT1M entered other:os
      PT1M completed other:os
      PT1M entered other:B
      PT2M completed other:B
      PT2M entered other:oe
      PT2M completed other:oe
      PT2M completed unA
      PT2M completed undo
      PT2M entered end
      PT2M completed end
      => completed PT2M
    `,
  },
]
