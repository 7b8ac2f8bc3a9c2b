/** What is under way in Temporal, a timer or a system activity, by the wait that it is for: its end cancels it. */
import { CancellationScope, isCancellation } from '@temporalio/workflow'

export class InFlight {
  readonly #scopes = new Map<number, CancellationScope>()
  /** Scopes of work that has ended, to be used again: making one costs as much as scheduling an activity. */
  readonly #idle: CancellationScope[] = []

  has(wait: number): boolean {
    return this.#scopes.has(wait)
  }

  /** Nothing happens where nothing is under way. */
  cancel(wait: number): void {
    this.#scopes.get(wait)?.cancel()
    this.#scopes.delete(wait)
  }

  /** It counts as ended, whatever Temporal says of it later. */
  forget(wait: number): void {
    this.#scopes.delete(wait)
  }

  /** `over` comes last, whatever became of the work; of `done` and `failed` neither when it was cancelled. */
  begin<T>(
    wait: number,
    work: () => Promise<T>,
    done: (result: T) => void,
    failed: (error: unknown) => void = rethrow,
    over: () => void = () => {},
  ): void {
    const scope = this.#idle.pop() ?? new CancellationScope()
    this.#scopes.set(wait, scope)
    const end = () => {
      over()
      if (this.#scopes.get(wait) === scope) this.#scopes.delete(wait)
      if (!scope.consideredCancelled) this.#idle.push(scope)
    }
    scope.run(work).then(
      (result) => {
        done(result)
        end()
      },
      (error: unknown) => {
        if (!isCancellation(error)) failed(error)
        end()
      },
    )
  }
}

function rethrow(error: unknown): never {
  throw error
}
