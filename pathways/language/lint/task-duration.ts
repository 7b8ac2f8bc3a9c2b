/** Work of which nobody said how long it takes: the twin then does it in no time. */
import { NodeKind, type ProgramNode } from '../program.ts'
import { about, type HospitalRule } from './rule.ts'

/** Warns of what people and systems do, when it has no duration. Waiting for a message takes what it takes; rules and scripts take none. */
export const taskDuration: HospitalRule = ({ nodes }) =>
  nodes
    .filter((node) => isWork(node) && !node.duration)
    .map((node) =>
      about(
        node,
        'task-duration',
        'warning',
        [
          'has no duration: a simulation does it in no time, so waits and workload look smaller than they are.',
          'Say how long it takes: <hospital:duration distribution="lognormal" mean="PT10M" sd="PT5M"/>.',
        ],
        [
          'n’a pas de durée : une simulation la fait en un instant, et l’attente et la charge paraissent plus faibles qu’elles ne sont.',
          'Dites combien de temps elle prend : <hospital:duration distribution="lognormal" mean="PT10M" sd="PT5M"/>.',
        ],
      ),
    )

const isWork = ({ kind, task }: ProgramNode): boolean =>
  kind === NodeKind.userTask ||
  kind === NodeKind.manualTask ||
  kind === NodeKind.serviceTask ||
  (kind === NodeKind.sendTask && task?.activity !== '')
