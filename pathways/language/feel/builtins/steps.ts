/**
 * A matcher for the patterns that send a backtracking one round for ages, as `(a+)+$`: no state is visited twice at one place, so its
 * time is the pattern's length by the text's. Its choices are those of JavaScript: leftmost, then greedy.
 */

/** One step of a pattern: reads a character, chooses a way, remembers a place, or looks at where it is. */
type Step =
  | { do: 'read'; test: RegExp }
  | { do: 'either'; first: number; second: number }
  | { do: 'go'; to: number }
  | { do: 'save'; slot: number }
  | { do: 'start' }
  | { do: 'end' }
  | { do: 'done' }

export interface Found {
  start: number
  end: number
  /** From the first group on; undefined for one that took no part. */
  groups: (string | undefined)[]
}

const stepsMax = 20_000

/**
 * Whether a pattern (of JavaScript, with the `v` flag) may take for ages: a group with choices of its own, itself repeated. One that refers
 * back to a group cannot be stepped through.
 */
export const isSlow = (pattern: string): boolean => {
  const signs = pattern.replace(/\\[pP]\{[^}]*\}|\\./gs, 'x').replace(/\[(?:[^[\]]|\[[^\]]*\])*\]/g, 'x')
  if (/\\[1-9]/.test(pattern)) return false
  const open: boolean[] = []
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at]!
    if (sign === '(') {
      open.push(false)
      if (signs[at + 1] === '?') at += 2
    } else if (sign === ')') {
      const choosing = open.pop() === true
      const repeated = /[*+{]/.test(signs[at + 1] ?? '')
      if (choosing && repeated) return true
      if (open.length > 0 && (choosing || repeated)) open[open.length - 1] = true
    } else if (/[*+?{|]/.test(sign) && open.length > 0) open[open.length - 1] = true
  }
  return false
}

/** Reads a pattern into steps. @throws SyntaxError for one that is too long when its counts are written out. */
class Compiler {
  steps: Step[] = []
  groups = 0
  #at = 0
  #pattern: string
  #flags: string
  constructor(pattern: string, flags: string) {
    this.#pattern = pattern
    this.#flags = flags
  }

  compile(): Step[] {
    this.#choice()
    this.#add({ do: 'done' })
    return this.steps
  }

  #add(step: Step): number {
    if (this.steps.length >= stepsMax) throw new SyntaxError('too long')
    return this.steps.push(step) - 1
  }

  #choice(): void {
    const from = this.steps.length
    this.#sequence()
    if (this.#pattern[this.#at] !== '|') return
    this.#at += 1
    this.#insert(from, { do: 'either', first: from + 1, second: 0 })
    const over = this.#add({ do: 'go', to: 0 })
    this.steps[from] = { do: 'either', first: from + 1, second: this.steps.length }
    this.#choice()
    this.steps[over] = { do: 'go', to: this.steps.length }
  }

  #sequence(): void {
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#pattern[this.#at]!)) {
      const [from, groups, at] = [this.steps.length, this.groups, this.#at]
      this.#atom()
      this.#repeat(from, groups, at)
    }
  }

  #atom(): void {
    const sign = this.#pattern[this.#at]!
    if (sign === '(') this.#group()
    else if (sign === '^' || sign === '$') {
      this.#at += 1
      this.#add({ do: sign === '^' ? 'start' : 'end' })
    } else {
      const from = this.#at
      this.#at = this.#endOfCharacter()
      this.#add({ do: 'read', test: new RegExp(`^(?:${this.#pattern.slice(from, this.#at)})$`, this.#flags) })
    }
  }

  #group(): void {
    const capturing = this.#pattern[this.#at + 1] !== '?'
    this.#at += capturing ? 1 : 3
    const group = capturing ? ++this.groups : 0
    if (capturing) this.#add({ do: 'save', slot: group * 2 })
    this.#choice()
    this.#at += 1
    if (capturing) this.#add({ do: 'save', slot: group * 2 + 1 })
  }

  #endOfCharacter(): number {
    const sign = this.#pattern[this.#at]!
    if (sign === '\\') {
      const brace = /^\\[pP]\{[^}]*\}/.exec(this.#pattern.slice(this.#at))
      const code = /^\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})/.exec(this.#pattern.slice(this.#at))
      return this.#at + ((brace ?? code)?.[0].length ?? 2)
    }
    if (sign !== '[') return this.#at + String.fromCodePoint(this.#pattern.codePointAt(this.#at)!).length
    let depth = 0
    for (let at = this.#at; at < this.#pattern.length; at += 1) {
      if (this.#pattern[at] === '\\') at += 1
      else if (this.#pattern[at] === '[') depth += 1
      else if (this.#pattern[at] === ']' && --depth === 0) return at + 1
    }
    throw new SyntaxError('[')
  }

  /** What stands from a step on, repeated as the quantifier after it says; counts are written out. */
  #repeat(from: number, groups: number, at: number): void {
    const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})(\?)?/.exec(this.#pattern.slice(this.#at))
    if (!found) return
    const after = this.#at + found[0].length
    const sign = found[0][0]!
    const least = sign === '{' ? Number(found[1]) : sign === '+' ? 1 : 0
    const most =
      sign === '{' ? (found[2] === undefined ? least : found[3] ? Number(found[3]) : Infinity) : sign === '?' ? 1 : Infinity
    const lazy = found[4] !== undefined
    this.steps.length = from
    const once = () => {
      this.groups = groups
      this.#at = at
      this.#atom()
    }
    for (let count = 0; count < least; count += 1) once()
    const choose = (): number => this.#add({ do: 'either', first: 0, second: 0 })
    const settle = (choice: number): void => {
      const [inside, outside] = [choice + 1, this.steps.length]
      this.steps[choice] = { do: 'either', first: lazy ? outside : inside, second: lazy ? inside : outside }
    }
    if (most === Infinity) {
      const choice = choose()
      once()
      this.#add({ do: 'go', to: choice })
      settle(choice)
    } else {
      const choices: number[] = []
      for (let count = least; count < most; count += 1) {
        choices.push(choose())
        once()
      }
      for (const choice of choices) settle(choice)
    }
    // A group that comes no time at all is a group nevertheless.
    if (most === 0) {
      once()
      this.steps.length = from
    }
    this.#at = after
  }

  /** Makes room for a step; whatever led past it leads one further. */
  #insert(index: number, step: Step): void {
    const moved = (to: number) => (to >= index ? to + 1 : to)
    this.steps.splice(index, 0, step)
    for (let at = index + 1; at < this.steps.length; at += 1) {
      const one = this.steps[at]!
      if (one.do === 'go') this.steps[at] = { do: 'go', to: moved(one.to) }
      else if (one.do === 'either') this.steps[at] = { do: 'either', first: moved(one.first), second: moved(one.second) }
    }
  }
}

export class Stepper {
  #steps: Step[]
  #groups: number
  #multiline: boolean
  constructor(pattern: string, flags: string) {
    const compiler = new Compiler(pattern, flags.replace(/[gm]/g, ''))
    this.#steps = compiler.compile()
    this.#groups = compiler.groups
    this.#multiline = flags.includes('m')
  }

  /** The first match at or after a place in the text; null when there is none. */
  find(text: string, from: number): Found | null {
    const visited = new Set<number>()
    for (let start = from; start <= text.length; start += 1) {
      const found = this.#at(text, start, visited)
      if (found) return found
    }
    return null
  }

  #at(text: string, start: number, visited: Set<number>): Found | null {
    const pending: [step: number, at: number, slots: number[]][] = [[0, start, []]]
    for (let next = pending.pop(); next; next = pending.pop()) {
      const [index, at, slots] = next
      const key = index * (text.length + 1) + at
      if (visited.has(key)) continue
      visited.add(key)
      const step = this.#steps[index]!
      if (step.do === 'done') return { start, end: at, groups: this.#groupsOf(text, slots) }
      if (step.do === 'either') pending.push([step.second, at, slots], [step.first, at, slots])
      else if (step.do === 'go') pending.push([step.to, at, slots])
      else if (step.do === 'save') pending.push([index + 1, at, withSlot(slots, step.slot, at)])
      else if (step.do === 'read') {
        const character = at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : ''
        if (character !== '' && step.test.test(character)) pending.push([index + 1, at + character.length, slots])
      } else if (step.do === 'start' ? this.#startsAt(text, at) : this.#endsAt(text, at)) pending.push([index + 1, at, slots])
    }
    return null
  }

  #startsAt = (text: string, at: number) => at === 0 || (this.#multiline && text[at - 1] === '\n')
  #endsAt = (text: string, at: number) => at === text.length || (this.#multiline && text[at] === '\n')

  #groupsOf = (text: string, slots: number[]): (string | undefined)[] =>
    Array.from({ length: this.#groups }, (_, group) => {
      const [start, end] = [slots[group * 2 + 2], slots[group * 2 + 3]]
      return start === undefined || end === undefined ? undefined : text.slice(start, end)
    })
}

const withSlot = (slots: number[], slot: number, at: number): number[] => {
  const copy = [...slots]
  copy[slot] = at
  return copy
}

/** Every match of a text, from the left, none inside another. */
export const everyMatch = (stepper: Stepper, text: string): Found[] => {
  const found: Found[] = []
  for (let from = 0; from <= text.length; ) {
    const next = stepper.find(text, from)
    if (!next) break
    found.push(next)
    from = next.end > next.start ? next.end : next.end + 1
  }
  return found
}
