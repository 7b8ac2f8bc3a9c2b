/** What is exchanged is of one kind on both sides, what is named elsewhere is imported, conditions are no prose. A model that breaks each, and its legal twin. */
import { condition, definitions, flow, process } from '../small-model.ts'
import type { Row } from './row.ts'

const items =
  '<itemDefinition id="letter" structureRef="xsd:string"/><itemDefinition id="dose" structureRef="xsd:decimal"/><message id="order" itemRef="letter"/><message id="answer" itemRef="dose"/><signal id="bell" name="bell" structureRef="dose"/><error id="fault" errorCode="F" structureRef="dose"/>'
const file = (inside: string, more = '') =>
  definitions(`${items}<process id="p" isExecutable="true">${inside}</process>${more}`).replace(
    '<definitions ',
    '<definitions xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:far="urn:far" ',
  )
const path = (element: string) => `<startEvent id="s"/>${flow('s', 'a')}${element}${flow('a', 'e')}<endEvent id="e"/>`
const named = (text: string, name: string) => text.replace('id="order"', `id="order" name="${name}"`)

const input = (item: string, id = 'in') => `<dataInput id="${id}" itemSubjectRef="${item}"/>`
const output = (item: string, id = 'out') => `<dataOutput id="${id}" itemSubjectRef="${item}"/>`
const specification = (data: string) =>
  `<ioSpecification>${data}<inputSet>${data.includes('"in"') ? '<dataInputRefs>in</dataInputRefs>' : ''}</inputSet><outputSet>${data.includes('"out"') ? '<dataOutputRefs>out</dataOutputRefs>' : ''}</outputSet></ioSpecification>`

const sends = (item: string) =>
  named(file(path(`<sendTask id="a" messageRef="order">${specification(input(item))}</sendTask>`)), 'order')
const receives = (item: string) =>
  named(file(path(`<receiveTask id="a" messageRef="order">${specification(output(item))}</receiveTask>`)), 'order')
const serves = (from: string, into: string) =>
  file(
    path(
      `<serviceTask id="a" operationRef="ask"><extensionElements><hospital:activity name="ask"/></extensionElements>${specification(input(from) + output(into))}</serviceTask>`,
    ),
    '<interface id="i" name="i"><operation id="ask" name="ask"><inMessageRef>order</inMessageRef><outMessageRef>answer</outMessageRef></operation></interface>',
  )
const caught = (data: string, what: string) =>
  file(path(`<intermediateCatchEvent id="a">${data}${what}</intermediateCatchEvent>`))
const outputSet = '<outputSet><dataOutputRefs>out</dataOutputRefs></outputSet>'
const bell = '<signalEventDefinition signalRef="bell"/>'
const ring = '<signalEventDefinition signalRef="alarm"/>'
const two = '<outputSet><dataOutputRefs>out</dataOutputRefs><dataOutputRefs>out2</dataOutputRefs></outputSet>'

const calls = (own: string) =>
  file(
    path(`<callActivity id="a" calledElement="q">${specification(own)}</callActivity>`),
    `<process id="q" isExecutable="true">${specification(input('letter', 'in').replace('"in"', '"qin"')).replace('<inputSet>', '<inputSet><dataInputRefs>qin</dataInputRefs>')}<startEvent id="qs"/>${flow('qs', 'qe')}<endEvent id="qe"/></process>`,
  )

const kinds: Row[] = [
  ['message-data', '10.3.3', 'a', sends('dose'), sends('letter')],
  ['message-data', '10.3.3', 'a', receives('dose'), receives('letter')],
  ['message-data', '10.3.3', 'a', serves('dose', 'dose'), serves('letter', 'dose')],
  ['message-data', '10.3.3', 'a', serves('letter', 'letter'), serves('letter', 'dose')],
  ['message-data', '10.4.1', 'a', caught(output('letter') + outputSet, bell), caught(output('dose') + outputSet, bell)],
  [
    'message-data',
    '10.4.1',
    'e',
    file(
      path('<task id="a"/>').replace(
        '<endEvent id="e"/>',
        `<endEvent id="e">${input('letter')}<inputSet><dataInputRefs>in</dataInputRefs></inputSet><errorEventDefinition errorRef="fault"/></endEvent>`,
      ),
    ),
    file(
      path('<task id="a"/>').replace(
        '<endEvent id="e"/>',
        `<endEvent id="e">${input('dose')}<inputSet><dataInputRefs>in</dataInputRefs></inputSet><errorEventDefinition errorRef="fault"/></endEvent>`,
      ),
    ),
  ],
  [
    'event-data',
    '10.4.1',
    'a',
    caught(output('dose') + outputSet, bell + ring),
    caught(output('dose') + output('letter', 'out2') + two, bell + ring),
  ],
  ['call-data', '10.3.6', 'a', calls(input('dose')), calls(input('letter'))],
  ['call-data', '10.3.6', 'a', calls(input('letter') + output('letter')), calls(input('letter'))],
]

const each = (item: string) =>
  file(
    `<dataObject id="o" isCollection="true" itemSubjectRef="letters"/><dataObjectReference id="r" dataObjectRef="o"/>${path(
      `<task id="a"><multiInstanceLoopCharacteristics><loopDataInputRef>o</loopDataInputRef><inputDataItem id="one" itemSubjectRef="${item}"/></multiInstanceLoopCharacteristics></task>`,
    )}`,
  ).replace('<itemDefinition', '<itemDefinition id="letters" isCollection="true" structureRef="xsd:string"/><itemDefinition')
const reused = (place: string) =>
  place === 'top'
    ? file(path('<intermediateThrowEvent id="a"><eventDefinitionRef>d</eventDefinitionRef></intermediateThrowEvent>')).replace(
        '<process ',
        '<signalEventDefinition id="d" signalRef="bell"/><process ',
      )
    : file(
        path(
          `<intermediateThrowEvent id="a"><eventDefinitionRef>d</eventDefinitionRef></intermediateThrowEvent>${flow('a', 'b')}<intermediateThrowEvent id="b"><signalEventDefinition id="d" signalRef="bell"/></intermediateThrowEvent>`,
        ).replace('sourceRef="a" targetRef="e"', 'sourceRef="b" targetRef="e"'),
      )
const bound = (item: string) =>
  file(
    `<ioSpecification>${input(item)}<inputSet><dataInputRefs>in</dataInputRefs></inputSet><outputSet/></ioSpecification><ioBinding operationRef="ask" inputDataRef="in"/>${path('<task id="a"/>')}`,
    '<interface id="i" name="i"><operation id="ask" name="ask"><inMessageRef>order</inMessageRef></operation></interface>',
  )
const performed = (inside: string) =>
  file(
    path(`<userTask id="a"><performer id="who">${inside}</performer></userTask>`),
    '<resource id="ward" name="ward"><resourceParameter id="shift" name="shift"/></resource>',
  )
const role = '<resourceRef>ward</resourceRef>'
const worked = '<resourceAssignmentExpression><formalExpression>nurse</formalExpression></resourceAssignmentExpression>'
const parameter =
  '<resourceParameterBinding parameterRef="shift"><formalExpression>"night"</formalExpression></resourceParameterBinding>'
const given = (transformation: string) =>
  file(
    `<dataObject id="o"/><dataObjectReference id="r" name="weight" dataObjectRef="o"/>${path(
      `<task id="a">${specification('<dataInput id="in" name="half"/>')}<dataInputAssociation id="d"><sourceRef>r</sourceRef><targetRef>in</targetRef>${transformation}</dataInputAssociation></task>`,
    )}`,
  )
const outside = (association: string) =>
  file(
    `<ioSpecification><dataInput id="pin" name="weight"/><dataOutput id="pout" name="dose"/><inputSet><dataInputRefs>pin</dataInputRefs></inputSet><outputSet><dataOutputRefs>pout</dataOutputRefs></outputSet></ioSpecification>${path(
      `<task id="a"><ioSpecification><dataOutput id="out"/><inputSet/><outputSet><dataOutputRefs>out</dataOutputRefs></outputSet></ioSpecification><dataOutputAssociation id="d"><sourceRef>out</sourceRef><targetRef>${association}</targetRef></dataOutputAssociation></task>`,
    )}`,
  )
const until = (text: string) =>
  file(
    path(
      `<task id="a"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality><completionCondition xsi:type="tFormalExpression">${text}</completionCondition></multiInstanceLoopCharacteristics></task>`,
    ),
  )
kinds.push(
  ['resource-role', '10.3.1', 'a', performed(role + worked), performed(worked)],
  ['resource-role', '10.3.1', 'a', performed(parameter), performed(role + parameter)],
  ['empty-expression', '10.4.2', 'd', given('<transformation/>'), given('<transformation>weight / 2</transformation>')],
  [
    'assignment-target',
    '10.4.2',
    'a',
    given('<assignment><from>weight / 2</from><to>weight</to></assignment>'),
    given('<assignment><from>weight / 2</from><to>half</to></assignment>'),
  ],
  ['data-direction', '10.4.1', 'd', outside('pin'), outside('pout')],
  ['condition-prose', '10.3.8', 'a', until('23'), until('numberOfCompletedInstances >= 2')],
  ['message-data', '10.3.3', 'a', sends('none').replace(' itemSubjectRef="none"', ''), sends('letter')],
  ['message-data', '10.3.7', 'p', bound('dose'), bound('letter')],
  ['data-type', '10.3.8', 'a', each('dose'), each('letter')],
  ['reference-kind', '10.5.1', 'a', reused('inside'), reused('top')],
)

const imported = (text: string) =>
  text.replace(
    '<message id="m"',
    '<import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" location="far.bpmn" namespace="urn:far"/><message id="m"',
  )
const far = file(path('<callActivity id="a" calledElement="far:q"/>'))
const heard = file(
  path('<intermediateCatchEvent id="a"><signalEventDefinition id="d" signalRef="far:bell"/></intermediateCatchEvent>'),
  '',
).replace('signalRef="far:bell"', 'signalRef="far:bell"')
const read = file(`${path('<task id="a"/>')}<dataObject id="o" itemSubjectRef="far:letter"/>`)

const imports: Row[] = [
  ['missing-import', '8.4.9', 'a', far, imported(far)],
  ['missing-import', '8.4.9', 'd', heard, heard.replace('far:bell', 'bell')],
  ['missing-import', '8.4.9', 'o', read, imported(read)],
]

const decides = (text: string, more = '') =>
  process(
    `<startEvent id="s"/>${flow('s', 'g')}<exclusiveGateway id="g" default="g_b"/>${flow('g', 'a', condition(text))}${flow('g', 'b')}<task id="a"/><task id="b"/>${flow('a', 'e')}${flow('b', 'e')}<endEvent id="e"/>${more}`,
  )

const prose: Row[] = [
  ['condition-prose', '8.4.13', 'g_a', decides('the patient is stable'), decides('severity &lt; 2')],
  ['condition-prose', '8.4.13', 'g_a', decides('oui'), decides('stable')],
  ['condition-prose', '8.4.13', 'g_a', decides('a follow-up is due'), decides('follow up = "due"')],
  ['condition-prose', '8.4.13', 'g_a', decides('"yes"'), decides('answer = "yes"')],
  [
    'condition-prose',
    '8.4.13',
    'g_a',
    decides('bed ready'),
    decides('bed ready', '<dataObject id="o"/><dataObjectReference id="r" name="bed ready" dataObjectRef="o"/>'),
  ],
]

export const exchanged: Record<string, Row[]> = {
  'what is exchanged': kinds,
  'what another file holds': imports,
  'conditions that are prose': prose,
}
