import type { ConformanceCase } from '../case.ts'
import { lasting, single } from '../model.ts'

const concept = 'inclusive gateways'
const tasks = (...ids: string[]) => ids.map((id) => `<task id="${id}"/>`).join('')
const ends = '<startEvent id="start"/><endEvent id="end"/>'
const gateways = '<inclusiveGateway id="split" default="split-C"/><inclusiveGateway id="join"/>'
const threeWays = `${ends}${gateways}${tasks('A', 'B', 'C', 'D')}
  flow: start > split
  flow: split > A if x > 1
  flow: split > B if x > 0
  flow: split > C
  flow: A > join > D > end
  flow: B > join
  flow: C > join`
const times = (at: Record<string, string>) => Object.fromEntries(Object.entries(at).map(([id, takes]) => [id, { takes }]))

export const inclusiveGateways: ConformanceCase[] = [
  {
    concept,
    name: 'inclusive: every true branch is taken and waited for, once',
    bpmn: single(threeWays),
    script: { variables: { x: 2 }, tasks: times({ A: 'PT3S', B: 'PT1S' }) },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered split
      PT0S completed split
      PT0S entered A
      PT0S entered B
      PT1S completed B
      PT3S completed A
      PT3S entered join
      PT3S completed join
      PT3S entered D
      PT3S completed D
      PT3S entered end
      PT3S completed end
      => completed PT3S
    `,
  },
  {
    concept,
    name: 'inclusive: one true branch alone does not wait',
    bpmn: single(threeWays),
    script: { variables: { x: 1 }, tasks: times({ B: 'PT1S' }) },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered split
      PT0S completed split
      PT0S entered B
      PT1S completed B
      PT1S entered join
      PT1S completed join
      PT1S entered D
      PT1S completed D
      PT1S entered end
      PT1S completed end
      => completed PT1S
    `,
  },
  {
    concept,
    name: 'inclusive: the default when nothing is true',
    bpmn: single(threeWays),
    script: { variables: { x: 0 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered split
      PT0S completed split
      PT0S entered C
      PT0S completed C
      PT0S entered join
      PT0S completed join
      PT0S entered D
      PT0S completed D
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'inclusive: no true condition and no default fails the run',
    bpmn: single(`${ends}<inclusiveGateway id="split"/>${tasks('A', 'B')}
      flow: start > split
      flow: split > A if x > 1
      flow: split > B if x > 2
      flow: A > end
      flow: B > end`),
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
    name: 'inclusive: a join after a parallel split waits for all, as a parallel join',
    bpmn: single(`${ends}<parallelGateway id="fork"/><inclusiveGateway id="join"/>${tasks('A', 'B')}
      flow: start > fork > A > join > end
      flow: fork > B > join`),
    script: { tasks: times({ A: 'PT2S', B: 'PT1S' }) },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT1S completed B
      PT2S completed A
      PT2S entered join
      PT2S completed join
      PT2S entered end
      PT2S completed end
      => completed PT2S
    `,
  },
  {
    concept,
    name: 'inclusive: a token that dies is waited for no more',
    bpmn: single(`${ends}<parallelGateway id="fork"/><inclusiveGateway id="join"/>${tasks('A', 'B')}
      <boundaryEvent id="late" attachedToRef="B">${lasting('PT5S')}</boundaryEvent><endEvent id="given-up"/>
      flow: start > fork > A > join > end
      flow: fork > B > join
      flow: late > given-up`),
    script: { tasks: times({ A: 'PT1S', B: 'PT1H' }) },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT1S completed A
      PT5S entered late
      PT5S caught late
      PT5S cancelled B
      PT5S completed late
      PT5S entered given-up
      PT5S completed given-up
      PT5S entered join
      PT5S completed join
      PT5S entered end
      PT5S completed end
      => completed PT5S
    `,
  },
  {
    concept,
    name: 'inclusive: a token that takes another way is waited for no more',
    bpmn: single(`${ends}<parallelGateway id="fork"/><inclusiveGateway id="join"/><exclusiveGateway id="choice" default="choice-out"/>${tasks('A', 'B')}<endEvent id="out"/>
      flow: start > fork > A > join > end
      flow: fork > B > choice
      flow: choice > join if false
      flow: choice > out`),
    script: { tasks: times({ A: 'PT1S', B: 'PT2S' }) },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT1S completed A
      PT2S completed B
      PT2S entered choice
      PT2S completed choice
      PT2S entered out
      PT2S completed out
      PT2S entered join
      PT2S completed join
      PT2S entered end
      PT2S completed end
      => completed PT2S
    `,
  },
  {
    concept,
    name: 'inclusive: a token that could reach a filled flow too is not waited for',
    bpmn: single(`${ends}<parallelGateway id="fork"/><exclusiveGateway id="choice" default="choice-x2"/><inclusiveGateway id="join"/>${tasks('A', 'B', 'C', 'x1', 'x2')}
      flow: start > fork > A > x1 > join > end
      flow: fork > B > choice
      flow: choice > x1 if false
      flow: choice > x2
      flow: x2 > join`),
    script: { tasks: times({ A: 'PT1S', B: 'PT3S' }) },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT1S completed A
      PT1S entered x1
      PT1S completed x1
      PT1S entered join
      PT1S completed join
      PT1S entered end
      PT1S completed end
      PT3S completed B
      PT3S entered choice
      PT3S completed choice
      PT3S entered x2
      PT3S completed x2
      PT3S entered join
      PT3S completed join
      PT3S entered end
      PT3S completed end
      => completed PT3S
    `.replace(/ C\n/, '\n'),
  },
  {
    concept,
    name: 'inclusive: a join inside a loop does not wait for its own token',
    bpmn: single(
      `${ends}<inclusiveGateway id="join"/><exclusiveGateway id="again" default="again-end"/><scriptTask id="A" scriptFormat="feel"><extensionElements><hospital:result variable="n"/></extensionElements><script>n + 1</script></scriptTask>
      flow: start > join > A > again > end
      flow: again > join if n &lt; 2`.replace('&lt;', '<'),
    ),
    script: { variables: { n: 0 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered join
      PT0S completed join
      PT0S entered A
      PT0S completed A
      PT0S entered again
      PT0S completed again
      PT0S entered join
      PT0S completed join
      PT0S entered A
      PT0S completed A
      PT0S entered again
      PT0S completed again
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'inclusive: joins nested in each other are decided from the inside',
    bpmn: single(`${ends}<inclusiveGateway id="s1"/><inclusiveGateway id="s2"/><inclusiveGateway id="j2"/><inclusiveGateway id="j1"/>${tasks('A', 'B', 'C')}
      flow: start > s1
      flow: s1 > s2 if true
      flow: s1 > C if true
      flow: s2 > A if true
      flow: s2 > B if true
      flow: A > j2 > j1 > end
      flow: B > j2
      flow: C > j1`),
    script: { tasks: times({ A: 'PT1S', B: 'PT2S' }) },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered s1
      PT0S completed s1
      PT0S entered s2
      PT0S completed s2
      PT0S entered C
      PT0S entered A
      PT0S entered B
      PT0S completed C
      PT1S completed A
      PT2S completed B
      PT2S entered j2
      PT2S completed j2
      PT2S entered j1
      PT2S completed j1
      PT2S entered end
      PT2S completed end
      => completed PT2S
    `,
  },
]
