import type { ConformanceCase } from '../case.ts'
import { compensate, error, extensions, single, terminate, undo } from '../model.ts'

const concept = 'compensation of scopes'
const roots = '<error id="bad" errorCode="bad"/>'
const throwing = (activity = '', waits = true) =>
  `<intermediateThrowEvent id="undo">${compensate(activity, waits)}</intermediateThrowEvent>`

export const compensationOfScopes: ConformanceCase[] = [
  {
    concept,
    name: 'a completed subprocess without a handler is undone through its inside',
    bpmn: single(`<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}
      flow: in > A > B
      </subProcess><userTask id="C"/>${undo('C')}${throwing()}<endEvent id="end"/>
      flow: start > S > C > undo > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S completed S
      PT0S entered C
      PT0S completed C
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unC
      PT0S completed unC
      PT0S entered unB
      PT0S completed unB
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
    name: 'a handler on the boundary of a subprocess knows nothing of its inside',
    bpmn: single(`<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>${undo('A')}
      flow: in > A
      </subProcess>${undo('S')}${throwing('S')}<endEvent id="end"/>
      flow: start > S > undo > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S completed S
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unS
      PT0S completed unS
      PT0S completed undo
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a compensation event subprocess undoes its scope, and may undo what is inside in its own order',
    bpmn: single(`<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}
      <subProcess id="H" triggeredByEvent="true"><startEvent id="on">${compensate()}</startEvent><intermediateThrowEvent id="first">${compensate('A')}</intermediateThrowEvent><userTask id="D"/><endEvent id="rest">${compensate()}</endEvent>
      flow: on > first > D > rest
      </subProcess>
      flow: in > A > B
      </subProcess><userTask id="C"/>${throwing('S')}<endEvent id="end"/>
      flow: start > S > C > undo > end`),
    script: { tasks: { A: { set: { x: 1 } }, C: { set: { x: 2 } }, D: { set: { seen: '=x' } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S completed S
      PT0S entered C
      PT0S completed C
      PT0S entered undo
      PT0S thrown undo
      PT0S entered H
      PT0S entered on
      PT0S caught on
      PT0S completed on
      PT0S entered first
      PT0S thrown first
      PT0S entered unA
      PT0S completed unA
      PT0S completed first
      PT0S entered D
      PT0S completed D
      PT0S entered rest
      PT0S thrown rest
      PT0S entered unB
      PT0S completed unB
      PT0S completed rest
      PT0S completed H
      PT0S completed undo
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { seen: 1, x: 2 },
  },
  {
    concept,
    name: 'an error handler undoes what its scope completed before the error',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>${undo('A')}<userTask id="B"/>
      flow: in > A > B
      <subProcess id="H" triggeredByEvent="true"><startEvent id="on">${error('bad')}</startEvent>${throwing('A')}<endEvent id="handled"/>
      flow: on > undo > handled
      </subProcess></subProcess><endEvent id="end"/>
      flow: start > S > end`,
      roots,
    ),
    script: { tasks: { B: { fails: 'bad' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S failed B
      PT0S entered H
      PT0S entered on
      PT0S caught on
      PT0S completed on
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unA
      PT0S completed unA
      PT0S completed undo
      PT0S entered handled
      PT0S completed handled
      PT0S completed H
      PT0S completed S
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a scope that failed is not undone',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>${undo('A')}<userTask id="B"/>
      flow: in > A > B
      </subProcess><boundaryEvent id="edge" attachedToRef="S">${error('bad')}</boundaryEvent>${throwing()}<endEvent id="end"/>
      flow: start > S
      flow: edge > undo > end`,
      roots,
    ),
    script: { tasks: { B: { fails: 'bad' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S failed B
      PT0S entered edge
      PT0S caught edge
      PT0S failed S
      PT0S completed edge
      PT0S entered undo
      PT0S thrown undo
      PT0S completed undo
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a handler that fails fails what asked for it; the rest may still be undone',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}${throwing()}
      flow: in > A > B > undo
      <subProcess id="H" triggeredByEvent="true"><startEvent id="on">${error('bad')}</startEvent><endEvent id="rest">${compensate()}</endEvent>
      flow: on > rest
      </subProcess></subProcess><endEvent id="end"/>
      flow: start > S > end`,
      roots,
    ),
    script: { tasks: { unB: { fails: 'bad' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unB
      PT0S failed unB
      PT0S cancelled undo
      PT0S entered H
      PT0S entered on
      PT0S caught on
      PT0S completed on
      PT0S entered rest
      PT0S thrown rest
      PT0S entered unA
      PT0S completed unA
      PT0S completed rest
      PT0S completed H
      PT0S completed S
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a multi-instance subprocess is undone instance by instance, each with its own data',
    bpmn: single(`<startEvent id="start"/><subProcess id="S"><multiInstanceLoopCharacteristics isSequential="true" hospital:collection="=items" hospital:elementVariable="item"/><startEvent id="in"/><userTask id="A"/>${undo('A')}
      flow: in > A
      </subProcess>${throwing('S')}<endEvent id="end"/>
      flow: start > S > undo > end`),
    script: { variables: { items: ['a', 'b'] }, tasks: { unA: { set: { undone: '=item' } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S ×2
      PT0S entered S #1
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S completed S #1
      PT0S entered S #2
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S completed S #2
      PT0S completed S ×2
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
    variables: { undone: 'a' },
  },
  {
    concept,
    name: 'a subprocess for compensation works inside, and holds its needs',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/>${undo(
      'A',
      `<subProcess id="unA" isForCompensation="true">${extensions('<hospital:need pool="nurse" quantity="1"/>')}<startEvent id="in"/><userTask id="B"/><endEvent id="out">${terminate}</endEvent>
      flow: in > B > out
      </subProcess>`,
    )}${throwing()}<endEvent id="end"/>
      flow: start > A > undo > end`),
    script: { tasks: { B: { takes: 'PT1M' } } },
    resources: { nurse: 1 },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unA
      PT0S entered in
      PT0S completed in
      PT0S entered B
      PT1M completed B
      PT1M entered out
      PT1M completed out
      PT1M completed unA
      PT1M completed undo
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'an interruption stops the handlers with the thrower',
    bpmn: single(`<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}${throwing()}
      flow: in > A > B > undo
      </subProcess><boundaryEvent id="late" attachedToRef="S"><timerEventDefinition><timeDuration>PT5M</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="end"/><endEvent id="too-late">${compensate()}</endEvent>
      flow: start > S > end
      flow: late > too-late`),
    script: { tasks: { unB: { takes: 'PT1H' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unB
      PT5M entered late
      PT5M caught late
      PT5M cancelled undo
      PT5M cancelled unB
      PT5M cancelled S
      PT5M completed late
      PT5M entered too-late
      PT5M thrown too-late
      PT5M completed too-late
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'what an event subprocess did is undone with its scope',
    bpmn: single(
      `<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>${undo('A')}<userTask id="B"/>
      flow: in > A > B
      <subProcess id="H" triggeredByEvent="true"><startEvent id="on">${error('bad')}</startEvent><userTask id="D"/>${undo('D')}
      flow: on > D
      </subProcess></subProcess>${throwing('S')}<endEvent id="end"/>
      flow: start > S > undo > end`,
      roots,
    ),
    script: { tasks: { B: { fails: 'bad' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S failed B
      PT0S entered H
      PT0S entered on
      PT0S caught on
      PT0S completed on
      PT0S entered D
      PT0S completed D
      PT0S completed H
      PT0S completed S
      PT0S entered undo
      PT0S thrown undo
      PT0S entered unD
      PT0S completed unD
      PT0S entered unA
      PT0S completed unA
      PT0S completed undo
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
]
