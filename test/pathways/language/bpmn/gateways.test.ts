/** Gateways that the standard forbids beside those that it allows: what differs between the two is one attribute, or one element. */
import { describe, expect, it } from 'vitest'
import { compile } from '../../../../pathways/language/compile.ts'
import { flow, process } from '../../../conformance/small-model.ts'

const split = (direction: string) =>
  process(
    `<startEvent id="s"/>${flow('s', 'a')}<parallelGateway id="a" gatewayDirection="${direction}"/>${flow('a', 'b')}${flow('a', 'c')}
     <task id="b"/><task id="c"/>${flow('b', 'j')}${flow('c', 'j')}<parallelGateway id="j"/>${flow('j', 'e')}<endEvent id="e"/>`,
  )
const joined = (direction: string) =>
  split('Unspecified').replace('<parallelGateway id="j"/>', `<parallelGateway id="j" gatewayDirection="${direction}"/>`)
const waiting = (second: string) =>
  process(
    `<startEvent id="s"/>${flow('s', 'a')}<eventBasedGateway id="a"/>${flow('a', 'b')}${flow('a', 'c')}
     <receiveTask id="b" messageRef="m"/>${second}${flow('b', 'e')}${flow('c', 'e')}<endEvent id="e"/>`,
  )
const message = '<intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
const signal = '<intermediateCatchEvent id="c"><signalEventDefinition signalRef="alarm"/></intermediateCatchEvent>'

const rulesOf = async (bpmn: string) =>
  (await compile({ bpmn })).findings.filter(({ severity }) => severity === 'error').map(({ rule, element }) => [rule, element])

describe('refused', () => {
  it.each([
    ['a converging gateway that splits', split('Converging'), ['gateway-direction', 'a']],
    ['a diverging gateway that joins', joined('Diverging'), ['gateway-direction', 'j']],
    ['a direction that there is not', split('Sideways'), ['attribute-value', 'a']],
    ['a mixed gateway that only splits', split('Mixed'), ['gateway-direction', 'a']],
    ['receive tasks beside message events', waiting(message), ['event-gateway-mix', 'a']],
  ])('%s', async (_, bpmn, finding) => {
    expect(await rulesOf(bpmn)).toEqual([finding])
    expect((await compile({ bpmn })).findings[0]!.french?.help).toBeTruthy()
  })
})

describe('accepted', () => {
  it.each([
    ['a diverging gateway that splits', split('Diverging')],
    ['a direction in small letters, as pm4py writes it', split('diverging')],
    ['a converging gateway that joins', joined('Converging')],
    ['receive tasks beside another event', waiting(signal)],
    ['receive tasks alone', waiting('<receiveTask id="c" messageRef="m"/>')],
  ])('%s', async (_, bpmn) => {
    expect(await rulesOf(bpmn)).toEqual([])
  })
})
