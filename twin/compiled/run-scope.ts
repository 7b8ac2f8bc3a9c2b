/** What an expression of a run sees: `pathways/engine/variables.ts` where one frame is all there is. Aimed anew for every evaluation. */
import { ownValue } from '../../pathways/engine/variables.ts'
import type { FeelScope } from '../../pathways/language/feel/evaluate.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import type { SiteTime } from '../../pathways/time/site.ts'

export class RunScope implements FeelScope {
  at = 0
  run = 0
  readonly site: SiteTime
  /** Names that come on top, while outcomes are evaluated. */
  extras: Variables | null = null
  readonly #variables: readonly Variables[]

  /** @param variables by run. */
  constructor(site: SiteTime, variables: readonly Variables[]) {
    this.site = site
    this.#variables = variables
  }

  get(name: string): Value | undefined {
    const { extras } = this
    if (extras !== null && Object.hasOwn(extras, name)) return extras[name]
    return ownValue(this.#variables[this.run]!, name)
  }
}
