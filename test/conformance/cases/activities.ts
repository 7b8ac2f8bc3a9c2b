import type { ConformanceCase } from '../case.ts'
import { single } from '../model.ts'

const concept = 'activities'

export const activities: ConformanceCase[] = [
  {
    concept,
    name: 'a user task takes the time it takes, and what it sets is there afterwards',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/><endEvent id="end"/>
      flow: start > A > end`),
    script: { variables: { x: 1 }, tasks: { A: { takes: 'PT10S', set: { x: '=x + 1', y: 'text' } } } },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-A
      PT0S entered A
      PT10S completed A
      PT10S taken A-end
      PT10S entered end
      PT10S completed end
      => completed PT10S
    `,
    variables: { x: 2, y: 'text' },
  },
  {
    concept,
    name: 'every kind of task passes the token on',
    bpmn: single(
      `<startEvent id="start"/><task id="A"/><manualTask id="B"/><serviceTask id="C"/>
      <sendTask id="D" messageRef="letter"/><scriptTask id="E" scriptFormat="feel"><extensionElements><hospital:result variable="x"/></extensionElements><script>6 * 7</script></scriptTask>
      <endEvent id="end"/>
      flow: start > A > B > C > D > E > end`,
      '<message id="letter" name="Letter"/>',
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S entered C
      PT0S completed C
      PT0S entered D
      PT0S thrown D
      PT0S completed D
      PT0S entered E
      PT0S completed E
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { x: 42 },
  },
  {
    concept,
    name: 'a receive task waits for its message and sets what it says',
    bpmn: single(
      `<startEvent id="start"/><receiveTask id="A" messageRef="answer"><extensionElements><hospital:set variable="y" value="=payload.x + 1"/></extensionElements></receiveTask><endEvent id="end"/>
      flow: start > A > end`,
      '<message id="answer" name="Answer"/>',
    ),
    script: { messages: [{ name: 'Answer', after: 'PT1M', set: { x: 1 } }] },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M caught A
      PT1M completed A
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
    variables: { y: 2 },
  },
  {
    concept,
    name: 'several flows without conditions leave an activity together',
    bpmn: single(`<startEvent id="start"/><task id="A"/><task id="B"/><task id="C"/>
      flow: start > A > B
      flow: A > C`),
    script: { tasks: { B: { takes: 'PT2S' }, C: { takes: 'PT1S' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S entered C
      PT1S completed C
      PT2S completed B
      => completed PT2S
    `,
  },
  {
    concept,
    name: 'conditional flows from an activity: all that are true, and not the default',
    bpmn: single(`<startEvent id="start"/><task id="A" default="A-D"/><endEvent id="B"/><endEvent id="C"/><endEvent id="D"/>
      flow: start > A
      flow: A > B if x > 1
      flow: A > C if x > 2
      flow: A > D`),
    script: { variables: { x: 3 } },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-A
      PT0S entered A
      PT0S completed A
      PT0S taken A-B
      PT0S taken A-C
      PT0S entered B
      PT0S completed B
      PT0S entered C
      PT0S completed C
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'conditional flows from an activity: the default when none is true',
    bpmn: single(`<startEvent id="start"/><task id="A" default="A-D"/><endEvent id="B"/><endEvent id="D"/>
      flow: start > A
      flow: A > B if x > 1
      flow: A > D`),
    script: { variables: { x: 1 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered D
      PT0S completed D
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'an activity with several incoming flows runs once for each token',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><task id="A"/><endEvent id="end"/>
      flow: start > fork > A > end
      <sequenceFlow id="again" sourceRef="fork" targetRef="A"/>`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered A
      PT0S completed A
      PT0S entered end
      PT0S completed end
      PT0S completed A
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'inputs are what the task is given, outputs what it leaves',
    bpmn: single(`<startEvent id="start"/>
      <serviceTask id="A"><extensionElements><hospital:activity name="documents.letter"/><hospital:output name="total" value="=result.price * 2"/></extensionElements></serviceTask><endEvent id="end"/>
      flow: start > A > end`),
    script: { tasks: { A: { set: { price: 21 } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { total: 42 },
  },
  {
    concept,
    name: 'a loop drawn with a gateway goes round until its condition says otherwise',
    bpmn: single(`<startEvent id="start"/><exclusiveGateway id="merge"/><userTask id="A"/><exclusiveGateway id="decide" default="decide-end"/><endEvent id="end"/>
      flow: start > merge > A > decide > end
      flow: decide > merge if n < 3`),
    script: { variables: { n: 0 }, tasks: { A: { takes: 'PT1S', set: { n: '=n + 1' } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered merge
      PT0S completed merge
      PT0S entered A
      PT1S completed A
      PT1S entered decide
      PT1S completed decide
      PT1S entered merge
      PT1S completed merge
      PT1S entered A
      PT2S completed A
      PT2S entered decide
      PT2S completed decide
      PT2S entered merge
      PT2S completed merge
      PT2S entered A
      PT3S completed A
      PT3S entered decide
      PT3S completed decide
      PT3S entered end
      PT3S completed end
      => completed PT3S
    `,
    variables: { n: 3 },
  },
]
