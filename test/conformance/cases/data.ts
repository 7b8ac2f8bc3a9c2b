/** Data objects, inputs, outputs and associations of tasks, calls and events, and loops over them (BPMN 2.0.2, 10.4 and 10.3.8.2). */
import type { ConformanceCase } from '../case.ts'
import { single } from '../model.ts'

const concept = 'data objects and associations'

const specification = (input: string, output: string) =>
  `<ioSpecification>${input && `<dataInput id="${input}In" name="${input}"/>`}${output && `<dataOutput id="${output}Out" name="${output}"/>`}<inputSet>${input && `<dataInputRefs>${input}In</dataInputRefs>`}</inputSet><outputSet>${output && `<dataOutputRefs>${output}Out</dataOutputRefs>`}</outputSet></ioSpecification>`
const bring = (from: string, input: string, transformation = '') =>
  `<dataInputAssociation id="b${input}"><sourceRef>${from}</sourceRef><targetRef>${input}In</targetRef>${transformation && `<transformation xsi:type="tFormalExpression">${transformation}</transformation>`}</dataInputAssociation>`
const give = (output: string, to: string, transformation = '') =>
  `<dataOutputAssociation id="g${output}"><sourceRef>${output}Out</sourceRef><targetRef>${to}</targetRef>${transformation && `<transformation xsi:type="tFormalExpression">${transformation}</transformation>`}</dataOutputAssociation>`

export const data: ConformanceCase[] = [
  {
    concept,
    name: 'an input is a copy that the task alone sees; an output goes to the object it is drawn to',
    bpmn: single(`<dataObject id="weight"/><dataObjectReference id="weightRef" dataObjectRef="weight" name="weight [measured]"/><dataObject id="dose" name="dose"/><dataObjectReference id="doseRef" dataObjectRef="dose"/>
      <startEvent id="start"/><scriptTask id="A" scriptFormat="feel"><extensionElements><hospital:result variable="mg"/></extensionElements>${specification('kilograms', 'mg')}${bring('weightRef', 'kilograms')}${give('mg', 'doseRef')}<script>kilograms * 15</script></scriptTask><endEvent id="end"/>
      flow: start > A > end`),
    script: { variables: { weight: 70 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { dose: 1050, mg: 1050 },
  },
  {
    concept,
    name: 'transformations speak of their sources by name; what a task does not give sets nothing',
    bpmn: single(`<dataObject id="x"/><dataObject id="y"/><dataObject id="z"/>
      <startEvent id="start"/><userTask id="A"><ioSpecification><dataInput id="halfIn" name="half"/><dataOutput id="fullOut" name="full"/><dataOutput id="noneOut" name="none"/><inputSet><dataInputRefs>halfIn</dataInputRefs></inputSet><outputSet><dataOutputRefs>fullOut</dataOutputRefs></outputSet></ioSpecification>${bring('x', 'half', 'x / 2')}${give('full', 'y', 'full + 1')}${give('none', 'z')}</userTask><endEvent id="end"/>
      flow: start > A > end`),
    script: { variables: { x: 10, z: 'kept' }, tasks: { A: { set: { full: '=half * 2' } } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { y: 11, z: 'kept' },
  },
  {
    concept,
    name: 'assignments set the target of an association, or parts of it, from its sources by name',
    bpmn: single(`<dataObject id="x"/><dataObject id="y"/>
      <startEvent id="start"/><scriptTask id="A" scriptFormat="feel"><extensionElements><hospital:result variable="seen"/></extensionElements><ioSpecification><dataInput id="orderIn" name="order"/><dataInput id="wordIn" name="word"/><dataOutput id="seen"/><inputSet><dataInputRefs>orderIn</dataInputRefs><dataInputRefs>wordIn</dataInputRefs></inputSet><outputSet><dataOutputRefs>seen</dataOutputRefs></outputSet></ioSpecification>
      <dataInputAssociation id="b"><sourceRef>x</sourceRef><targetRef>orderIn</targetRef><assignment><from>x.dose * 2</from><to>order.dose</to></assignment><assignment><from>"now"</from><to>order.when</to></assignment></dataInputAssociation>
      <dataInputAssociation id="c"><targetRef>wordIn</targetRef><assignment><from>"alone"</from><to>wordIn</to></assignment></dataInputAssociation>
      <dataOutputAssociation id="d"><sourceRef>seen</sourceRef><targetRef>y</targetRef></dataOutputAssociation><script>{ order: order, word: word }</script></scriptTask><endEvent id="end"/>
      flow: start > A > end`),
    script: { variables: { x: { dose: 5, unit: 'mg' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { y: { order: { dose: 10, unit: 'mg', when: 'now' }, word: 'alone' }, x: { dose: 5, unit: 'mg' } },
  },
  {
    concept,
    name: 'a loop over a data input gathers into a data output',
    bpmn: single(`<dataObject id="wards" isCollection="true"/><dataObject id="beds" isCollection="true"/>
      <startEvent id="start"/><scriptTask id="A" scriptFormat="feel"><extensionElements><hospital:result variable="count"/></extensionElements><ioSpecification><dataInput id="wardsIn" isCollection="true"/><dataOutput id="bedsOut" isCollection="true"/><inputSet><dataInputRefs>wardsIn</dataInputRefs></inputSet><outputSet><dataOutputRefs>bedsOut</dataOutputRefs></outputSet></ioSpecification>
      <dataInputAssociation id="b"><sourceRef>wards</sourceRef><targetRef>wardsIn</targetRef></dataInputAssociation><dataOutputAssociation id="g"><sourceRef>bedsOut</sourceRef><targetRef>beds</targetRef></dataOutputAssociation>
      <multiInstanceLoopCharacteristics isSequential="true"><loopDataInputRef>wardsIn</loopDataInputRef><loopDataOutputRef>bedsOut</loopDataOutputRef><inputDataItem id="ward" name="ward"/><outputDataItem id="count" name="count"/></multiInstanceLoopCharacteristics><script>ward.beds + loopCounter</script></scriptTask><endEvent id="end"/>
      flow: start > A > end`),
    script: { variables: { wards: [{ beds: 10 }, { beds: 20 }] } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×2
      PT0S entered A #1
      PT0S completed A #1
      PT0S entered A #2
      PT0S completed A #2
      PT0S completed A ×2
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { beds: [11, 22] },
  },
  {
    concept,
    name: 'a message carries what is drawn into its throw event, and goes where it is drawn from its catch event, by name or as a whole',
    bpmn: single(
      `<dataObject id="weight"/><dataObject id="seen"/><dataObject id="all"/>
      <startEvent id="start"/><parallelGateway id="split"/>
      <intermediateThrowEvent id="T"><dataInput id="kilogramsIn" name="kilograms"/>${bring('weight', 'kilograms', 'weight * 2')}<inputSet><dataInputRefs>kilogramsIn</dataInputRefs></inputSet><messageEventDefinition messageRef="M"/></intermediateThrowEvent>
      <intermediateCatchEvent id="C"><dataOutput id="kilogramsOut" name="kilograms"/><dataOutput id="letterOut" name="letter"/>${give('kilograms', 'seen')}${give('letter', 'all')}<outputSet><dataOutputRefs>kilogramsOut</dataOutputRefs><dataOutputRefs>letterOut</dataOutputRefs></outputSet><messageEventDefinition messageRef="M"/></intermediateCatchEvent>
      <endEvent id="end"/><endEvent id="sent"/>
      flow: start > split > C > end
      flow: split > T > sent`,
      '<message id="M" name="weighed"/>',
    ),
    script: { variables: { weight: 70 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered split
      PT0S completed split
      PT0S entered C
      PT0S entered T
      PT0S thrown T
      PT0S completed T
      PT0S entered sent
      PT0S completed sent
      PT0S caught C
      PT0S completed C
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { seen: 140, all: { kilograms: 140 } },
  },
  {
    concept,
    name: 'a call takes what is drawn into its inputs and gives what is drawn from its outputs',
    bpmn: `${single(`<dataObject id="weight"/><dataObject id="dose"/>
      <startEvent id="start"/><callActivity id="A" calledElement="q">${specification('kilograms', 'mg')}${bring('weight', 'kilograms')}${give('mg', 'dose')}</callActivity><endEvent id="end"/>
      flow: start > A > end`).replace(
      '</definitions>',
      '<process id="q" isExecutable="true"><startEvent id="s2"/><sequenceFlow id="q1" sourceRef="s2" targetRef="B"/><scriptTask id="B" scriptFormat="feel"><extensionElements><hospital:result variable="mg"/></extensionElements><script>kilograms * 15</script></scriptTask><sequenceFlow id="q2" sourceRef="B" targetRef="e2"/><endEvent id="e2"/></process></definitions>',
    )}`,
    script: { variables: { weight: 2 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S entered q:s2
      PT0S completed q:s2
      PT0S entered q:B
      PT0S completed q:B
      PT0S entered q:e2
      PT0S completed q:e2
      PT0S completed A
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
    variables: { dose: 30 },
  },
]
