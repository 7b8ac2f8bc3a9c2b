// Goal: legal files as other tools write them are not refused. Method: one file for each way in which they differ from ours, each without an error.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../../pathways/language/compile.ts'

const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
const spaces =
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'

/** A file whose BPMN elements carry a prefix, or none. */
const written = (body: string, prefix = '', attributes = '') => {
  const own = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`
  const named = body.replaceAll(/<(\/?)([a-z]\w*)(?=[\s/>])/g, `<$1${prefix}$2`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<${prefix}definitions ${own}="${MODEL}" ${spaces} ${attributes} id="d" targetNamespace="http://test">${named}</${prefix}definitions>`
}
const flow = (source: string, target: string, inside = '') =>
  `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${inside}</sequenceFlow>`
const path = (element: string, more = '', attributes = 'isExecutable="true"') =>
  `<process id="p" ${attributes}><startEvent id="s"/>${flow('s', 'a')}${element}${flow('a', 'e')}<endEvent id="e"/>${more}</process>`
const task = '<task id="a" name="A"/>'
const extended = (extension: string, attributes = '', type = 'userTask') =>
  `<${type} id="a" name="A" ${attributes}><extensionElements>${extension}</extensionElements></${type}>`
const diagram = (id: string, of: string, inside = '') =>
  `<bpmndi:BPMNDiagram id="${id}"><bpmndi:BPMNPlane id="${id}P" bpmnElement="${of}">${inside}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`

const files: [what: string, bpmn: string][] = [
  [
    'a formal condition in a file of another expression language',
    written(
      `<process id="p" isExecutable="true"><startEvent id="s"/>${flow('s', 'g')}<exclusiveGateway id="g" default="g_b"/>${flow('g', 'a', '<conditionExpression xsi:type="tFormalExpression">dummy condition</conditionExpression>')}${flow('g', 'b')}<task id="a"/><task id="b"/>${flow('a', 'e')}${flow('b', 'e')}<endEvent id="e"/></process>`,
      '',
      'expressionLanguage="http://www.w3.org/1999/XPath"',
    ),
  ],
  [
    'a name of a tool where a reference stands',
    written(
      `<message id="m" name="m"/><interface id="i" name="i"><operation id="o" name="o"><inMessageRef>m</inMessageRef><outMessageRef>tool:unspecified</outMessageRef></operation></interface>${path(task).replace('<process ', '<process tool:readOnly="false" ')}`,
      '',
      'xmlns:tool="urn:tool"',
    ),
  ],
  [
    'data of a drawing that are not of one kind',
    written(
      `<itemDefinition id="many" isCollection="true" structureRef="x"/>${path(task, '<dataObject id="o" itemSubjectRef="many" isCollection="false"/>', 'isExecutable="false"')}`,
    ),
  ],
  [
    'a message flow to a plain start of a drawing',
    written(
      `<collaboration id="c"><participant id="A"/><participant id="B" processRef="p"/><messageFlow id="f" sourceRef="A" targetRef="s"/></collaboration>${path(task, '', '')}`,
    ),
  ],
  ...['', 'bpmn:', 'bpmn2:', 'semantic:', 'model:'].map((prefix): [string, string] => [
    `the prefix "${prefix}"`,
    written(path(task), prefix),
  ]),
  [
    'Camunda 8: extensions, a modeler and a platform named',
    written(
      path(
        extended(
          '<zeebe:taskDefinition type="x" retries="3"/><zeebe:ioMapping><zeebe:input source="=a" target="b"/></zeebe:ioMapping>',
          'zeebe:modelerTemplate="t"',
          'serviceTask',
        ),
      ),
      'bpmn:',
      'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" exporter="Camunda Modeler" exporterVersion="5.0.0" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.0.0"',
    ),
  ],
  [
    'Camunda 7: attributes and fields of its own',
    written(
      path(
        extended(
          '<camunda:formData><camunda:formField id="x" type="string"/></camunda:formData>',
          'camunda:assignee="demo" camunda:candidateGroups="nurses"',
        ),
        '',
        'isExecutable="true" camunda:historyTimeToLive="P30D"',
      ),
      'bpmn:',
      'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
    ),
  ],
  [
    'Signavio: meta data everywhere',
    written(
      path(
        extended(
          '<signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffcc"/><signavio:signavioLabel x="1.0" y="2.0"/>',
          'completionQuantity="1" startQuantity="1" isForCompensation="false" implementation="##unspecified"',
        ),
        '',
        'isClosed="false" isExecutable="false" processType="None"',
      ),
      '',
      'xmlns:signavio="http://www.signavio.com" expressionLanguage="http://www.w3.org/TR/XPath" typeLanguage="http://www.w3.org/2001/XMLSchema" exporter="Signavio Process Editor"',
    ),
  ],
  [
    'Bizagi: extensions with a namespace of their own',
    written(
      path(
        extended(
          '<bizagi:BizagiExtensions><bizagi:BizagiProperties><bizagi:BizagiProperty name="bgColor" value="#ECEFFF"/></bizagi:BizagiProperties></bizagi:BizagiExtensions>',
          '',
          'task',
        ),
      ),
      '',
      'xmlns:bizagi="http://www.bizagi.com/bpmn20" exporter="Bizagi Modeler"',
    ),
  ],
  [
    'extensions that declare their namespace themselves, with elements named as BPMN names its own',
    written(path(extended('<x:props xmlns:x="urn:x"><x:script>1</x:script><x:script>2</x:script></x:props>', '', 'task'))),
  ],
  ['lists of incoming and outgoing flows', written(path('<task id="a"><incoming>s_a</incoming><outgoing>a_e</outgoing></task>'))],
  [
    'references with the prefix of the own namespace',
    written(
      `<message id="m" name="letter"/>${path('<receiveTask id="a" messageRef="tns:m"/>')}<collaboration id="c"><participant id="P" processRef="tns:p"/></collaboration>`,
      'bpmn:',
      'xmlns:tns="http://test"',
    ),
  ],
  [
    'types of another language, and imports',
    written(
      `<import importType="http://www.w3.org/2001/XMLSchema" location="types.xsd" namespace="http://types"/><itemDefinition id="i" structureRef="types:Patient"/><message id="m" name="letter" itemRef="i"/>${path('<receiveTask id="a" messageRef="m"/>')}`,
      '',
      'xmlns:types="http://types"',
    ),
  ],
  [
    'notes, groups and categories',
    written(
      `<category id="C"><categoryValue id="V" value="phase"/></category>${path(task, '<textAnnotation id="n"><text>why</text></textAnnotation><association id="x" associationDirection="None" sourceRef="a" targetRef="n"/><group id="g" categoryValueRef="V"/>')}`,
    ),
  ],
  [
    'space around what elements refer to',
    written(
      `<process id="p" isExecutable="true"><startEvent id="s"><outgoing>
        s_a
      </outgoing></startEvent>${flow('s', 'a')}<task id="a" name="A"><incoming> s_a</incoming><outgoing>a_e </outgoing></task><sequenceFlow id="a_e" sourceRef=" a" targetRef="e "/><endEvent id="e"><incoming>	a_e	</incoming></endEvent></process>`,
    ),
  ],
  [
    'associations without an end',
    written(
      path(
        task,
        '<textAnnotation id="n"><text>why</text></textAnnotation><association id="x" sourceRef="n"/><association id="y" targetRef="n"/>',
      ),
    ),
  ],
  [
    'data objects, stores and associations drawn to a task as a whole',
    written(
      `<dataStore id="D" name="EHR"/>${path(
        '<task id="a" name="A"><property id="Property_1" name="__targetRef_placeholder"/><dataInputAssociation id="i"><sourceRef>r</sourceRef><targetRef>Property_1</targetRef></dataInputAssociation><dataOutputAssociation id="o"><targetRef>r2</targetRef></dataOutputAssociation></task>',
        '<dataObject id="O"/><dataObjectReference id="r" name="record" dataObjectRef="O"/><dataStoreReference id="r2" name="EHR" dataStoreRef="D"/><dataStoreReference id="r3" name="loose"/>',
      )}`,
    ),
  ],
  [
    'lanes in lanes, and several sets of them',
    written(
      path(
        task,
        '<laneSet id="L"><lane id="l1" name="ward"><flowNodeRef>s</flowNodeRef><flowNodeRef>a</flowNodeRef><flowNodeRef>e</flowNodeRef><childLaneSet id="K"><lane id="l2" name="nurses"><flowNodeRef>s</flowNodeRef><flowNodeRef>a</flowNodeRef></lane><lane id="l3" name="doctors"><flowNodeRef>e</flowNodeRef></lane></childLaneSet></lane><lane id="l4" name="empty"/></laneSet><laneSet id="M"><lane id="l5" name="all"><flowNodeRef>a</flowNodeRef></lane></laneSet>',
      ),
    ),
  ],
  [
    'closed pools, with and without an empty process of their own',
    written(
      `<collaboration id="c"><participant id="P" name="ward" processRef="p"/><participant id="Q" name="GP"/><participant id="R" name="lab" processRef="q"/><messageFlow id="f" sourceRef="a" targetRef="Q"/><messageFlow id="g" sourceRef="R" targetRef="a"/><messageFlow id="h" sourceRef="Q" targetRef="R"/></collaboration>${path(task)}<process id="q" isExecutable="false"/>`,
    ),
  ],
  [
    'pools alone',
    written(
      '<collaboration id="c"><participant id="P" name="ward"/><participant id="Q" name="GP"/><messageFlow id="f" sourceRef="P" targetRef="Q"/></collaboration>',
    ),
  ],
  [
    'a choreography beside a process',
    written(
      `<choreography id="h"><participant id="P" name="ward"/><participant id="Q" name="GP"/><startEvent id="hs"/><choreographyTask id="ht" name="refer" initiatingParticipantRef="P"><participantRef>P</participantRef><participantRef>Q</participantRef></choreographyTask><endEvent id="he"/><sequenceFlow id="h1" sourceRef="hs" targetRef="ht"/><sequenceFlow id="h2" sourceRef="ht" targetRef="he"/></choreography>${path(task)}`,
    ),
  ],
  [
    'a conversation',
    written(
      `<collaboration id="c"><participant id="P" name="ward" processRef="p"/><participant id="Q" name="GP"/><conversation id="v" name="care"><participantRef>P</participantRef><participantRef>Q</participantRef></conversation><conversationLink id="l" sourceRef="P" targetRef="v"/><conversationLink id="k" sourceRef="v" targetRef="Q"/></collaboration>${path(task)}`,
    ),
  ],
  ['several diagrams', written(path(task)).replace('</definitions>', `${diagram('D1', 'p')}${diagram('D2', 'p')}</definitions>`)],
  [
    'a shape of something that is gone',
    written(path(task)).replace(
      '</definitions>',
      `${diagram('D', 'p', '<bpmndi:BPMNShape id="x" bpmnElement="gone"><dc:Bounds x="1" y="1" width="10" height="10"/></bpmndi:BPMNShape>')}</definitions>`,
    ),
  ],
  ['a file that says it is not in UTF-8', written(path(task)).replace('UTF-8', 'ISO-8859-1')],
  [
    'a byte order mark, a stylesheet and comments',
    `\uFEFF${written(path(task)).replace('<definitions', '<?xml-stylesheet href="x.xsl"?><!-- x --><definitions')}`,
  ],
  [
    'documentation, and text in CDATA',
    written(path('<task id="a"><documentation textFormat="text/plain"><![CDATA[<b>why</b>]]></documentation></task>')),
  ],
  ['a collapsed subprocess in a drawing', written(path('<subProcess id="a" name="A"/>', '', ''))],
  [
    'performers, resources and interfaces',
    written(
      `<resource id="R" name="nurse"/><message id="m" name="ask"/><interface id="I" name="lab"><operation id="O" name="order"><inMessageRef>m</inMessageRef></operation></interface>${path('<userTask id="a"><potentialOwner id="w"><resourceRef>R</resourceRef></potentialOwner></userTask>')}`,
    ),
  ],
  [
    'conditions in words in a drawing',
    written(
      `<process id="p"><startEvent id="s"/>${flow('s', 'a')}<exclusiveGateway id="a" gatewayDirection="Diverging"/>${flow('a', 'b', '<conditionExpression xsi:type="tFormalExpression">#{patient.ok}</conditionExpression>')}${flow('a', 'e')}<task id="b"/>${flow('b', 'e')}<endEvent id="e"/></process>`,
    ),
  ],
]

describe('files of other tools', () => {
  it.each(files)('%s', async (_, bpmn) => {
    const { findings } = await compile({ bpmn })
    expect(findings.filter(({ severity }) => severity === 'error').map(({ rule, message }) => `${rule}: ${message}`)).toEqual([])
  })
})
