/**
 * Regular expressions of XPath (XQuery and XPath Functions and Operators, section 5.6; XML Schema part 2, appendix G), which FEEL's
 * `matches`, `replace` and `split` take, as those of JavaScript with its `v` flag.
 */
import { everyMatch, isSlow, Stepper } from './steps.ts'

/** The blocks of Unicode that `\p{Is…}` may name here; others are refused. */
const blocks: Record<string, string> = {
  BasicLatin: '\\x00-\\x7F',
  'Latin-1Supplement': '\\x80-\\xFF',
  'LatinExtended-A': '\\u0100-\\u017F',
  'LatinExtended-B': '\\u0180-\\u024F',
  IPAExtensions: '\\u0250-\\u02AF',
  SpacingModifierLetters: '\\u02B0-\\u02FF',
  CombiningDiacriticalMarks: '\\u0300-\\u036F',
  Greek: '\\u0370-\\u03FF',
  GreekandCoptic: '\\u0370-\\u03FF',
  Cyrillic: '\\u0400-\\u04FF',
  Armenian: '\\u0530-\\u058F',
  Hebrew: '\\u0590-\\u05FF',
  Arabic: '\\u0600-\\u06FF',
  Devanagari: '\\u0900-\\u097F',
  Thai: '\\u0E00-\\u0E7F',
  Georgian: '\\u10A0-\\u10FF',
  HangulJamo: '\\u1100-\\u11FF',
  GeneralPunctuation: '\\u2000-\\u206F',
  CurrencySymbols: '\\u20A0-\\u20CF',
  LetterlikeSymbols: '\\u2100-\\u214F',
  Arrows: '\\u2190-\\u21FF',
  MathematicalOperators: '\\u2200-\\u22FF',
  Hiragana: '\\u3040-\\u309F',
  Katakana: '\\u30A0-\\u30FF',
  CJKUnifiedIdeographs: '\\u4E00-\\u9FFF',
  HangulSyllables: '\\uAC00-\\uD7AF',
}

/** Classes of one letter, as what stands inside brackets and, for the capital, outside of them. */
const classes: Record<string, string> = {
  d: '\\p{Nd}',
  s: ' \\t\\n\\r',
  w: '\\p{L}\\p{M}\\p{N}\\p{S}',
  i: '\\p{L}_:',
  c: '\\p{L}\\p{M}\\p{Nd}\\-._:',
}

const escaped = (letter: string): string => {
  const lower = letter.toLowerCase()
  if (Object.hasOwn(classes, lower)) return `[${letter === lower ? '' : '^'}${classes[lower]}]`
  if (/[nrt1-9]/.test(letter)) return `\\${letter}`
  if (/[\\|.?*+(){}^$[\]-]/.test(letter)) return letter === '-' ? '\\x2D' : `\\${letter}`
  throw new SyntaxError(`\\${letter}`)
}

/** Reads a pattern once, from the left. @throws SyntaxError for what XPath does not have. */
class Reader {
  #pattern: string
  #at = 0
  #dot: string
  constructor(pattern: string, dot: string) {
    this.#pattern = pattern
    this.#dot = dot
  }

  read(): string {
    let result = ''
    while (this.#at < this.#pattern.length) {
      const sign = this.#pattern[this.#at]!
      if (sign === '\\') result += this.#escape()
      else if (sign === '[') result += this.#set()
      else {
        this.#at += 1
        if (sign === '(' && this.#pattern[this.#at] === '?' && this.#pattern[this.#at + 1] !== ':') throw new SyntaxError('(?')
        result += sign === '.' ? this.#dot : sign
      }
    }
    return result
  }

  #escape(): string {
    const letter = this.#pattern[this.#at + 1]
    if (letter === undefined) throw new SyntaxError('\\')
    this.#at += 2
    if (letter !== 'p' && letter !== 'P') return escaped(letter)
    const end = this.#pattern.indexOf('}', this.#at)
    const name = end < 0 ? '' : this.#pattern.slice(this.#at + 1, end)
    this.#at = end + 1
    if (!name.startsWith('Is')) return `\\${letter}{${name}}`
    const block = Object.hasOwn(blocks, name.slice(2)) ? blocks[name.slice(2)] : undefined
    if (block === undefined) throw new SyntaxError(name)
    return `[${letter === 'P' ? '^' : ''}${block}]`
  }

  /** `[a-z-[aeiou]]`: the second set is taken away from the first. */
  #set(): string {
    this.#at += 1
    const negated = this.#pattern[this.#at] === '^'
    if (negated) this.#at += 1
    let inside = ''
    let without = ''
    for (let first = true; ; first = false) {
      const sign = this.#pattern[this.#at]
      if (sign === undefined) throw new SyntaxError('[')
      if (sign === ']' && !first) break
      if (sign === '-' && this.#pattern[this.#at + 1] === '[') {
        this.#at += 1
        without = this.#set()
        if (this.#pattern[this.#at] !== ']') throw new SyntaxError('-[')
        break
      }
      inside += this.#member(sign)
    }
    this.#at += 1
    const set = `[${negated ? '^' : ''}${inside}]`
    return without === '' ? set : `[${set}--${without}]`
  }

  #member(sign: string): string {
    if (sign === '\\') return this.#escape()
    this.#at += 1
    if (sign === '[' || sign === ']') throw new SyntaxError(sign)
    if (sign === '-') {
      // Between two characters it is a range; at an end of the set, itself.
      const [before, after] = [this.#pattern[this.#at - 2], this.#pattern[this.#at]]
      return before === '[' || before === '^' || after === ']' ? '\\-' : '-'
    }
    return /[()|/{}&!#%,:;<=>@`~]/.test(sign) && sign !== ',' ? `\\${sign}` : sign
  }
}

/** Blanks mean nothing under `x`, but for those in brackets; a class's name has none. */
const withoutBlanks = (pattern: string): string => {
  let inSet = 0
  let inName = false
  let result = ''
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at]!
    if (/[ \t\n\r]/.test(sign) && (inSet === 0 || inName)) continue
    result += sign
    if (inName) inName = sign !== '}'
    else if (sign === '\\') {
      while (/[ \t\n\r]/.test(pattern[at + 1] ?? '') && inSet === 0) at += 1
      at += 1
      result += pattern[at] ?? ''
      inName = /[pP]/.test(pattern[at] ?? '')
    } else if (sign === '[') inSet += 1
    else if (sign === ']' && inSet > 0) inSet -= 1
  }
  return result
}

export interface Expression {
  test(text: string): boolean
  /** `written` is JavaScript's: `$1`, `$&`, `$$`. */
  replace(text: string, written: string): string
  /** What stands between the matches. */
  split(text: string): string[]
}

/** `flags` are XPath's `s`, `m`, `i`, `x`, `q`. Null for a pattern or flag that there is not. */
export const expressionOf = (pattern: string, flags: string | null): Expression | null => {
  const expression = regularExpressionOf(pattern, flags)
  if (!expression) return null
  return isSlow(expression.source) ? stepped(expression) : direct(expression)
}

const between = (text: string, matches: { start: number; end: number }[]): string[] => {
  const cuts = matches.filter(({ start, end }) => end > start || (start > 0 && start < text.length))
  return [...cuts, null].map((cut, index) => text.slice(index === 0 ? 0 : cuts[index - 1]!.end, cut ? cut.start : text.length))
}

const direct = (expression: RegExp): Expression => ({
  test: (text) => text.search(expression) >= 0,
  replace: (text, written) => text.replace(expression, written),
  split: (text) =>
    between(
      text,
      [...text.matchAll(expression)].map((found) => ({ start: found.index, end: found.index + found[0].length })),
    ),
})

const stepped = (expression: RegExp): Expression | null => {
  const stepper = stepperOf(expression)
  if (!stepper) return null
  return {
    test: (text) => stepper.find(text, 0) !== null,
    replace: (text, written) => {
      let [result, last] = ['', 0]
      for (const { start, end, groups } of everyMatch(stepper, text)) {
        const filled = written.replace(/\$([$&\d])/g, (whole, sign: string) => {
          if (sign === '$') return '$'
          if (sign === '&') return text.slice(start, end)
          return Number(sign) > groups.length ? whole : (groups[Number(sign) - 1] ?? '')
        })
        result += text.slice(last, start) + filled
        last = end
      }
      return result + text.slice(last)
    },
    split: (text) => between(text, everyMatch(stepper, text)),
  }
}

/** Null for a pattern that is too long when its counts are written out. */
const stepperOf = (expression: RegExp): Stepper | null => {
  try {
    return new Stepper(expression.source, expression.flags)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const regularExpressionOf = (pattern: string, flags: string | null): RegExp | null => {
  const asked = flags ?? ''
  if (!/^[smixq]*$/.test(asked)) return null
  const kept = [...new Set(asked.replace(/[xqs]/g, ''))].join('')
  try {
    if (asked.includes('q'))
      return new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll('\\-', '-'), `${kept}ug`)
    const dot = asked.includes('s') ? '[^]' : '[^\\n\\r]'
    return new RegExp(new Reader(asked.includes('x') ? withoutBlanks(pattern) : pattern, dot).read(), `${kept}vg`)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** `$1` of XPath is `$1` of JavaScript, `$0` is `$&`, `\$` a dollar; null for a text that XPath refuses. */
export const replacementOf = (text: string): string | null =>
  /^(?:[^\\$]|\\[\\$]|\$\d)*$/s.test(text)
    ? text.replace(/\\([\\$])|\$0/g, (found, sign: string | undefined) =>
        sign === undefined ? (found === '$0' ? '$&' : found) : sign === '$' ? '$$' : sign,
      )
    : null
