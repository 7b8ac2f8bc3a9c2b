import type { ConformanceCase } from '../case.ts'
import { extensions, lasting, message, model, signal, single } from '../model.ts'

const concept = 'messages and signals'

const roots = '<message id="hello" name="Hello"/><signal id="alarm" name="Alarm"/>'

export const messages: ConformanceCase[] = [
  {
    concept,
    name: 'a message thrown in one process reaches its catcher in another',
    bpmn: model(`${roots}
      <process id="main" isExecutable="true"><startEvent id="start"/><task id="A"/><intermediateThrowEvent id="throw">${extensions('<hospital:payload name="x" value="=1 + 1"/>')}${message('hello')}</intermediateThrowEvent><endEvent id="end"/>
      flow: start > A > throw > end
      </process>
      <process id="other" isExecutable="true"><startEvent id="begin"/><intermediateCatchEvent id="catch">${message('hello')}</intermediateCatchEvent><endEvent id="done"/>
      flow: begin > catch > done
      </process>`),
    also: ['other'],
    script: { tasks: { A: { takes: 'PT1S' } } },
    expected: `
      PT0S entered other:begin
      PT0S completed other:begin
      PT0S entered other:catch
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1S completed A
      PT1S entered throw
      PT1S thrown throw
      PT1S completed throw
      PT1S entered end
      PT1S completed end
      PT1S caught other:catch
      PT1S completed other:catch
      PT1S entered other:done
      PT1S completed other:done
      => completed PT1S
    `,
  },
  {
    concept,
    name: 'a message waits for a catcher that comes later',
    bpmn: model(`${roots}
      <process id="main" isExecutable="true"><startEvent id="start"/><task id="A"/><intermediateCatchEvent id="catch">${message('hello')}</intermediateCatchEvent><endEvent id="end"/>
      flow: start > A > catch > end
      </process>
      <process id="other" isExecutable="true"><startEvent id="begin"/><endEvent id="done">${message('hello')}</endEvent>
      flow: begin > done
      </process>`),
    also: ['other'],
    script: { tasks: { A: { takes: 'PT1S' } } },
    expected: `
      PT0S entered other:begin
      PT0S completed other:begin
      PT0S entered other:done
      PT0S thrown other:done
      PT0S completed other:done
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1S completed A
      PT1S entered catch
      PT1S caught catch
      PT1S completed catch
      PT1S entered end
      PT1S completed end
      => completed PT1S
    `,
  },
  {
    concept,
    name: 'a message starts a process that begins with it',
    bpmn: model(`${roots}
      <process id="main" isExecutable="true"><startEvent id="start"/><sendTask id="send" messageRef="hello">${extensions('<hospital:payload name="x" value="=7"/>')}</sendTask><endEvent id="end"/>
      flow: start > send > end
      </process>
      <process id="other" isExecutable="true"><startEvent id="begin">${extensions('<hospital:set variable="y" value="=payload.x"/>')}${message('hello')}</startEvent><task id="B"/>
      flow: begin > B
      </process>`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered send
      PT0S thrown send
      PT0S completed send
      PT0S entered end
      PT0S completed end
      PT0S entered other:begin
      PT0S caught other:begin
      PT0S completed other:begin
      PT0S entered other:B
      PT0S completed other:B
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'keys tell catchers apart',
    bpmn: model(`${roots}
      <process id="main" isExecutable="true"><startEvent id="start"/><intermediateThrowEvent id="throw">${extensions('<hospital:correlation key="=&quot;b&quot;"/>')}${message('hello')}</intermediateThrowEvent><endEvent id="end"/>
      flow: start > throw > end
      </process>
      <process id="other" isExecutable="true"><startEvent id="begin"/><parallelGateway id="fork"/>
      <intermediateCatchEvent id="a">${extensions('<hospital:correlation key="=&quot;a&quot;"/>')}${message('hello')}</intermediateCatchEvent>
      <intermediateCatchEvent id="b">${extensions('<hospital:correlation key="=&quot;b&quot;"/>')}${message('hello')}</intermediateCatchEvent>
      flow: begin > fork > a
      flow: fork > b
      </process>`),
    also: ['other'],
    expected: `
      PT0S entered other:begin
      PT0S completed other:begin
      PT0S entered other:fork
      PT0S completed other:fork
      PT0S entered other:a
      PT0S entered other:b
      PT0S entered start
      PT0S completed start
      PT0S entered throw
      PT0S thrown throw
      PT0S completed throw
      PT0S entered end
      PT0S completed end
      PT0S caught other:b
      PT0S completed other:b
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a message without a key is not for a catcher with one, nor the other way round',
    bpmn: model(`${roots}
      <process id="main" isExecutable="true"><startEvent id="start"/><parallelGateway id="fork"/>
      <intermediateCatchEvent id="keyed">${extensions('<hospital:correlation key="=1"/>')}${message('hello')}</intermediateCatchEvent>
      <intermediateCatchEvent id="plain">${message('hello')}</intermediateCatchEvent>
      flow: start > fork > keyed
      flow: fork > plain
      </process>
      <process id="other" isExecutable="true"><startEvent id="begin"/><task id="A"/>
      <intermediateThrowEvent id="throw">${message('hello')}</intermediateThrowEvent>
      flow: begin > A > throw
      </process>`),
    also: ['other'],
    script: { tasks: { A: { takes: 'PT1S' } } },
    until: 'PT1M',
    expected: `
      PT0S entered other:begin
      PT0S completed other:begin
      PT0S entered other:A
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered keyed
      PT0S entered plain
      PT1S completed other:A
      PT1S entered other:throw
      PT1S thrown other:throw
      PT1S completed other:throw
      PT1S caught plain
      PT1S completed plain
      => unfinished PT1M open keyed
    `,
  },
  {
    concept,
    name: 'a message nobody sends is waited for',
    bpmn: single(
      `<startEvent id="start"/><intermediateCatchEvent id="catch">${message('hello')}</intermediateCatchEvent><endEvent id="end"/>
      flow: start > catch > end`,
      roots,
    ),
    until: 'P1D',
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered catch
      => unfinished P1D open catch
    `,
  },
  {
    concept,
    name: 'a signal reaches everybody who listens, its thrower included',
    bpmn: model(`${roots}
      <process id="main" isExecutable="true"><startEvent id="start"/><parallelGateway id="fork"/><intermediateCatchEvent id="catch">${signal('alarm')}</intermediateCatchEvent>
      <task id="A"/><intermediateThrowEvent id="throw">${signal('alarm')}</intermediateThrowEvent>
      flow: start > fork > catch
      flow: fork > A > throw
      </process>
      <process id="other" isExecutable="true"><startEvent id="begin"/><intermediateCatchEvent id="heard">${signal('alarm')}</intermediateCatchEvent>
      flow: begin > heard
      </process>`),
    also: ['other'],
    script: { tasks: { A: { takes: 'PT1S' } } },
    expected: `
      PT0S entered other:begin
      PT0S completed other:begin
      PT0S entered other:heard
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered catch
      PT0S entered A
      PT1S completed A
      PT1S entered throw
      PT1S thrown throw
      PT1S completed throw
      PT1S caught catch
      PT1S completed catch
      PT1S caught other:heard
      PT1S completed other:heard
      => completed PT1S
    `,
  },
  {
    concept,
    name: 'a signal is gone when nobody listens',
    bpmn: single(
      `<startEvent id="start"/><intermediateThrowEvent id="throw">${signal('alarm')}</intermediateThrowEvent><intermediateCatchEvent id="catch">${signal('alarm')}</intermediateCatchEvent>
      flow: start > throw > catch`,
      roots,
    ),
    until: 'PT1H',
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered throw
      PT0S thrown throw
      PT0S completed throw
      PT0S entered catch
      => unfinished PT1H open catch
    `,
  },
  {
    concept,
    name: 'a trigger begins the process at the start event it names',
    bpmn: single(
      `<startEvent id="plain"/><startEvent id="told">${message('hello')}</startEvent><task id="A"/><task id="B"/>
      flow: plain > A
      flow: told > B`,
      roots,
    ),
    script: { triggers: [{ element: 'told', after: 'PT5M' }] },
    expected: `
      PT5M entered told
      PT5M caught told
      PT5M completed told
      PT5M entered B
      PT5M completed B
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'correlation properties: two orders at once, each answer comes to who asked',
    also: ['asking'],
    bpmn: model(`<message id="Ask" name="ask"/><message id="Answer" name="answer"/>
      <correlationProperty id="order" name="order">
        <correlationPropertyRetrievalExpression messageRef="Ask"><messagePath xsi:type="tFormalExpression">number</messagePath></correlationPropertyRetrievalExpression>
        <correlationPropertyRetrievalExpression messageRef="Answer"><messagePath xsi:type="tFormalExpression">about</messagePath></correlationPropertyRetrievalExpression>
      </correlationProperty>
      <collaboration id="c"><participant id="one" processRef="main"/><participant id="two" processRef="asking"/><participant id="three" processRef="answering"/>
        <correlationKey id="key"><correlationPropertyRef>order</correlationPropertyRef></correlationKey></collaboration>
      <process id="main" isExecutable="true"><correlationSubscription id="mainBy" correlationKeyRef="key"><correlationPropertyBinding id="mainIs" correlationPropertyRef="order"><dataPath xsi:type="tFormalExpression">mine</dataPath></correlationPropertyBinding></correlationSubscription>
      <startEvent id="start"/><scriptTask id="number" scriptFormat="feel"><extensionElements><hospital:result variable="mine"/></extensionElements><script>1</script></scriptTask>
      <intermediateThrowEvent id="ask"><extensionElements><hospital:payload name="number" value="=mine"/></extensionElements><messageEventDefinition messageRef="Ask"/></intermediateThrowEvent>
      <intermediateCatchEvent id="heard"><messageEventDefinition messageRef="Answer"/></intermediateCatchEvent><endEvent id="end"/>
      flow: start > number > ask > heard > end
      </process>
      <process id="asking" isExecutable="true"><correlationSubscription id="askingBy" correlationKeyRef="key"><correlationPropertyBinding id="askingIs" correlationPropertyRef="order"><dataPath xsi:type="tFormalExpression">2</dataPath></correlationPropertyBinding></correlationSubscription>
      <startEvent id="start2"/><intermediateThrowEvent id="ask2"><extensionElements><hospital:payload name="number" value="=2"/></extensionElements><messageEventDefinition messageRef="Ask"/></intermediateThrowEvent>
      <intermediateCatchEvent id="heard2"><messageEventDefinition messageRef="Answer"/></intermediateCatchEvent><endEvent id="end2"/>
      flow: start2 > ask2 > heard2 > end2
      </process>
      <process id="answering" isExecutable="true"><startEvent id="asked"><messageEventDefinition messageRef="Ask"/></startEvent>
      <intermediateCatchEvent id="think">${lasting('=if number = 2 then "PT2M" else "PT1M"')}</intermediateCatchEvent><endEvent id="answer"><extensionElements><hospital:payload name="about" value="=number"/></extensionElements><messageEventDefinition messageRef="Answer"/></endEvent>
      flow: asked > think > answer
      </process>`),
    expected: `
      PT0S entered asking:start2
      PT0S completed asking:start2
      PT0S entered asking:ask2
      PT0S thrown asking:ask2
      PT0S completed asking:ask2
      PT0S entered asking:heard2
      PT0S entered start
      PT0S completed start
      PT0S entered number
      PT0S completed number
      PT0S entered ask
      PT0S thrown ask
      PT0S completed ask
      PT0S entered heard
      PT0S entered answering:asked
      PT0S caught answering:asked
      PT0S completed answering:asked
      PT0S entered answering:think
      PT0S entered answering:asked
      PT0S caught answering:asked
      PT0S completed answering:asked
      PT0S entered answering:think
      PT1M caught answering:think
      PT1M completed answering:think
      PT1M entered answering:answer
      PT1M thrown answering:answer
      PT1M completed answering:answer
      PT1M caught heard
      PT1M completed heard
      PT1M entered end
      PT1M completed end
      PT2M caught answering:think
      PT2M completed answering:think
      PT2M entered answering:answer
      PT2M thrown answering:answer
      PT2M completed answering:answer
      PT2M caught asking:heard2
      PT2M completed asking:heard2
      PT2M entered asking:end2
      PT2M completed asking:end2
      => completed PT1M
    `,
    variables: { about: 1 },
  },
]
