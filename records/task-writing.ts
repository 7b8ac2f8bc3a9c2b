/** The worklist as a step changes it: tasks that begin, are done, or are needed no more. */
import type { Effect, Event } from '../pathways/engine/contract.ts'
import { isPersons, NodeKind, type Program } from '../pathways/language/program.ts'
import type { Carrying, RunRow } from './carrying.ts'
import type { Records } from './database.ts'

type Perform = Extract<Effect, { type: 'perform' }>
type Revise = Extract<Effect, { type: 'revise' }>
type Done = Extract<Event, { type: 'completed' | 'failed' }>

interface NewTask {
  id: string
  state: 'open' | 'cancelled'
  ended_at: number | null
  [column: string]: unknown
}

export const taskId = (run: string, wait: number): string => `${run}:${wait}`

/** The row of a person's task; null for a system activity. */
export function taskRow(
  { encryption }: Records,
  { id, site, pathway, patient, program }: Pick<RunRow, 'id' | 'site' | 'pathway' | 'patient'> & { program: Program },
  { wait, node, inputs, priority, due, place }: Omit<Perform, 'type' | 'activation'>,
  at: number,
): NewTask | null {
  const { id: element, name, kind, task } = program.nodes[node]!
  if (!isPersons(program.nodes[node]!)) return null
  return {
    id: taskId(id, wait),
    site,
    run: id,
    wait,
    pathway,
    hash: program.hash,
    patient,
    element,
    name,
    kind: kind === NodeKind.manualTask ? 'manual' : 'user',
    role: task?.role ?? '',
    unit: place.split('/')[0]!,
    place,
    form: task?.form ?? '',
    priority,
    state: 'open',
    created_at: at,
    due_at: due,
    ended_at: null,
    inputs: encryption.encryptJson(inputs),
  }
}

export class TaskWriting {
  readonly #carrying: Carrying
  readonly #begun = new Map<number, NewTask>()
  readonly #revised: Revise[] = []
  readonly #done: { id: string; by: string | null; key: string | null; at: number; state: string }[] = []

  constructor(carrying: Carrying) {
    this.#carrying = carrying
  }

  /** People's tasks get a row; system activities are the workflow's own business. */
  perform(effect: Perform): void {
    const { records, run, program, at } = this.#carrying
    const task = taskRow(records, { ...run, program }, effect, at)
    if (task) this.#begun.set(effect.wait, task)
  }

  /** An open task is described anew; who claimed it keeps it. */
  revise(effect: Revise): void {
    this.#revised.push(effect)
  }

  done({ type, wait, at }: Done): void {
    const { run, batch } = this.#carrying
    const state = type === 'completed' ? 'completed' : 'cancelled'
    this.#done.push({ id: taskId(run.id, wait), by: batch.by?.[wait] ?? null, key: batch.keys?.[wait] ?? null, at, state })
  }

  noLonger(wait: number): void {
    const { run, at } = this.#carrying
    const begun = this.#begun.get(wait)
    if (begun) Object.assign(begun, { state: 'cancelled', ended_at: at })
    else this.#done.push({ id: taskId(run.id, wait), by: null, key: null, at, state: 'cancelled' })
  }

  async write(): Promise<void> {
    const { tx } = this.#carrying
    const queries = []
    if (this.#begun.size > 0) queries.push(tx`insert into tasks ${tx([...this.#begun.values()] as Record<string, string>[])}`)
    if (this.#done.length > 0)
      queries.push(tx`
        update tasks set state = x.state, completed_by = x.by, completion_key = x.key, ended_at = x.at
        from json_to_recordset(${JSON.stringify(this.#done)}::json) as x(id text, state text, by text, key text, at bigint)
        where tasks.id = x.id and tasks.ended_at is null`)
    for (const effect of this.#revised) queries.push(...this.#reviseOne(effect))
    await Promise.all(queries)
  }

  #reviseOne(effect: Revise) {
    const { tx, run, records, program, at } = this.#carrying
    const { id: element, name } = program.nodes[effect.node]!
    const task = taskRow(records, { ...run, program }, effect, at)
    const incident = tx`
      update incidents set element = ${element}, name = ${name} where run = ${run.id} and wait = ${effect.wait} and state = 'open'`
    if (!task) return [incident]
    const { id, role, state: _, ended_at: __, created_at: ___, ...described } = task
    // Who it was handed over to stays: that was somebody's decision.
    return [
      incident,
      tx`update tasks set ${tx(described as Record<string, string>)}, role = case when handover is null then ${role as string} else role end
        where id = ${id} and ended_at is null`,
    ]
  }
}
