import type { ConformanceCase } from '../case.ts'
import { lasting, message, single } from '../model.ts'

const concept = 'gateways'

const gateway = (kind: string) => `<startEvent id="start"/><${kind} id="split"/><task id="A"/><task id="B"/>`

export const gateways: ConformanceCase[] = [
  {
    concept,
    name: 'exclusive: the first true condition in document order',
    bpmn: single(`${gateway('exclusiveGateway')}<endEvent id="end"/>
      flow: start > split
      flow: split > A if x > 1
      flow: split > B if x > 0
      flow: A > end
      flow: B > end`),
    script: { variables: { x: 2 } },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-split
      PT0S entered split
      PT0S completed split
      PT0S taken split-A
      PT0S entered A
      PT0S completed A
      PT0S taken A-end
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'exclusive: the default when nothing is true, null included',
    bpmn: single(`<startEvent id="start"/><exclusiveGateway id="split" default="split-B"/><task id="A"/><task id="B"/>
      flow: start > split
      flow: split > A if unknown > 1
      flow: split > B`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered split
      PT0S completed split
      PT0S entered B
      PT0S completed B
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'exclusive: no true condition and no default fails the run',
    bpmn: single(`${gateway('exclusiveGateway')}
      flow: start > split
      flow: split > A if x > 1
      flow: split > B if x > 2`),
    script: { variables: { x: 0 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered split
      PT0S failed split
      => failed PT0S noFlow split
    `,
  },
  {
    concept,
    name: 'exclusive: merging lets every token through',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><task id="A"/><task id="B"/><exclusiveGateway id="merge"/><task id="C"/><endEvent id="end"/>
      flow: start > fork > A > merge > C > end
      flow: fork > B > merge`),
    script: { tasks: { A: { takes: 'PT1S' }, B: { takes: 'PT2S' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT1S completed A
      PT1S entered merge
      PT1S completed merge
      PT1S entered C
      PT1S completed C
      PT1S entered end
      PT1S completed end
      PT2S completed B
      PT2S entered merge
      PT2S completed merge
      PT2S entered C
      PT2S completed C
      PT2S entered end
      PT2S completed end
      => completed PT2S
    `,
  },
  {
    concept,
    name: 'exclusive: a script may decide, in turn, the last one repeating',
    bpmn: single(`<startEvent id="start"/><exclusiveGateway id="split" default="split-end"/><task id="A"/><endEvent id="end"/>
      flow: start > split > end
      flow: split > A if false
      flow: A > split`),
    script: { branches: { split: ['split-A', 'split-A', 'split-end'] } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered split
      PT0S completed split
      PT0S entered A
      PT0S completed A
      PT0S entered split
      PT0S completed split
      PT0S entered A
      PT0S completed A
      PT0S entered split
      PT0S completed split
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'parallel: waits for one token on each incoming flow',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><task id="A"/><task id="B"/><parallelGateway id="join"/><endEvent id="end"/>
      flow: start > fork > A > join > end
      flow: fork > B > join`),
    script: { tasks: { A: { takes: 'PT1S' }, B: { takes: 'PT3S' } } },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-fork
      PT0S entered fork
      PT0S completed fork
      PT0S taken fork-A
      PT0S taken fork-B
      PT0S entered A
      PT0S entered B
      PT1S completed A
      PT1S taken A-join
      PT3S completed B
      PT3S taken B-join
      PT3S entered join
      PT3S completed join
      PT3S taken join-end
      PT3S entered end
      PT3S completed end
      => completed PT3S
    `,
  },
  {
    concept,
    name: 'parallel: a join that one branch never reaches leaves the run stuck',
    bpmn: single(`<startEvent id="start"/><exclusiveGateway id="split" default="split-B"/><task id="A"/><task id="B"/><parallelGateway id="join"/><endEvent id="end"/>
      flow: start > split > B > join > end
      flow: split > A if false
      flow: A > join`),
    script: { tasks: { B: { takes: 'PT1S' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered split
      PT0S completed split
      PT0S entered B
      PT1S completed B
      => stuck PT1S open join
    `,
  },
  {
    concept,
    name: 'parallel: two tokens on one flow do not stand for one on each',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><exclusiveGateway id="merge"/><task id="A"/><task id="B"/><parallelGateway id="join"/><endEvent id="end"/>
      flow: start > fork > merge > A > join > end
      <sequenceFlow id="twice" sourceRef="fork" targetRef="merge"/>
      flow: fork > B > join`),
    script: { tasks: { B: { takes: 'PT1S' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered merge
      PT0S completed merge
      PT0S entered merge
      PT0S completed merge
      PT0S entered B
      PT0S entered A
      PT0S entered A
      PT0S completed A
      PT0S completed A
      PT1S completed B
      PT1S entered join
      PT1S completed join
      PT1S entered end
      PT1S completed end
      => stuck PT1S open join
    `,
  },
  {
    concept,
    name: 'parallel: joins and forks at once',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><parallelGateway id="both"/><task id="A"/><task id="B"/><task id="C"/><task id="D"/>
      flow: start > fork > A > both > C
      flow: fork > B > both > D`),
    script: { tasks: { A: { takes: 'PT1S' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT0S completed B
      PT1S completed A
      PT1S entered both
      PT1S completed both
      PT1S entered C
      PT1S entered D
      PT1S completed C
      PT1S completed D
      => completed PT1S
    `,
  },
  {
    concept,
    name: 'event-based: the message comes before the timer',
    bpmn: single(
      `<startEvent id="start"/><eventBasedGateway id="wait"/><intermediateCatchEvent id="answered">${message('answer')}</intermediateCatchEvent>
      <intermediateCatchEvent id="late">${lasting('PT1H')}</intermediateCatchEvent><task id="A"/><task id="B"/>
      flow: start > wait > answered > A
      flow: wait > late > B`,
      '<message id="answer" name="Answer"/>',
    ),
    script: { messages: [{ name: 'Answer', after: 'PT10M', set: { yes: true } }] },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-wait
      PT0S entered wait
      PT10M completed wait
      PT10M taken wait-answered
      PT10M entered answered
      PT10M caught answered
      PT10M completed answered
      PT10M taken answered-A
      PT10M entered A
      PT10M completed A
      => completed PT10M
    `,
    variables: { yes: true },
  },
  {
    concept,
    name: 'event-based: the timer comes before the message, which then finds nobody',
    bpmn: single(
      `<startEvent id="start"/><eventBasedGateway id="wait"/><receiveTask id="answered" messageRef="answer"/>
      <intermediateCatchEvent id="late">${lasting('PT1H')}</intermediateCatchEvent><task id="B"/><endEvent id="end"/>
      flow: start > wait > answered > end
      flow: wait > late > B > end`,
      '<message id="answer" name="Answer"/>',
    ),
    script: { messages: [{ name: 'Answer', after: 'PT2H' }], tasks: { B: { takes: 'P1D' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered wait
      PT1H completed wait
      PT1H entered late
      PT1H caught late
      PT1H completed late
      PT1H entered B
      P1DT1H completed B
      P1DT1H entered end
      P1DT1H completed end
      => completed P1DT1H
    `,
  },
]
