import type { ConformanceCase } from '../case.ts'
import { single, terminate } from '../model.ts'

const concept = 'subprocesses'

export const subProcesses: ConformanceCase[] = [
  {
    concept,
    name: 'it completes when no token is left in it',
    bpmn: single(`<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><parallelGateway id="fork"/><userTask id="A"/><userTask id="B"/><endEvent id="out"/>
      flow: in > fork > A > out
      flow: fork > B
      </subProcess><endEvent id="end"/>
      flow: start > S > end`),
    script: { tasks: { A: { takes: 'PT1M' }, B: { takes: 'PT2M' } } },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-S
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S taken in-fork
      PT0S entered fork
      PT0S completed fork
      PT0S taken fork-A
      PT0S taken fork-B
      PT0S entered A
      PT0S entered B
      PT1M completed A
      PT1M taken A-out
      PT1M entered out
      PT1M completed out
      PT2M completed B
      PT2M completed S
      PT2M taken S-end
      PT2M entered end
      PT2M completed end
      => completed PT2M
    `,
  },
  {
    concept,
    name: 'terminate ends its own scope, and the pathway goes on after it',
    bpmn: single(`<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><parallelGateway id="fork"/><userTask id="A"/><userTask id="B"/><endEvent id="stop">${terminate}</endEvent>
      flow: in > fork > A > stop
      flow: fork > B
      </subProcess><task id="C"/><endEvent id="end"/>
      flow: start > S > C > end`),
    script: { tasks: { A: { takes: 'PT1M' }, B: { takes: 'PT2M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT1M completed A
      PT1M entered stop
      PT1M completed stop
      PT1M cancelled B
      PT1M completed S
      PT1M entered C
      PT1M completed C
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'terminate in the process ends the run',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><userTask id="A"/><subProcess id="S"><startEvent id="in"/><userTask id="B"/>
      flow: in > B
      </subProcess><endEvent id="stop">${terminate}</endEvent>
      flow: start > fork > A > stop
      flow: fork > S`),
    script: { tasks: { A: { takes: 'PT1M' }, B: { takes: 'PT2M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered B
      PT1M completed A
      PT1M entered stop
      PT1M completed stop
      PT1M cancelled B
      PT1M cancelled S
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'a subprocess inside a loop begins anew each time',
    bpmn: single(`<startEvent id="start"/><exclusiveGateway id="merge"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>
      flow: in > A
      </subProcess><exclusiveGateway id="decide" default="decide-end"/><endEvent id="end"/>
      flow: start > merge > S > decide > end
      flow: decide > merge if n < 2`),
    script: { variables: { n: 0 }, tasks: { A: { takes: 'PT1S', set: { n: '=n + 1' } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered merge
      PT0S completed merge
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT1S completed A
      PT1S completed S
      PT1S entered decide
      PT1S completed decide
      PT1S entered merge
      PT1S completed merge
      PT1S entered S
      PT1S entered in
      PT1S completed in
      PT1S entered A
      PT2S completed A
      PT2S completed S
      PT2S entered decide
      PT2S completed decide
      PT2S entered end
      PT2S completed end
      => completed PT2S
    `,
  },
  {
    concept,
    name: 'a terminate that another token reaches at the same moment',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><endEvent id="stop">${terminate}</endEvent><task id="A"/>
      flow: start > fork > stop
      flow: fork > A`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered stop
      PT0S completed stop
      => completed PT0S
    `,
  },
]
