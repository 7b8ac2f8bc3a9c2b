/**
 * Synthetic staff: they see the worklist, take each task, do it for as long as its model says, and complete it, all through the API.
 * How long and with what outcome depends on the seed, the run and the step alone, so staff that are stopped go on where they were.
 */

import { toClosure } from '../../pathways/language/feel/evaluate.ts'
import type { FeelTree } from '../../pathways/language/feel/tree.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import type { ProgramDuration } from '../../pathways/language/program.ts'
import { hospitalMsOfIso, isoOf, type SiteTime } from '../../pathways/time/site.ts'
import { type ChanceKey, chanceOf, Purpose, uniform, within, wordOf } from '../../twin/simulate/chance.ts'
import { sample } from '../../twin/simulate/distributions.ts'
import type { ApiClient } from './api-client.ts'

/** What of a task they need; the API's `TaskDetail` for synthetic staff. */
interface Task {
  id: string
  state: 'open' | 'claimed' | 'completed' | 'cancelled'
  mine: boolean
  createdAt: string
}
interface Work extends Task {
  run: string
  element: string
  duration: ProgramDuration | null
  outcomes: { variable: string; expression: FeelTree }[]
  variables: Variables
}

interface Planned {
  id: string
  doneAt: number
  work: Work
}

const PAGE = 200

export class SyntheticStaff {
  readonly #api: ApiClient
  readonly #site: SiteTime
  readonly #chance: ChanceKey
  /** Tasks in hand, by id. */
  readonly #inHand = new Map<string, Planned>()
  #completed = 0

  constructor(api: ApiClient, site: SiteTime, seed: number) {
    this.#api = api
    this.#site = site
    this.#chance = chanceOf(seed, 0)
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

  async #take({ id, state }: Task): Promise<void> {
    if (state === 'open' && (await this.#api.post(`/api/tasks/${encodeURIComponent(id)}/claim`)).status !== 200) return
    const { status, body } = await this.#api.get<Work>(`/api/tasks/${encodeURIComponent(id)}`)
    if (status !== 200) return
    const durationMs = body.duration ? Math.round(sample(body.duration, this.#keyOf(body), Purpose.duration)) : 0
    this.#inHand.set(id, { id, work: body, doneAt: hospitalMsOfIso(body.createdAt, this.#site)! + durationMs })
  }

  async #complete({ id, doneAt, work }: Planned, hospitalNow: number): Promise<void> {
    const at = isoOf(Math.min(doneAt, hospitalNow), this.#site)
    const { status } = await this.#api.post(
      `/api/tasks/${encodeURIComponent(id)}/complete`,
      { data: this.#outcomes(work, doneAt), at },
      `staff-${id}`,
    )
    this.#inHand.delete(id)
    if (status === 200) this.#completed++
  }

  /** What they write: each outcome in turn, over the variables and those before it. */
  #outcomes(work: Work, at: number): Variables {
    const written: Variables = {}
    const key = this.#keyOf(work)
    work.outcomes.forEach(({ variable, expression }, draw) => {
      const luck = uniform(key, Purpose.outcome, draw)
      const get = (name: string): Value | undefined => (name === 'luck' ? luck : (written[name] ?? work.variables[name]))
      written[variable] = toClosure(expression)({ get, at, site: this.#site })
    })
    return written
  }

  /** A task id is unique to its run and wait: so is its chance. */
  #keyOf({ id, element }: Work): ChanceKey {
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
