import type { ConformanceCase } from '../case.ts'
import { error, extensions, lasting, model } from '../model.ts'

const concept = 'call activities'

const roots = '<error id="bad" errorCode="bad"/>'
const calling = (call: string, called: string) =>
  model(`${roots}
  <process id="main" isExecutable="true">${call}</process>
  <process id="called" isExecutable="true">${called}</process>`)
const call = (
  inside = '',
) => `<startEvent id="start"/><callActivity id="C" calledElement="called">${inside}</callActivity><endEvent id="end"/>
  flow: start > C > end`
const work = `<startEvent id="in"/><userTask id="A"/><endEvent id="out"/>
  flow: in > A > out`

export const calls: ConformanceCase[] = [
  {
    concept,
    name: 'the called process is a run of its own, with what it is given, leaving what is asked for',
    bpmn: calling(
      call(extensions('<hospital:input name="x" value="=a + 1"/><hospital:output name="b" value="=result.y"/>')),
      work,
    ),
    script: { variables: { a: 1 }, tasks: { A: { takes: 'PT1M', set: { y: '=x * 10' } } } },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-C
      PT0S entered C
      PT0S entered called:in
      PT0S completed called:in
      PT0S taken called:in-A
      PT0S entered called:A
      PT1M completed called:A
      PT1M taken called:A-out
      PT1M entered called:out
      PT1M completed called:out
      PT1M completed C
      PT1M taken C-end
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
    variables: { a: 1, b: 20 },
  },
  {
    concept,
    name: 'a global script task holds its script as an element, or as an attribute',
    bpmn: model(`<process id="main" isExecutable="true"><startEvent id="start"/><callActivity id="C" calledElement="dose"><extensionElements><hospital:input name="weight" value="=weight"/><hospital:output name="dose" value="=result.dose"/></extensionElements></callActivity>
      <callActivity id="D" calledElement="rounded"><extensionElements><hospital:input name="dose" value="=dose"/><hospital:output name="rounded" value="=result.rounded"/></extensionElements></callActivity><endEvent id="end"/>
      flow: start > C > D > end
      </process>
      <globalScriptTask id="dose" name="Dose" scriptLanguage="feel"><extensionElements><hospital:result variable="dose"/></extensionElements><script><![CDATA[if weight < 50 then weight * 0.1 else 5]]></script></globalScriptTask>
      <globalScriptTask id="rounded" name="Rounded" scriptLanguage="feel" script="round up(dose, 0)"><extensionElements><hospital:result variable="rounded"/></extensionElements></globalScriptTask>`),
    script: { variables: { weight: 42 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered C
      PT0S entered dose:dose
      PT0S completed dose:dose
      PT0S completed C
      PT0S entered D
      PT0S entered rounded:rounded
      PT0S completed rounded:rounded
      PT0S completed D
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { dose: 4.2, rounded: 5 },
  },
  {
    concept,
    name: 'a global task is called like a process of one task',
    bpmn: model(`<process id="main" isExecutable="true">${call()}</process>
      <globalUserTask id="called" name="Dose"/>`),
    script: { variables: { a: 2 }, tasks: { Dose: { set: { b: '=a * 2' } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered C
      PT0S entered called:called
      PT0S completed called:called
      PT0S completed C
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { b: 4 },
  },
  {
    concept,
    name: 'an error in the called process passes by its code',
    bpmn: calling(
      `${call()}<boundaryEvent id="edge" attachedToRef="C">${error('bad')}</boundaryEvent><task id="B"/>
      flow: edge > B`,
      `<startEvent id="in"/><endEvent id="fail">${error('bad')}</endEvent>
      flow: in > fail`,
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered C
      PT0S entered called:in
      PT0S completed called:in
      PT0S entered called:fail
      PT0S thrown called:fail
      PT0S completed called:fail
      PT0S failed C
      PT0S entered edge
      PT0S caught edge
      PT0S completed edge
      PT0S entered B
      PT0S completed B
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'an error nobody catches fails both runs',
    bpmn: calling(
      call(),
      `<startEvent id="in"/><endEvent id="fail">${error('bad')}</endEvent>
      flow: in > fail`,
    ),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered C
      PT0S entered called:in
      PT0S completed called:in
      PT0S entered called:fail
      PT0S thrown called:fail
      PT0S completed called:fail
      PT0S failed C
      => failed PT0S bad C
    `,
  },
  {
    concept,
    name: 'an interruption waits for the called run to end',
    bpmn: calling(
      `${call()}<boundaryEvent id="edge" attachedToRef="C">${lasting('PT5M')}</boundaryEvent><task id="B"/>
      flow: edge > B`,
      work,
    ),
    script: { tasks: { A: { takes: 'PT10M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered C
      PT0S entered called:in
      PT0S completed called:in
      PT0S entered called:A
      PT5M entered edge
      PT5M caught edge
      PT5M cancelled called:A
      PT5M cancelled C
      PT5M completed edge
      PT5M entered B
      PT5M completed B
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'an interrupted subprocess waits for the runs called inside it',
    bpmn: calling(
      `<startEvent id="start"/><subProcess id="S"><startEvent id="is"/><parallelGateway id="fork"/><callActivity id="C" calledElement="called"/><userTask id="D"/>
      flow: is > fork > C
      flow: fork > D
      </subProcess><boundaryEvent id="edge" attachedToRef="S">${lasting('PT5M')}</boundaryEvent><task id="B"/>
      flow: start > S
      flow: edge > B`,
      work,
    ),
    script: { tasks: { A: { takes: 'PT10M' }, D: { takes: 'PT10M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered S
      PT0S entered is
      PT0S completed is
      PT0S entered fork
      PT0S completed fork
      PT0S entered C
      PT0S entered D
      PT0S entered called:in
      PT0S completed called:in
      PT0S entered called:A
      PT5M entered edge
      PT5M caught edge
      PT5M cancelled D
      PT5M cancelled called:A
      PT5M cancelled C
      PT5M cancelled S
      PT5M completed edge
      PT5M entered B
      PT5M completed B
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'a process that is not there',
    bpmn: model(`<process id="main" isExecutable="true">${call()}</process>`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered C
      PT0S failed C
      => failed PT0S unknownProcess C
    `,
  },
  {
    concept,
    name: 'a hold is lent and comes back; nobody else has it meanwhile',
    bpmn: model(`<process id="main" isExecutable="true">${extensions('<hospital:hold name="bed" pool="bed"/>')}
      <startEvent id="start"/><task id="T">${extensions('<hospital:take hold="bed"/>')}</task>
      <callActivity id="C" calledElement="called">${extensions('<hospital:lend hold="bed" as="place"/>')}</callActivity><userTask id="B"/><endEvent id="end"/>
      flow: start > T > C > B > end
      </process>
      <process id="called" isExecutable="true">${extensions('<hospital:hold name="place" pool="bed"/>')}${work}</process>
      <process id="rival" isExecutable="true"><startEvent id="rs"/><intermediateCatchEvent id="rw">${lasting('PT1S')}</intermediateCatchEvent><userTask id="R">${extensions('<hospital:need pool="bed"/>')}</userTask>
      flow: rs > rw > R
      </process>`),
    also: ['rival'],
    resources: { bed: 1 },
    script: { tasks: { A: { takes: 'PT1M' }, B: { takes: 'PT1M' } } },
    expected: `
      PT0S entered rival:rs
      PT0S completed rival:rs
      PT0S entered rival:rw
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S completed T
      PT0S entered C
      PT0S entered called:in
      PT0S completed called:in
      PT0S entered called:A
      PT1S caught rival:rw
      PT1S completed rival:rw
      PT1S entered rival:R
      PT1M completed called:A
      PT1M entered called:out
      PT1M completed called:out
      PT1M completed C
      PT1M entered B
      PT2M completed B
      PT2M entered end
      PT2M completed end
      PT2M completed rival:R
      => completed PT2M
    `,
  },
  {
    concept,
    name: 'a hold is handed over and given back by the called run',
    bpmn: model(`<process id="main" isExecutable="true">${extensions('<hospital:hold name="bed" pool="bed"/>')}
      <startEvent id="start"/><task id="T">${extensions('<hospital:take hold="bed"/>')}</task>
      <callActivity id="C" calledElement="called">${extensions('<hospital:handOver hold="bed" as="place"/>')}</callActivity><userTask id="B"/><endEvent id="end"/>
      flow: start > T > C > B > end
      </process>
      <process id="called" isExecutable="true">${extensions('<hospital:hold name="place" pool="bed"/>')}${work}</process>
      <process id="rival" isExecutable="true"><startEvent id="rs"/><intermediateCatchEvent id="rw">${lasting('PT1S')}</intermediateCatchEvent><userTask id="R">${extensions('<hospital:need pool="bed"/>')}</userTask>
      flow: rs > rw > R
      </process>`),
    also: ['rival'],
    resources: { bed: 1 },
    script: { tasks: { A: { takes: 'PT1M' }, B: { takes: 'PT1M' } } },
    expected: `
      PT0S entered rival:rs
      PT0S completed rival:rs
      PT0S entered rival:rw
      PT0S entered start
      PT0S completed start
      PT0S entered T
      PT0S completed T
      PT0S entered C
      PT0S entered called:in
      PT0S completed called:in
      PT0S entered called:A
      PT1S caught rival:rw
      PT1S completed rival:rw
      PT1S entered rival:R
      PT1M completed called:A
      PT1M entered called:out
      PT1M completed called:out
      PT1M completed C
      PT1M entered B
      PT1M completed rival:R
      PT2M completed B
      PT2M entered end
      PT2M completed end
      => completed PT2M
    `,
  },
]
