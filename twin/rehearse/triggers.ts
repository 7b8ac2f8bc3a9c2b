/** Messages, signals and triggers of a script, at their times. */
import type { WaitKind } from '../../pathways/engine/contract.ts'
import type { Executable } from '../../pathways/engine/index.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { EventKind, NodeKind, partsOf } from '../../pathways/language/program.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import type { MemoryHost, Run } from './memory-host.ts'
import { after, RehearsalError, type Script, type ScriptedMessage, type ScriptedTrigger, valuesOf } from './script.ts'

/** Where and when the rehearsed process begins. */
export function startOf({ program }: Executable, script: Script, site: SiteTime): { start: number; at: number } {
  for (const [index, trigger] of (script.triggers ?? []).entries()) {
    const start = program.nodes[0]!.starts.find((node) => program.nodes[node]!.id === trigger.element)
    if (start !== undefined) return { start, at: after(0, trigger.after, site, `triggers[${index}].after`) }
  }
  return { start: -1, at: 0 }
}

/** Plans all of it. Gives what is to be called after everything that happens: triggers for which nobody listened yet try again. */
export function planTriggers(host: MemoryHost, executables: Executable[], script: Script, site: SiteTime): () => void {
  let pending: (() => boolean)[] = []
  for (const [index, message] of (script.messages ?? []).entries()) {
    const place = `messages[${index}]`
    const post = (at: number) => {
      const payload = valuesOf(message.set, firstVariables(host), at, site, `${place}.set`)
      host.post({ name: message.name, key: undefined, payload })
    }
    for (const at of timesOf(message, site, place)) host.plan(at, post)
  }
  for (const [index, signal] of (script.signals ?? []).entries()) {
    const place = `signals[${index}]`
    const broadcast = (at: number) =>
      host.broadcast(signal.name, valuesOf(signal.set, firstVariables(host), at, site, `${place}.set`))
    for (const at of timesOf(signal, site, place)) host.plan(at, broadcast)
  }
  for (const [index, trigger] of (script.triggers ?? []).entries()) {
    const place = `triggers[${index}]`
    if (!executables.some(({ program }) => program.nodes.some(({ id }) => id === trigger.element))) {
      throw new RehearsalError(place, `there is no element "${trigger.element}"`)
    }
    if (executables.some(({ program }) => program.nodes[0]!.starts.some((node) => program.nodes[node]!.id === trigger.element)))
      continue
    const at = after(0, trigger.after, site, `${place}.after`)
    const setOff = () => host.runs.some((run) => setOffIn(host, run, trigger, site, place))
    host.plan(at, () => {
      if (!setOff()) pending.push(setOff)
    })
  }
  return () => {
    if (pending.length > 0) pending = pending.filter((setOff) => !setOff())
  }
}

/** When a message comes: once, or again and again. */
function timesOf({ after: delay, every, times = 1 }: ScriptedMessage, site: SiteTime, place: string): number[] {
  const all = [after(0, delay, site, `${place}.after`)]
  while (every !== undefined && all.length < times) all.push(after(all.at(-1)!, every, site, `${place}.every`))
  return all
}

const firstVariables = (host: MemoryHost): Variables => host.runs.at(-1)?.instance.variables[0] ?? {}

/** Makes a catching event happen in a run; false when nothing listens for it there. */
function setOffIn(host: MemoryHost, run: Run, { element, set }: ScriptedTrigger, site: SiteTime, place: string): boolean {
  const { nodes } = run.executable.program
  const node = nodes.findIndex(({ id }) => id === element)
  const { waits } = run.instance.marking
  const open = waits.filter((wait) => wait.node === node && isForEvent(wait.kind))
  // A parallel multiple event happens when all of it does, any other by the first.
  const answered = nodes[node]?.event?.parallel ? open : open.slice(0, 1)
  for (const wait of answered) {
    const payload = valuesOf(set, run.instance.variables[0]!, host.at, site, `${place}.set`)
    if (wait.kind === 'timer') host.tell(run, { type: 'elapsed', at: host.at, wait: wait.id })
    else host.tell(run, { type: 'received', at: host.at, wait: wait.id, payload })
  }
  if (answered.length > 0) return true
  // An error on a boundary happens when the activity that carries it fails with its code.
  const { kind, event, attachedTo } = nodes[node] ?? {}
  const error = partsOf(event).find((part) => part.kind === EventKind.error)
  if (kind !== NodeKind.boundaryEvent || !error) return false
  const work = waits.find((open) => open.node === attachedTo && open.kind === 'task')
  if (!work) return false
  host.tell(run, { type: 'failed', at: host.at, wait: work.id, code: error.name, message: 'The script fails it' })
  return true
}

const isForEvent = (kind: WaitKind): boolean =>
  kind === 'timer' || kind === 'message' || kind === 'signal' || kind === 'condition'
