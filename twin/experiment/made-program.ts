/** Programs that nobody has drawn. */
import { noEvent } from '../../pathways/language/bpmn/compile-event.ts'
import { contentHash } from '../../pathways/language/canonical.ts'
import { NodeKind, type Program, type ProgramDuration, type ProgramNode } from '../../pathways/language/program.ts'

/** A node that does nothing, of which its id, kind and place are left to be said. */
export const BLANK_NODE = {
  name: '',
  defaultFlow: -1,
  boundaries: [],
  attachedTo: -1,
  interrupting: true,
  event: null,
  starts: [],
  eventSubProcesses: [],
  loop: null,
  task: null,
  call: null,
  needs: [],
  takes: [],
  gives: [],
  slot: null,
  priority: -1,
  duration: null,
  outcomes: [],
} satisfies Partial<ProgramNode>

/** A pathway of one task that lasts so long and needs nobody: what makes a unit usable again. */
export const pausing = (process: string, duration: ProgramDuration): Program => {
  const nodes: ProgramNode[] = [
    {
      ...BLANK_NODE,
      id: process,
      type: 'bpmn:Process',
      kind: NodeKind.process,
      scope: -1,
      incoming: [],
      outgoing: [],
      starts: [1],
    },
    {
      ...BLANK_NODE,
      id: 'Used',
      type: 'bpmn:StartEvent',
      kind: NodeKind.startEvent,
      scope: 0,
      incoming: [],
      outgoing: [0],
      event: noEvent(),
    },
    { ...BLANK_NODE, id: 'Turnover', type: 'bpmn:Task', kind: NodeKind.task, scope: 0, incoming: [0], outgoing: [1], duration },
    {
      ...BLANK_NODE,
      id: 'Usable',
      type: 'bpmn:EndEvent',
      kind: NodeKind.endEvent,
      scope: 0,
      incoming: [1],
      outgoing: [],
      event: noEvent(),
    },
  ]
  const flows = [1, 2].map((source) => ({ id: `${source}`, name: '', source, target: source + 1, condition: -1 }))
  const content = { format: 1 as const, process, name: '', nodes, flows, expressions: [], decisions: [], holds: [], forms: {} }
  return { hash: contentHash(content), ...content }
}
