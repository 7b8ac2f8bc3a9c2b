/**
 * Synthetic staff: they see the worklist, do each task for as long as its model says, take it and complete it, all through the API.
 * How long and with what outcome depends on the seed, the run and the step alone, so staff that are stopped go on where they were.
 */

import { NEXT } from '../../pathways/engine/index.ts'
import { toClosure } from '../../pathways/language/feel/evaluate.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import type { Program, ProgramNode } from '../../pathways/language/program.ts'
import { hospitalMsOfIso, isoOf, type SiteTime } from '../../pathways/time/site.ts'
import { nextByChance } from '../../twin/simulate/branching.ts'
import { type ChanceKey, chanceOf, Purpose, uniform, within, wordOf } from '../../twin/simulate/chance.ts'
import { sample } from '../../twin/simulate/distributions.ts'
import type { ApiClient } from './api-client.ts'

/** What of a task they need. */
interface Task {
  id: string
  run: string
  element: string
  state: 'open' | 'claimed' | 'completed' | 'cancelled'
  mine: boolean
  createdAt: string
}

export interface StaffOptions {
  site: SiteTime
  seed: number
  /** A run's Program by its hash: how long a task takes and what comes of it stand in the model. */
  programOf: (hash: string) => Promise<Program>
  /** A completion was refused: the task is looked at anew. @param problem type of the API's answer. */
  onRefused: (element: string, problem: string) => void
}

interface Run {
  program: string
  variables: Variables
}

interface Planned {
  task: Task
  node: ProgramNode
  expressions: Program['expressions']
  doneAt: number
}

const PAGE = 200

export class SyntheticStaff {
  readonly #api: ApiClient
  readonly #options: StaffOptions
  readonly #chance: ChanceKey
  /** Tasks they will do, by id. */
  readonly #inHand = new Map<string, Planned>()
  #completed = 0

  constructor(api: ApiClient, options: StaffOptions) {
    this.#api = api
    this.#options = options
    this.#chance = chanceOf(options.seed, 0)
  }

  get completed(): number {
    return this.#completed
  }

  /** Takes what is new and completes what is done by now. @param hospitalNow milliseconds. @throws ApiUnavailable */
  async work(hospitalNow: number): Promise<void> {
    await this.#takeNew()
    const done = [...this.#inHand.values()].filter(({ doneAt }) => doneAt <= hospitalNow)
    done.sort((one, other) => one.doneAt - other.doneAt)
    await eachOf(done, 4, (planned) => this.#complete(planned, hospitalNow))
  }

  async #takeNew(): Promise<void> {
    const seen = new Set<string>()
    let cursor = ''
    do {
      const { body } = await this.#api.get<{ items: Task[]; next: string | null }>(
        `/api/tasks?limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      for (const { id } of body.items) seen.add(id)
      await eachOf(
        body.items.filter((task) => !this.#inHand.has(task.id) && (task.state === 'open' || task.mine)),
        4,
        (task) => this.#take(task),
      )
      cursor = body.next ?? ''
    } while (cursor)
    // Cancelled meanwhile: nobody does it any more.
    for (const id of this.#inHand.keys()) if (!seen.has(id)) this.#inHand.delete(id)
  }

  async #take(task: Task): Promise<void> {
    const { id, run, element, createdAt } = task
    const { status, body } = await this.#api.get<Run>(`/api/runs/${encodeURIComponent(run)}?limit=1`)
    if (status !== 200) return
    const { nodes, expressions } = await this.#options.programOf(body.program)
    const node = nodes.find((candidate) => candidate.id === element)!
    const durationMs = node.duration ? Math.round(sample(node.duration, this.#keyOf(task), Purpose.duration)) : 0
    this.#inHand.set(id, { task, node, expressions, doneAt: hospitalMsOfIso(createdAt, this.#options.site)! + durationMs })
  }

  /** Claimed only now: until then whoever looks at the worklist may take the task from them. */
  async #complete(planned: Planned, hospitalNow: number): Promise<void> {
    const { id, run } = planned.task
    this.#inHand.delete(id)
    if ((await this.#api.post(`/api/tasks/${encodeURIComponent(id)}/claim`)).status !== 200) return
    const { status: found, body } = await this.#api.get<Run>(`/api/runs/${encodeURIComponent(run)}?limit=1`)
    if (found !== 200) return
    const at = isoOf(Math.min(planned.doneAt, hospitalNow), this.#options.site)
    const enabled = await this.#enabledFor(planned)
    const data = this.#outcomes(planned, { ...body.variables, ...(enabled && { enabled }) })
    const { status, body: answer } = await this.#api.post<{ type?: string }>(
      `/api/tasks/${encodeURIComponent(id)}/complete`,
      { data, at },
      `staff-${id}`,
    )
    if (status === 200) {
      this.#completed++
      if (body.variables.alertId !== undefined) await this.#closeAlerts(run, planned.node.name)
    } else this.#options.onRefused(planned.task.element, answer.type ?? String(status))
  }

  /** What was done answers the alerts of that run. @param note what it was. */
  async #closeAlerts(run: string, note: string): Promise<void> {
    const { body } = await this.#api.get<{ items?: { id: string }[] }>(`/api/alerts?state=open&run=${encodeURIComponent(run)}`)
    for (const { id } of body.items ?? []) await this.#api.post(`/api/alerts/${encodeURIComponent(id)}/close`, { note })
  }

  /** What there is to choose from, where that is the task. */
  async #enabledFor({ task, node }: Planned): Promise<string[] | null> {
    if (!node.adHoc) return null
    const { body } = await this.#api.get<{ inputs?: { enabled?: string[] } }>(`/api/tasks/${encodeURIComponent(task.id)}`)
    return body.inputs?.enabled ?? []
  }

  /** What they write: each outcome in turn, over the variables and those before it. */
  #outcomes({ task, node, expressions, doneAt }: Planned, variables: Variables): Variables {
    const written: Variables = {}
    const key = this.#keyOf(task)
    node.outcomes.forEach(({ variable, expression }, draw) => {
      const luck = uniform(key, Purpose.outcome, draw)
      const get = (name: string): Value | undefined => (name === 'luck' ? luck : (written[name] ?? variables[name]))
      written[variable] = toClosure(expressions[expression]!)({ get, at: doneAt, site: this.#options.site })
    })
    if (node.adHoc) {
      const luck = uniform(key, Purpose.outcome, node.outcomes.length)
      written[NEXT] = nextByChance(written[NEXT], variables.enabled as string[], luck)
    }
    return written
  }

  /** A task id is unique to its run and wait: so is its chance. */
  #keyOf({ id, element }: Task): ChanceKey {
    return within(within(this.#chance, wordOf(id)), wordOf(element))
  }
}

/** Runs `work` for each item, at most `width` at once. */
export async function eachOf<T>(items: T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: Math.min(width, items.length) }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
    }),
  )
}
