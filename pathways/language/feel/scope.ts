/** Scopes inside an expression: what a loop, a function, a context or a filter adds to the names around it. */

import type { SiteTime } from '../../time/site.ts'
import { type Context, type Inner, isContext, member, type Scope } from './inner.ts'

/** Some names over the names around. */
export class LocalScope implements Scope {
  at: number
  site: SiteTime
  #around: Scope
  #names: Map<string, Inner>
  constructor(around: Scope, names: Map<string, Inner>) {
    this.#around = around
    this.#names = names
    this.at = around.at
    this.site = around.site
  }
  get(name: string): Inner | undefined {
    const own = this.#names.get(name)
    return own === undefined ? this.#around.get(name) : own
  }
}

/** A few names over the names around, one after the other: looked through faster than a map is asked. */
export class EntryScope implements Scope {
  at: number
  site: SiteTime
  readonly names: string[] = []
  readonly values: Inner[] = []
  #around: Scope | null
  constructor(around: Scope, isOpen = true) {
    this.#around = isOpen ? around : null
    this.at = around.at
    this.site = around.site
  }
  get(name: string): Inner | undefined {
    const { names } = this
    for (let index = names.length - 1; index >= 0; index--) if (names[index] === name) return this.values[index]
    return this.#around === null ? undefined : this.#around.get(name)
  }
}

/** `?` over the names around; the value may be changed between evaluations. */
export class InputScope implements Scope {
  at: number
  site: SiteTime
  input: Inner = null
  #around: Scope
  constructor(around: Scope) {
    this.#around = around
    this.at = around.at
    this.site = around.site
  }
  get(name: string): Inner | undefined {
    return name === '?' ? this.input : this.#around.get(name)
  }
}

/** The members of an item and `item` itself over the names around: what a filter's condition sees. */
export class ItemScope implements Scope {
  at: number
  site: SiteTime
  item: Inner = null
  #around: Scope
  constructor(around: Scope) {
    this.#around = around
    this.at = around.at
    this.site = around.site
  }
  get(name: string): Inner | undefined {
    const item = this.item
    if (isContext(item) && Object.hasOwn(item as Context, name)) return member(item, name)
    return name === 'item' ? item : this.#around.get(name)
  }
}
