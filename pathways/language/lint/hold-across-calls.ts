/** Hold and wait (see `hold-and-wait.ts`) over a call: the caller's patient keeps a unit, lent or not, while the called pathway asks for another of the same resource. */
import type { Finding } from '../finding.ts'
import type { Program, ProgramNode } from '../program.ts'
import { keptAt } from './hold-and-wait.ts'
import { about } from './rule.ts'

/** Warns of each call of one of these pathways, itself or through calls of its own, that asks for what the caller keeps. */
export const holdAcrossCalls = (program: Program, known: readonly Program[]): Finding[] => {
  const calls = program.nodes.flatMap((node, index) => (node.call ? [{ node, index }] : []))
  if (calls.length === 0) return []
  const kept = keptAt(program)
  return calls.flatMap(({ node, index }) => {
    const asked = askedBy(node.call!.process, known)
    const crossed = kept[index]!.find(({ pool }) => asked.has(pool))
    return crossed ? warned(node, crossed, asked.get(crossed.pool)!) : []
  })
}

interface Asking {
  process: string
  element: string
}

/** Where a pathway first asks for each resource, itself and in what it calls. */
const askedBy = (process: string, known: readonly Program[]): Map<string, Asking> => {
  const asked = new Map<string, Asking>()
  const pending = [process]
  for (const at of pending) {
    const program = known.find((each) => each.process === at)
    for (const { id, needs, takes, call } of program?.nodes ?? []) {
      for (const { pool } of [...needs, ...takes.map((take) => program!.holds[take]!)])
        if (!asked.has(pool)) asked.set(pool, { process: at, element: id })
      if (call && !pending.includes(call.process)) pending.push(call.process)
    }
  }
  return asked
}

const warned = (node: ProgramNode, { pool, name }: { pool: string; name: string }, { process, element }: Asking): Finding =>
  about(
    node,
    'hold-and-wait',
    'warning',
    [
      `calls "${process}", which asks for "${pool}" ("${element}") while the patient keeps another of them ("${name}"): once all are taken, patients wait for each other, and none goes on.`,
      'Hand it over to the called pathway, which gives it back before it asks, give it back before the call, or make two resources of them.',
    ],
    [
      `appelle « ${process} », qui demande « ${pool} » (« ${element} ») alors que le patient en garde un autre (« ${name} ») : une fois tous pris, les patients s’attendent les uns les autres, et aucun n’avance.`,
      'Cédez-le au parcours appelé, qui le rend avant d’en demander un, rendez-le avant l’appel, ou faites-en deux ressources.',
    ],
  )
