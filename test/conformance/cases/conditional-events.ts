import type { ConformanceCase } from '../case.ts'
import { single } from '../model.ts'

const concept = 'conditional events'
const when = (condition: string) =>
  `<conditionalEventDefinition><condition xsi:type="tFormalExpression">${condition}</condition></conditionalEventDefinition>`
const fork = '<startEvent id="start"/><parallelGateway id="fork"/><endEvent id="end"/>'

export const conditionalEvents: ConformanceCase[] = [
  {
    concept,
    name: 'conditional: waits until variables make it true',
    bpmn: single(`${fork}<userTask id="A"/><intermediateCatchEvent id="ready">${when('x &gt; 1')}</intermediateCatchEvent><endEvent id="end2"/>
      flow: start > fork > A > end
      flow: fork > ready > end2`),
    script: { variables: { x: 0 }, tasks: { A: { takes: 'PT5S', set: { x: 2 } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered ready
      PT5S completed A
      PT5S entered end
      PT5S completed end
      PT5S caught ready
      PT5S completed ready
      PT5S entered end2
      PT5S completed end2
      => completed PT5S
    `,
  },
  {
    concept,
    name: 'conditional: true already, it goes on at once',
    bpmn: single(`<startEvent id="start"/><intermediateCatchEvent id="ready">${when('true')}</intermediateCatchEvent><endEvent id="end"/>
      flow: start > ready > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered ready
      PT0S caught ready
      PT0S completed ready
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'conditional: a boundary interrupts',
    bpmn: single(`${fork}<userTask id="A"/><userTask id="B"/><boundaryEvent id="worse" attachedToRef="B">${when('pain &gt; 7')}</boundaryEvent><endEvent id="end2"/><endEvent id="alarm"/>
      flow: start > fork > A > end
      flow: fork > B > end2
      flow: worse > alarm`),
    script: { variables: { pain: 3 }, tasks: { A: { takes: 'PT5S', set: { pain: 9 } }, B: { takes: 'PT1H' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT5S completed A
      PT5S entered end
      PT5S completed end
      PT5S entered worse
      PT5S caught worse
      PT5S cancelled B
      PT5S completed worse
      PT5S entered alarm
      PT5S completed alarm
      => completed PT5S
    `,
  },
  {
    concept,
    name: 'conditional: one that does not interrupt happens each time it becomes true',
    bpmn: single(`${fork}<userTask id="A"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>4</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="B"/>
      <boundaryEvent id="worse" attachedToRef="B" cancelActivity="false">${when('pain &gt; 7')}</boundaryEvent><endEvent id="end2"/><endEvent id="alarm"/>
      flow: start > fork > A > end
      flow: fork > B > end2
      flow: worse > alarm`),
    script: {
      variables: { pain: 3 },
      tasks: { A: { takes: 'PT1S', set: { pain: '=if loopCounter = 3 then 2 else 9' } }, B: { takes: 'PT10S' } },
    },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A ×4
      PT0S entered A #1
      PT0S entered B
      PT1S completed A #1
      PT1S entered A #2
      PT1S entered worse
      PT1S caught worse
      PT1S completed worse
      PT1S entered alarm
      PT1S completed alarm
      PT2S completed A #2
      PT2S entered A #3
      PT3S completed A #3
      PT3S entered A #4
      PT4S completed A #4
      PT4S completed A ×4
      PT4S entered end
      PT4S completed end
      PT4S entered worse
      PT4S caught worse
      PT4S completed worse
      PT4S entered alarm
      PT4S completed alarm
      PT10S completed B
      PT10S entered end2
      PT10S completed end2
      => completed PT10S
    `,
  },
  {
    concept,
    name: 'conditional: true when the subprocess begins, it interrupts before anything inside does',
    bpmn: single(`<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><endEvent id="out"/>
      flow: in > out
      </subProcess><boundaryEvent id="worse" attachedToRef="S">${when('pain &gt; 7')}</boundaryEvent><endEvent id="end"/><endEvent id="alarm"/>
      flow: start > S > end
      flow: worse > alarm`),
    script: { variables: { pain: 9 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered worse
      PT0S caught worse
      PT0S cancelled S
      PT0S completed worse
      PT0S entered alarm
      PT0S completed alarm
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'conditional: made true by a script, it happens before the next thing inside does',
    bpmn: single(`<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><scriptTask id="A" scriptFormat="feel"><extensionElements><hospital:result variable="pain"/></extensionElements><script>9</script></scriptTask>
      <scriptTask id="B" scriptFormat="feel"><script>1</script></scriptTask><endEvent id="out"/>
      flow: in > A > B > out
      </subProcess><boundaryEvent id="worse" attachedToRef="S">${when('pain &gt; 7')}</boundaryEvent><endEvent id="end"/><endEvent id="alarm"/>
      flow: start > S > end
      flow: worse > alarm`),
    script: { variables: { pain: 1 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered in
      PT0S completed in
      PT0S entered A
      PT0S completed A
      PT0S entered worse
      PT0S caught worse
      PT0S cancelled S
      PT0S completed worse
      PT0S entered alarm
      PT0S completed alarm
      => completed PT0S
    `,
    variables: { pain: 9 },
  },
]
