/** A person's task that nobody's worklist shows. */
import { isPersons } from '../program.ts'
import { about, type HospitalRule } from './rule.ts'

/** Warns of user and manual tasks without a role. */
export const taskRole: HospitalRule = ({ nodes }) =>
  nodes
    .filter((node) => isPersons(node) && node.task?.role === '')
    .map((node) =>
      about(
        node,
        'task-role',
        'warning',
        ["has no role: nobody's worklist will show it.", 'Say who does it: <hospital:task role="nurse"/>, on it or on its lane.'],
        [
          'n’a pas de rôle : elle ne paraîtra dans la liste de personne.',
          'Dites qui la fait : <hospital:task role="nurse"/>, sur elle ou sur son couloir.',
        ],
      ),
    )
