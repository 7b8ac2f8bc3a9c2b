import type { ConformanceCase } from '../case.ts'
import { lasting, message, signal, single } from '../model.ts'

const concept = 'boundary events'

const roots = '<message id="stop" name="Stop"/><signal id="alarm" name="Alarm"/>'
const task = (boundary: string) => `<startEvent id="start"/><userTask id="A"/>${boundary}<task id="B"/><endEvent id="end"/>
  flow: start > A > end
  flow: edge > B`

export const boundaries: ConformanceCase[] = [
  {
    concept,
    name: 'an interrupting timer cancels the activity and goes on',
    bpmn: single(task(`<boundaryEvent id="edge" attachedToRef="A">${lasting('PT5M')}</boundaryEvent>`)),
    script: { tasks: { A: { takes: 'PT10M' } } },
    flows: true,
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S taken start-A
      PT0S entered A
      PT5M entered edge
      PT5M caught edge
      PT5M cancelled A
      PT5M completed edge
      PT5M taken edge-B
      PT5M entered B
      PT5M completed B
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'a timer that is not reached leaves no trace',
    bpmn: single(task(`<boundaryEvent id="edge" attachedToRef="A">${lasting('PT5M')}</boundaryEvent>`)),
    script: { tasks: { A: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M completed A
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'a timer that does not interrupt goes beside the activity',
    bpmn: single(task(`<boundaryEvent id="edge" attachedToRef="A" cancelActivity="false">${lasting('PT5M')}</boundaryEvent>`)),
    script: { tasks: { A: { takes: 'PT10M' }, B: { takes: 'PT10M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT5M entered edge
      PT5M caught edge
      PT5M completed edge
      PT5M entered B
      PT10M completed A
      PT10M entered end
      PT10M completed end
      PT15M completed B
      => completed PT15M
    `,
  },
  {
    concept,
    name: 'an interrupting message',
    bpmn: single(task(`<boundaryEvent id="edge" attachedToRef="A">${message('stop')}</boundaryEvent>`), roots),
    script: { tasks: { A: { takes: 'PT10M' } }, messages: [{ name: 'Stop', after: 'PT1M' }] },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M entered edge
      PT1M caught edge
      PT1M cancelled A
      PT1M completed edge
      PT1M entered B
      PT1M completed B
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'a message that does not interrupt may come again',
    bpmn: single(
      task(`<boundaryEvent id="edge" attachedToRef="A" cancelActivity="false">${message('stop')}</boundaryEvent>`),
      roots,
    ),
    script: {
      tasks: { A: { takes: 'PT10M' } },
      messages: [
        { name: 'Stop', after: 'PT1M' },
        { name: 'Stop', after: 'PT2M' },
      ],
    },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M entered edge
      PT1M caught edge
      PT1M completed edge
      PT1M entered B
      PT1M completed B
      PT2M entered edge
      PT2M caught edge
      PT2M completed edge
      PT2M entered B
      PT2M completed B
      PT10M completed A
      PT10M entered end
      PT10M completed end
      => completed PT10M
    `,
  },
  {
    concept,
    name: 'an interrupting signal',
    bpmn: single(task(`<boundaryEvent id="edge" attachedToRef="A">${signal('alarm')}</boundaryEvent>`), roots),
    script: { tasks: { A: { takes: 'PT10M' } }, signals: [{ name: 'Alarm', after: 'PT1M' }] },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M entered edge
      PT1M caught edge
      PT1M cancelled A
      PT1M completed edge
      PT1M entered B
      PT1M completed B
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'an interruption cancels the whole subtree, the inner ones first',
    bpmn: single(`<startEvent id="start"/><subProcess id="outer"><startEvent id="os"/><subProcess id="inner"><startEvent id="is"/><userTask id="A"/>
      flow: is > A
      </subProcess><userTask id="C"/>
      flow: os > inner
      flow: os > C
      </subProcess><boundaryEvent id="edge" attachedToRef="outer">${lasting('PT5M')}</boundaryEvent><task id="B"/>
      flow: start > outer
      flow: edge > B`),
    script: { tasks: { A: { takes: 'P1D' }, C: { takes: 'P1D' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered outer
      PT0S entered os
      PT0S completed os
      PT0S entered inner
      PT0S entered C
      PT0S entered is
      PT0S completed is
      PT0S entered A
      PT5M entered edge
      PT5M caught edge
      PT5M cancelled A
      PT5M cancelled inner
      PT5M cancelled C
      PT5M cancelled outer
      PT5M completed edge
      PT5M entered B
      PT5M completed B
      => completed PT5M
    `,
  },
  {
    concept,
    name: 'two interruptions at one moment: the one that was armed first wins',
    bpmn: single(`<startEvent id="start"/><userTask id="A"/><boundaryEvent id="one" attachedToRef="A">${lasting('PT5M')}</boundaryEvent>
      <boundaryEvent id="two" attachedToRef="A">${lasting('PT5M')}</boundaryEvent><task id="B"/><task id="C"/>
      flow: start > A
      flow: one > B
      flow: two > C`),
    script: { tasks: { A: { takes: 'PT5M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT5M entered one
      PT5M caught one
      PT5M cancelled A
      PT5M completed one
      PT5M entered B
      PT5M completed B
      => completed PT5M
    `,
  },
]
