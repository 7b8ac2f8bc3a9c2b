import type { ConformanceCase } from '../case.ts'
import { lasting, signal, single } from '../model.ts'

const concept = 'signals inside one run'
const roots = '<signal id="alarm" name="alarm"/>'
const inside = `<subProcess id="S"><startEvent id="in"/><intermediateThrowEvent id="throw">${signal('alarm')}</intermediateThrowEvent>
  <scriptTask id="B" scriptFormat="feel"><script>1</script></scriptTask><endEvent id="out"/>
  flow: in > throw > B > out
  </subProcess>`
const around = (interrupting: boolean) =>
  single(
    `<startEvent id="start"/>${inside}<boundaryEvent id="hear" attachedToRef="S" cancelActivity="${interrupting}">${signal('alarm')}</boundaryEvent>
    <task id="C"/><endEvent id="end"/><endEvent id="heard"/>
    flow: start > S > end
    flow: hear > C > heard`,
    roots,
  )

export const ownSignals: ConformanceCase[] = [
  {
    concept,
    name: 'a subprocess throws what its own boundary interrupts it by, before it can be over',
    bpmn: around(true),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered throw
      PT0S thrown throw
      PT0S completed throw
      PT0S entered hear
      PT0S caught hear
      PT0S cancelled S
      PT0S completed hear
      PT0S entered C
      PT0S completed C
      PT0S entered heard
      PT0S completed heard
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a subprocess throws what its own boundary hears beside it',
    bpmn: around(false),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered throw
      PT0S thrown throw
      PT0S completed throw
      PT0S entered hear
      PT0S caught hear
      PT0S completed hear
      PT0S entered B
      PT0S entered C
      PT0S completed B
      PT0S entered out
      PT0S completed out
      PT0S completed S
      PT0S entered end
      PT0S completed end
      PT0S completed C
      PT0S entered heard
      PT0S completed heard
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'of two ways of one fork, one that listens hears what the other throws',
    bpmn: single(
      `<startEvent id="start"/><parallelGateway id="fork"/><intermediateThrowEvent id="throw">${signal('alarm')}</intermediateThrowEvent>
      <intermediateCatchEvent id="catch">${signal('alarm')}</intermediateCatchEvent><endEvent id="thrown"/><endEvent id="end"/>
      flow: start > fork > throw > thrown
      flow: fork > catch > end`,
      roots,
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered catch
      PT0S entered throw
      PT0S thrown throw
      PT0S completed throw
      PT0S caught catch
      PT0S completed catch
      PT0S entered thrown
      PT0S completed thrown
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'an event subprocess that does not interrupt hears each throw',
    bpmn: single(
      `<startEvent id="start"/><intermediateThrowEvent id="throw">${signal('alarm')}</intermediateThrowEvent>
      <intermediateCatchEvent id="wait">${lasting('PT1M')}</intermediateCatchEvent><endEvent id="end">${signal('alarm')}</endEvent>
      <subProcess id="E" triggeredByEvent="true"><startEvent id="hear" isInterrupting="false">${signal('alarm')}</startEvent><endEvent id="heard"/>
      flow: hear > heard
      </subProcess>
      flow: start > throw > wait > end`,
      roots,
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered throw
      PT0S thrown throw
      PT0S completed throw
      PT0S entered E
      PT0S entered wait
      PT0S entered hear
      PT0S caught hear
      PT0S completed hear
      PT0S entered heard
      PT0S completed heard
      PT0S completed E
      PT1M caught wait
      PT1M completed wait
      PT1M entered end
      PT1M thrown end
      PT1M completed end
      PT1M entered E
      PT1M entered hear
      PT1M caught hear
      PT1M completed hear
      PT1M entered heard
      PT1M completed heard
      PT1M completed E
      => completed PT1M
    `,
  },
]
