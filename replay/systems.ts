/** The systems of a replayed hospital: an activity waits until its time has come, and answers what the twin's system does. */
import type { Connector } from '../activities/connector.ts'
import type { Variables } from '../pathways/language/feel/value.ts'

export class Systems {
  readonly #underWay = new Map<string, (result: Variables) => void>()

  /** Asked again, for it took too long, the one asked last is answered. */
  readonly connector: Connector = ({ run, wait }) => new Promise((resolve) => this.#underWay.set(`${run}:${wait}`, resolve))

  /** How many of a run's activities have begun and wait. */
  waitingOf(run: string): number {
    let waiting = 0
    for (const key of this.#underWay.keys()) if (key.startsWith(`${run}:`)) waiting++
    return waiting
  }

  /** Whether an activity has begun and waits. */
  isWaiting(run: string, wait: number): boolean {
    return this.#underWay.has(`${run}:${wait}`)
  }

  answer(run: string, wait: number, result: Variables): void {
    const key = `${run}:${wait}`
    this.#underWay.get(key)?.(result)
    this.#underWay.delete(key)
  }

  /** Lets those go that nobody asks for any more. */
  forgetAll(): void {
    for (const answer of this.#underWay.values()) answer({})
    this.#underWay.clear()
  }
}
