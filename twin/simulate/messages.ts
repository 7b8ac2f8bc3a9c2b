/** Messages and signals reach those who listen, or begin a run. */
import { concerns, EventKind } from '../../pathways/language/program.ts'
import { begin, deliver } from './begin.ts'
import { type ChanceKey, within, wordOf } from './chance.ts'
import type { Letter, SimulatedRun } from './state.ts'
import type { World } from './world.ts'

export const post = (world: World, letter: Letter, patient: string, key: ChanceKey): void => {
  const [hearer] = world.mailbox.hearers('message', letter.name, letter.key)
  if (hearer) {
    deliver(world, hearer.run, { type: 'received', at: world.state.at, wait: hearer.wait, payload: letter.payload })
  } else if (!beginBy(world, EventKind.message, letter, patient, key)) {
    const { name, payload } = letter
    world.mailbox.keep({ name, key: letter.key, payload, at: world.state.at })
  }
}

/** A signal reaches all that listen, but the run that sends it, which has heard it already. */
export const broadcast = (world: World, letter: Letter, sender: SimulatedRun, key: ChanceKey): void => {
  for (const { run, wait } of world.mailbox.hearers('signal', letter.name, letter.key))
    if (run !== sender) deliver(world, run, { type: 'received', at: world.state.at, wait, payload: letter.payload })
  beginBy(world, EventKind.signal, letter, sender.patient, key)
}

/** A message begins one run, a signal one of each pathway that begins with it. */
const beginBy = (world: World, kind: EventKind, { name, payload }: Letter, patient: string, key: ChanceKey): boolean => {
  let begun = false
  for (const { program } of world.pathways.values()) {
    const { nodes } = program
    const start = nodes[0]!.starts.find((node) => concerns(nodes[node]!.event, kind, name))
    if (start === undefined) continue
    begin(world, program.process, start, payload, patient, within(key, wordOf(program.process)))
    begun = true
    if (kind === EventKind.message) break
  }
  return begun
}
