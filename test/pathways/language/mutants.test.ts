// Goal: no change of what a file means goes unnoticed. Method: a table of changes to one rich file; each is refused, or makes another Program.
import { expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { lasting, message, signal, single, undo } from '../../conformance/model.ts'

const RICH = single(
  `<startEvent id="start"/>
  <exclusiveGateway id="choice" default="choice-B"/><parallelGateway id="fork"/><parallelGateway id="join"/>
  <userTask id="A"><extensionElements><hospital:task role="nurse" place="=ward" due="PT15M"/><hospital:need pool="nurse" quantity="1"/></extensionElements>
    <multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality><completionCondition>stop</completionCondition></multiInstanceLoopCharacteristics></userTask>
  <userTask id="B"><standardLoopCharacteristics testBefore="true" loopMaximum="5"><loopCondition>again</loopCondition></standardLoopCharacteristics></userTask>
  <scriptTask id="C" scriptFormat="feel"><extensionElements><hospital:result variable="x"/></extensionElements><script>x + 1</script></scriptTask>
  <task id="D"/>${undo('D')}
  <boundaryEvent id="late" attachedToRef="A" cancelActivity="true">${lasting('PT1H')}</boundaryEvent>
  <subProcess id="watch" triggeredByEvent="true"><startEvent id="heard" isInterrupting="false">${signal('alarm')}</startEvent><endEvent id="watched"/>
  flow: heard > watched
  </subProcess>
  <intermediateThrowEvent id="tell">${message('told')}</intermediateThrowEvent><callActivity id="E" calledElement="other"/>
  <endEvent id="end"/><endEvent id="stopped"><terminateEventDefinition/></endEvent>
  flow: start > choice
  flow: choice > A if age > 70
  flow: choice > B
  flow: A > fork
  flow: B > C > fork
  flow: fork > D > join
  flow: fork > tell > join
  flow: join > E > end
  flow: late > stopped`,
  '<message id="told" name="told"/><signal id="alarm" name="alarm"/>',
)

const MUTANTS: [what: string, from: string, to: string][] = [
  ['a condition turned round', 'age &gt; 70', 'age &lt; 70'],
  ['a number in a condition', 'age &gt; 70', 'age &gt; 700'],
  ['a name in a condition', 'age &gt; 70', 'agf &gt; 70'],
  ['another default flow', 'default="choice-B"', 'default="choice-A"'],
  ['a default flow elsewhere', 'default="choice-B"', 'default="A-fork"'],
  ['no default flow', ' default="choice-B"', ''],
  ['a flow that leads elsewhere', 'sourceRef="join" targetRef="E"', 'sourceRef="join" targetRef="end"'],
  ['a flow turned round', 'sourceRef="B" targetRef="C"', 'sourceRef="C" targetRef="B"'],
  ['a flow from nowhere', 'sourceRef="B" targetRef="C"', 'sourceRef="nobody" targetRef="C"'],
  ['another kind of gateway', '<parallelGateway id="fork"/>', '<inclusiveGateway id="fork"/>'],
  ['another kind of join', '<parallelGateway id="join"/>', '<exclusiveGateway id="join"/>'],
  ['another kind of choice', '<exclusiveGateway id="choice"', '<parallelGateway id="choice"'],
  ['another kind of task', '<task id="D"/>', '<manualTask id="D"/>'],
  ['another role', 'role="nurse"', 'role="porter"'],
  ['another place', 'place="=ward"', 'place="=room"'],
  ['a literal for an expression', 'place="=ward"', 'place="ward"'],
  ['another due time', 'due="PT15M"', 'due="PT15H"'],
  ['a due time that is none', 'due="PT15M"', 'due="15 minutes"'],
  ['another pool', 'pool="nurse"', 'pool="nurses"'],
  ['another quantity', 'quantity="1"', 'quantity="2"'],
  ['a quantity of nothing', 'quantity="1"', 'quantity="0"'],
  ['a misspelt extension', 'hospital:need', 'hospital:needs'],
  ['at once instead of one by one', 'isSequential="true"', 'isSequential="false"'],
  ['another cardinality', '<loopCardinality>3', '<loopCardinality>4'],
  ['a negative cardinality', '<loopCardinality>3', '<loopCardinality>-3'],
  ['a cardinality that is no FEEL', '<loopCardinality>3', '<loopCardinality>3 +'],
  ['another completion condition', '<completionCondition>stop', '<completionCondition>not(stop)'],
  ['tested after instead of before', 'testBefore="true"', 'testBefore="false"'],
  ['another maximum', 'loopMaximum="5"', 'loopMaximum="6"'],
  ['a negative maximum', 'loopMaximum="5"', 'loopMaximum="-5"'],
  ['another loop condition', '<loopCondition>again', '<loopCondition>once'],
  ['another script', 'x + 1', 'x - 1'],
  ['another script language', 'scriptFormat="feel"', 'scriptFormat="groovy"'],
  ['another variable for a result', 'variable="x"', 'variable="y"'],
  ['another time', 'PT1H', 'PT1M'],
  ['a time that is none', 'PT1H', 'PT1'],
  ['a boundary that does not interrupt', 'cancelActivity="true"', 'cancelActivity="false"'],
  ['a boundary on another activity', 'attachedToRef="A"', 'attachedToRef="B"'],
  ['a boundary on nothing', 'attachedToRef="A"', 'attachedToRef="start"'],
  ['an event subprocess that interrupts', 'isInterrupting="false"', 'isInterrupting="true"'],
  ['an event subprocess that is none', 'triggeredByEvent="true"', 'triggeredByEvent="false"'],
  ['another signal', 'name="alarm"', 'name="alert"'],
  ['another message', 'name="told"', 'name="said"'],
  ['a reference to no message', 'messageRef="told"', 'messageRef="nothing"'],
  ['another called process', 'calledElement="other"', 'calledElement="another"'],
  ['an end that does not terminate', '<terminateEventDefinition/>', ''],
  ['an end that undoes', '<terminateEventDefinition/>', '<compensateEventDefinition/>'],
  ['what undoes is an activity like others', ' isForCompensation="true"', ''],
  ['an association to something else', 'targetRef="unD"', 'targetRef="A"'],
  ['an id twice', '<task id="D"/>', '<task id="A"/>'],
  ['a process that says it is no executable one', 'isExecutable="true"', 'isExecutable="false"'],
]

const meaningOf = async (bpmn: string) => {
  const { programs, findings } = await compile({ bpmn })
  const refused = findings.some(({ severity }) => severity === 'error')
  return { refused, hash: programs[0]?.hash ?? '' }
}

it('the file itself is executable', async () => {
  expect(await meaningOf(RICH)).toMatchObject({ refused: false, hash: expect.stringMatching(/./) })
})

it.each(MUTANTS)('%s is refused, or is another Program', async (_, from, to) => {
  expect(RICH).toContain(from)
  const [file, mutant] = await Promise.all([RICH, RICH.replace(from, to)].map(meaningOf))
  expect(mutant!.refused || mutant!.hash !== file!.hash).toBe(true)
})
