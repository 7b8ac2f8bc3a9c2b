/** Events of several definitions: any of them, or all of them (BPMN 2.0.2, 10.5.5.9). */
import type { ConformanceCase } from '../case.ts'
import { compensate, error, extensions, lasting, message, signal, single, terminate, undo } from '../model.ts'

const concept = 'multiple and parallel multiple events'
const roots = `<message id="m" name="m"/><message id="n" name="n"/><signal id="s" name="s"/><error id="e" name="e" errorCode="e"/>`

export const multipleEvents: ConformanceCase[] = [
  {
    concept,
    name: 'an intermediate event happens by the first of its definitions, and hears the others no more',
    bpmn: single(
      `<startEvent id="start"/><intermediateCatchEvent id="any">${message('m')}${lasting('PT1H')}${signal('s')}</intermediateCatchEvent><endEvent id="end"/>
      flow: start > any > end`,
      roots,
    ),
    script: { signals: [{ name: 's', after: 'PT5M', set: { x: 1 } }], messages: [{ name: 'm', after: 'PT6M' }] },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered any
      PT5M caught any
      PT5M completed any
      PT5M entered end
      PT5M completed end
      => completed PT5M
    `,
    variables: { x: 1 },
  },
  {
    concept,
    name: 'a parallel one happens when all of them have, in whatever order, and keeps what each brought',
    bpmn: single(
      `<startEvent id="start"/><intermediateCatchEvent id="all" parallelMultiple="true">${message('m')}${lasting('PT10M')}${message('n')}</intermediateCatchEvent><endEvent id="end"/>
      flow: start > all > end`,
      roots,
    ),
    script: {
      messages: [
        { name: 'n', after: 'PT2M', set: { x: 1 } },
        { name: 'm', after: 'PT20M', set: { y: 2 } },
      ],
    },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered all
      PT20M caught all
      PT20M completed all
      PT20M entered end
      PT20M completed end
      => completed PT20M
    `,
    variables: { x: 1, y: 2 },
  },
  {
    concept,
    name: 'a boundary event of an error and a timer interrupts by whichever comes',
    bpmn: single(
      `<startEvent id="start"/><userTask id="A"/><boundaryEvent id="edge" attachedToRef="A">${error('e')}${lasting('PT1H')}</boundaryEvent><endEvent id="end"/><endEvent id="end2"/>
      flow: start > A > end
      flow: edge > end2`,
      roots,
    ),
    script: { tasks: { A: { takes: 'PT5M', fails: 'e' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT5M failed A
      PT5M entered edge
      PT5M caught edge
      PT5M completed edge
      PT5M entered end2
      PT5M completed end2
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'one that does not interrupt happens for each message; once only when it is parallel',
    bpmn: single(
      `<startEvent id="start"/><userTask id="A"/><boundaryEvent id="each" attachedToRef="A" cancelActivity="false">${message('m')}${message('n')}</boundaryEvent>
      <boundaryEvent id="both" attachedToRef="A" cancelActivity="false" parallelMultiple="true">${signal('s')}${lasting('PT1M')}</boundaryEvent>
      <endEvent id="end"/><endEvent id="end2"/><endEvent id="end3"/>
      flow: start > A > end
      flow: each > end2
      flow: both > end3`,
      roots,
    ),
    script: {
      tasks: { A: { takes: 'PT1H' } },
      messages: [
        { name: 'm', after: 'PT10M' },
        { name: 'n', after: 'PT20M' },
      ],
      signals: [
        { name: 's', after: 'PT30M' },
        { name: 's', after: 'PT40M' },
      ],
    },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT10M entered each
      PT10M caught each
      PT10M completed each
      PT10M entered end2
      PT10M completed end2
      PT20M entered each
      PT20M caught each
      PT20M completed each
      PT20M entered end2
      PT20M completed end2
      PT30M entered both
      PT30M caught both
      PT30M completed both
      PT30M entered end3
      PT30M completed end3
      PT1H completed A
      PT1H entered end
      PT1H completed end
      => completed PT1H
    `,
  },
  {
    concept,
    name: 'an event subprocess begins by any of them',
    bpmn: single(
      `<startEvent id="start"/><userTask id="A"/><endEvent id="end"/>
      flow: start > A > end
      <subProcess id="Stop" triggeredByEvent="true"><startEvent id="stop">${signal('s')}${message('m')}</startEvent><endEvent id="stopped"/>
      flow: stop > stopped
      </subProcess>`,
      roots,
    ),
    script: { tasks: { A: { takes: 'PT1H' } }, messages: [{ name: 'm', after: 'PT10M' }] },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT10M cancelled A
      PT10M entered Stop
      PT10M entered stop
      PT10M caught stop
      PT10M completed stop
      PT10M entered stopped
      PT10M completed stopped
      PT10M completed Stop
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'an end event sends its messages and signals, then terminates, whatever the order of its definitions',
    bpmn: single(
      `<startEvent id="start"/><parallelGateway id="fork"/><userTask id="A"/><endEvent id="end"/><endEvent id="last">${terminate}${message('m')}${signal('s')}</endEvent>
      flow: start > fork
      flow: fork > A > end
      flow: fork > last`,
      roots,
    ),
    script: { tasks: { A: { takes: 'PT1H' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered last
      PT0S thrown last
      PT0S thrown last
      PT0S completed last
      PT0S cancelled A
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'a throw event sends, then compensates, and goes on when all is undone',
    bpmn: single(
      `<startEvent id="start"/><userTask id="A"/>${undo('A')}<intermediateThrowEvent id="back">${compensate()}${message('m')}</intermediateThrowEvent><endEvent id="end"/>
      flow: start > A > back > end`,
      roots,
    ),
    script: { tasks: { unA: { takes: 'PT5M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered back
      PT0S thrown back
      PT0S thrown back
      PT0S entered unA
      PT5M completed unA
      PT5M completed back
      PT5M entered end
      PT5M completed end
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'a process begins by any of them, with what that one brought',
    bpmn: single(
      `<startEvent id="start">${extensions('<hospital:set variable="x" value="=payload.x"/>')}${message('m')}${signal('s')}</startEvent><userTask id="A"/><endEvent id="end"/>
      flow: start > A > end`,
      roots,
    ),
    script: { triggers: [{ element: 'start', after: 'PT1M', set: { x: 7 } }] },
    expected: `
      PT1M entered start
      PT1M caught start
      PT1M completed start
      PT1M entered A
      PT1M completed A
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'after an event-based gateway one of several definitions decides',
    bpmn: single(
      `<startEvent id="start"/><eventBasedGateway id="either"/><intermediateCatchEvent id="any">${message('m')}${message('n')}</intermediateCatchEvent><intermediateCatchEvent id="late">${lasting('PT1H')}</intermediateCatchEvent><endEvent id="end"/>
      flow: start > either
      flow: either > any > end
      flow: either > late > end`,
      roots,
    ),
    script: { messages: [{ name: 'n', after: 'PT1M' }] },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered either
      PT1M completed either
      PT1M entered any
      PT1M caught any
      PT1M completed any
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
]
