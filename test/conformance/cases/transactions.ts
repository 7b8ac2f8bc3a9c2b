import type { ConformanceCase } from '../case.ts'
import { cancel, compensate, error, lasting, model, single, undo } from '../model.ts'

const concept = 'transactions'
const roots = '<error id="bad" errorCode="bad"/>'
const cancelled = `<boundaryEvent id="edge" attachedToRef="T">${cancel}</boundaryEvent>`

export const transactions: ConformanceCase[] = [
  {
    concept,
    name: 'it completes like any subprocess, and can be undone later',
    bpmn: single(`<startEvent id="start"/><transaction id="T"><startEvent id="in"/><userTask id="A"/>${undo('A')}<endEvent id="out"/>
      flow: in > A > out
      </transaction>${cancelled}<endEvent id="back"/><endEvent id="end">${compensate('T')}</endEvent>
      flow: start > T > end
      flow: edge > back`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered out
      PT0S completed out
      PT0S completed T
      PT0S entered end
      PT0S thrown end
      PT0S entered unA
      PT0S completed unA
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'cancel ends what is under way, undoes what completed, then goes on from the boundary',
    bpmn: single(`<startEvent id="start"/><transaction id="T"><startEvent id="in"/><userTask id="A"/>${undo('A')}<parallelGateway id="fork"/><userTask id="B"/>${undo('B')}<userTask id="C"/>${undo('C')}<endEvent id="stop">${cancel}</endEvent>
      flow: in > A > fork > B > stop
      flow: fork > C
      </transaction>${cancelled}<userTask id="D"/><endEvent id="end"/>
      flow: start > T > end
      flow: edge > D`),
    script: { tasks: { C: { takes: 'PT1H' }, unB: { takes: 'PT1M' }, unA: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered fork
      PT0S completed fork
      PT0S entered B
      PT0S entered C
      PT0S completed B
      PT0S entered stop
      PT0S thrown stop
      PT0S completed stop
      PT0S cancelled C
      PT0S entered unB
      PT1M completed unB
      PT1M entered unA
      PT2M completed unA
      PT2M entered edge
      PT2M caught edge
      PT2M cancelled T
      PT2M completed edge
      PT2M entered D
      PT2M completed D
      => completed PT2M
    `,
  },
  {
    concept,
    name: 'cancel with nothing to undo',
    bpmn: single(`<startEvent id="start"/><transaction id="T"><startEvent id="in"/><endEvent id="stop">${cancel}</endEvent>
      flow: in > stop
      </transaction>${cancelled}<endEvent id="back"/><endEvent id="end"/>
      flow: start > T > end
      flow: edge > back`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S entered in
      PT0S completed in
      PT0S entered stop
      PT0S thrown stop
      PT0S completed stop
      PT0S entered edge
      PT0S caught edge
      PT0S cancelled T
      PT0S completed edge
      PT0S entered back
      PT0S completed back
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'an error is a hazard: nothing is undone',
    bpmn: single(
      `<startEvent id="start"/><transaction id="T"><startEvent id="in"/><userTask id="A"/>${undo('A')}<endEvent id="out">${error('bad')}</endEvent><endEvent id="stop">${cancel}</endEvent><exclusiveGateway id="g" default="g-out"/>
      flow: in > A > g > out
      flow: g > stop if false
      </transaction>${cancelled}<endEvent id="back"/><boundaryEvent id="hazard" attachedToRef="T">${error('bad')}</boundaryEvent><endEvent id="end"/>
      flow: start > T > end
      flow: edge > back
      flow: hazard > end`,
      roots,
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered g
      PT0S completed g
      PT0S entered out
      PT0S thrown out
      PT0S completed out
      PT0S entered hazard
      PT0S caught hazard
      PT0S failed T
      PT0S completed hazard
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'what a subprocess still under way had completed is undone too',
    bpmn: single(`<startEvent id="start"/><transaction id="T"><startEvent id="in"/><parallelGateway id="fork"/><subProcess id="S"><startEvent id="is"/><userTask id="A"/>${undo('A')}<userTask id="B"/>
      flow: is > A > B
      </subProcess><userTask id="C"/><endEvent id="stop">${cancel}</endEvent>
      flow: in > fork > S
      flow: fork > C > stop
      </transaction>${cancelled}<endEvent id="end"/>
      flow: start > T
      flow: edge > end`),
    script: { tasks: { B: { takes: 'PT1H' }, C: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S entered in
      PT0S completed in
      PT0S entered fork
      PT0S completed fork
      PT0S entered S
      PT0S entered C
      PT0S entered is
      PT0S completed is
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT1M completed C
      PT1M entered stop
      PT1M thrown stop
      PT1M completed stop
      PT1M cancelled B
      PT1M cancelled S
      PT1M entered unA
      PT1M completed unA
      PT1M entered edge
      PT1M caught edge
      PT1M cancelled T
      PT1M completed edge
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'a handler that fails while a transaction is undone leaves by the hazard',
    bpmn: single(
      `<startEvent id="start"/><transaction id="T"><startEvent id="in"/><userTask id="A"/>${undo('A')}<endEvent id="stop">${cancel}</endEvent>
      flow: in > A > stop
      <subProcess id="H" triggeredByEvent="true"><startEvent id="on">${error()}</startEvent><endEvent id="handled"/>
      flow: on > handled
      </subProcess></transaction>${cancelled}<endEvent id="back"/><boundaryEvent id="hazard" attachedToRef="T">${error('bad')}</boundaryEvent><endEvent id="end"/>
      flow: start > T
      flow: edge > back
      flow: hazard > end`,
      roots,
    ),
    script: { tasks: { unA: { fails: 'bad' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered stop
      PT0S thrown stop
      PT0S completed stop
      PT0S entered unA
      PT0S failed unA
      PT0S entered hazard
      PT0S caught hazard
      PT0S failed T
      PT0S completed hazard
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'once cancelled, its other boundary events are deaf',
    bpmn: single(`<startEvent id="start"/><transaction id="T"><startEvent id="in"/><userTask id="A"/>${undo('A')}<endEvent id="stop">${cancel}</endEvent>
      flow: in > A > stop
      </transaction>${cancelled}<endEvent id="back"/><boundaryEvent id="late" attachedToRef="T">${lasting('PT5M')}</boundaryEvent><endEvent id="end"/>
      flow: start > T
      flow: edge > back
      flow: late > end`),
    script: { tasks: { unA: { takes: 'PT1H' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered stop
      PT0S thrown stop
      PT0S completed stop
      PT0S entered unA
      PT1H completed unA
      PT1H entered edge
      PT1H caught edge
      PT1H cancelled T
      PT1H completed edge
      PT1H entered back
      PT1H completed back
      => completed PT1H
    `,
  },
  {
    concept,
    name: 'a called run ends before anything is undone',
    bpmn: model(`<process id="main" isExecutable="true"><startEvent id="start"/><transaction id="T"><startEvent id="in"/><userTask id="A"/>${undo('A')}<parallelGateway id="fork"/><callActivity id="K" calledElement="other"/><userTask id="C"/><endEvent id="stop">${cancel}</endEvent>
      flow: in > A > fork > K
      flow: fork > C > stop
      </transaction>${cancelled}<endEvent id="end"/>
      flow: start > T
      flow: edge > end
      </process><process id="other" isExecutable="true"><startEvent id="os"/><userTask id="B"/><endEvent id="oe"/>
      flow: os > B > oe
      </process>`),
    script: { tasks: { B: { takes: 'PT1H' }, C: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered fork
      PT0S completed fork
      PT0S entered K
      PT0S entered C
      PT0S entered other:os
      PT0S completed other:os
      PT0S entered other:B
      PT1M completed C
      PT1M entered stop
      PT1M thrown stop
      PT1M completed stop
      PT1M cancelled other:B
      PT1M cancelled K
      PT1M entered unA
      PT1M completed unA
      PT1M entered edge
      PT1M caught edge
      PT1M cancelled T
      PT1M completed edge
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'of a multi-instance transaction the whole is cancelled and undone',
    bpmn: single(`<startEvent id="start"/><transaction id="T"><multiInstanceLoopCharacteristics isSequential="true" hospital:collection="=items" hospital:elementVariable="item"/><startEvent id="in"/><userTask id="A"/>${undo('A')}<exclusiveGateway id="g" default="g-out"/><endEvent id="out"/><endEvent id="stop">${cancel}</endEvent>
      flow: in > A > g > out
      flow: g > stop if item = "b"
      </transaction>${cancelled}<endEvent id="back"/><endEvent id="end"/>
      flow: start > T > end
      flow: edge > back`),
    script: { variables: { items: ['a', 'b', 'c'] }, tasks: { unA: { set: { undone: '=item' } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T ×3
      PT0S entered T #1
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered g
      PT0S completed g
      PT0S entered out
      PT0S completed out
      PT0S completed T #1
      PT0S entered T #2
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered g
      PT0S completed g
      PT0S entered stop
      PT0S thrown stop
      PT0S completed stop
      PT0S cancelled T #2
      PT0S entered unA
      PT0S completed unA
      PT0S entered unA
      PT0S completed unA
      PT0S entered edge
      PT0S caught edge
      PT0S cancelled T
      PT0S completed edge
      PT0S entered back
      PT0S completed back
      => completed PT0S
    `,
    variables: { undone: 'a' },
  },
  {
    concept,
    name: 'a transaction that completed inside one that is cancelled is undone with it',
    bpmn: single(`<startEvent id="start"/><transaction id="T"><startEvent id="in"/><transaction id="inner"><startEvent id="is"/><userTask id="A"/>${undo('A')}
      flow: is > A
      </transaction><userTask id="B"/>${undo('B')}<endEvent id="stop">${cancel}</endEvent>
      flow: in > inner > B > stop
      </transaction>${cancelled}<endEvent id="end"/>
      flow: start > T
      flow: edge > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S entered in
      PT0S completed in
      PT0S entered inner
      PT0S entered is
      PT0S completed is
      PT0S entered A
      PT0S completed A
      PT0S completed inner
      PT0S entered B
      PT0S completed B
      PT0S entered stop
      PT0S thrown stop
      PT0S completed stop
      PT0S entered unB
      PT0S completed unB
      PT0S entered unA
      PT0S completed unA
      PT0S entered edge
      PT0S caught edge
      PT0S cancelled T
      PT0S completed edge
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
]
