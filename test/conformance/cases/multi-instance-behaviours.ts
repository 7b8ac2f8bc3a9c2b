/** What multi-instance activities throw as their instances complete (BPMN 2.0.2, table 10.30). */
import type { ConformanceCase } from '../case.ts'
import { escalation, signal, single } from '../model.ts'

const concept = 'multi-instance behaviours'
const roots = `<signal id="s" name="s"/><escalation id="x" name="x" escalationCode="x"/>
  <signalEventDefinition id="sd" signalRef="s"/><escalationEventDefinition id="xd" escalationRef="x"/>`

const loop = (behaviour: string, inside = '') =>
  `<multiInstanceLoopCharacteristics isSequential="true" ${behaviour}><loopCardinality xsi:type="tFormalExpression">3</loopCardinality>${inside}</multiInstanceLoopCharacteristics>`

const around = (
  task: string,
  edge: string,
) => `<startEvent id="start"/><userTask id="A">${task}</userTask>${edge}<endEvent id="end"/><endEvent id="end2"/>
      flow: start > A > end
      flow: edge > end2`

const listening = `<boundaryEvent id="edge" attachedToRef="A" cancelActivity="false">${signal('s')}</boundaryEvent>`
const interrupting = `<boundaryEvent id="edge" attachedToRef="A">${escalation('x')}</boundaryEvent>`
const tasks = { A: { takes: 'PT1M' } }

export const multiInstanceBehaviours: ConformanceCase[] = [
  {
    concept,
    name: 'One: the first instance that completes throws, and the boundary hears it',
    bpmn: single(around(loop('behavior="One" oneBehaviorEventRef="sd"'), listening), roots),
    script: { tasks },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×3
      PT0S entered A #1
      PT1M completed A #1
      PT1M thrown A
      PT1M entered A #2
      PT1M entered edge
      PT1M caught edge
      PT1M completed edge
      PT1M entered end2
      PT1M completed end2
      PT2M completed A #2
      PT2M entered A #3
      PT3M completed A #3
      PT3M completed A ×3
      PT3M entered end
      PT3M completed end
      => completed PT3M
    `,
  },
  {
    concept,
    name: 'None: each instance throws; an interrupting boundary event ends them at the first',
    bpmn: single(around(loop('behavior="None" noneBehaviorEventRef="xd"'), interrupting), roots),
    script: { tasks },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×3
      PT0S entered A #1
      PT1M completed A #1
      PT1M thrown A
      PT1M entered edge
      PT1M caught edge
      PT1M cancelled A
      PT1M completed edge
      PT1M entered end2
      PT1M completed end2
      => completed PT1M
    `,
  },
  {
    concept,
    name: 'Complex: conditions over the numbers of instances decide',
    bpmn: single(
      around(
        loop(
          'behavior="Complex"',
          '<complexBehaviorDefinition id="c"><condition xsi:type="tFormalExpression">numberOfCompletedInstances = 2</condition><event id="ce"><escalationEventDefinition id="ced" escalationRef="x"/></event></complexBehaviorDefinition>',
        ),
        interrupting,
      ),
      roots,
    ),
    script: { tasks },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A ×3
      PT0S entered A #1
      PT1M completed A #1
      PT1M entered A #2
      PT2M completed A #2
      PT2M thrown A
      PT2M entered edge
      PT2M caught edge
      PT2M cancelled A
      PT2M completed edge
      PT2M entered end2
      PT2M completed end2
      => completed PT2M
    `,
  },
]
