/** CSV as RFC 4180 has it, and as spreadsheets write it: with a byte order mark, semicolons or tabs, any line ends. Text comes in pieces of any size. */

/** A record, and the line of the file that it begins at, from 1. */
export type OnRecord = (fields: string[], line: number) => void

const SEPARATORS = [',', ';', '\t', '|']

export class CsvReader {
  /** '' until it is known from the first line. */
  #separator: string
  readonly #onRecord: OnRecord
  /** Text that is not read yet. */
  #rest = ''
  #fields: string[] = []
  #line = 1
  #recordLine = 1
  #isFirst = true

  constructor(onRecord: OnRecord, separator = '') {
    this.#onRecord = onRecord
    this.#separator = separator
  }

  get separator(): string {
    return this.#separator
  }

  push(text: string): void {
    this.#rest += text
    if (this.#isFirst && this.#rest.length > 0) {
      if (this.#rest.charCodeAt(0) === 0xfeff) this.#rest = this.#rest.slice(1)
      this.#isFirst = false
    }
    // A line end at the end of a piece may be half of one.
    this.#read(false)
  }

  /** The text is over. @returns the line of a quote that is never closed, else 0. */
  end(): number {
    const open = this.#read(true)
    // The text ends with a separator: an empty field stands behind it.
    if (this.#fields.length > 0) {
      this.#fields.push('')
      this.#emit()
    }
    return open
  }

  #emit(): void {
    const fields = this.#fields
    this.#fields = []
    if (fields.length > 1 || fields[0] !== '') this.#onRecord(fields, this.#recordLine)
    this.#recordLine = this.#line
  }

  #read(isOver: boolean): number {
    const text = this.#rest
    let at = 0
    if (this.#separator === '') {
      const separator = separatorOf(text, isOver)
      if (separator === null) return 0
      this.#separator = separator
      // Excel's own first line, `sep=;`, is none of the table.
      const hint = /^sep=.\r?\n/i.exec(text)
      if (hint) {
        at = hint[0].length
        this.#line = 2
        this.#recordLine = 2
      }
    }
    const separator = this.#separator.charCodeAt(0)
    let opened = 0
    for (;;) {
      // Each round reads one whole field, or leaves it for the next piece.
      const from = at
      if (at >= text.length) break
      let field: string
      let lines = 0
      if (text.charCodeAt(at) === 0x22) {
        let end = at + 1
        for (;;) {
          end = text.indexOf('"', end)
          if (end < 0 || (!isOver && end === text.length - 1)) break
          if (text.charCodeAt(end + 1) !== 0x22) break
          end += 2
        }
        if (end < 0 || (!isOver && end >= text.length - 1)) {
          if (!isOver) break
          opened = this.#line
          end = text.length
        }
        const quoted = text.slice(at + 1, end)
        for (let next = quoted.indexOf('\n'); next >= 0; next = quoted.indexOf('\n', next + 1)) lines++
        // What follows a closing quote, against the standard, belongs to the field.
        const stop = endOfField(text, end + 1, separator)
        if (stop < 0 && !isOver) break
        at = stop < 0 ? text.length : stop
        field = quoted.replaceAll('""', '"') + text.slice(end + 1, at)
      } else {
        const stop = endOfField(text, at, separator)
        if (stop < 0 && !isOver) break
        at = stop < 0 ? text.length : stop
        field = text.slice(from, at)
      }
      const next = text.charCodeAt(at)
      if (next === 13 && at + 1 >= text.length && !isOver) {
        at = from
        break
      }
      this.#line += lines
      this.#fields.push(field)
      if (next === separator) {
        at++
        continue
      }
      if (at < text.length) {
        at += next === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1
        this.#line++
      }
      this.#emit()
    }
    this.#rest = text.slice(at)
    return opened
  }
}

/** Where a field ends: at a separator or a line end; -1 when neither is there. */
const endOfField = (text: string, from: number, separator: number): number => {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === separator || code === 10 || code === 13) return at
  }
  return -1
}

/** The one that the first line has most of, outside quotes; null when that line is not whole yet. */
const separatorOf = (text: string, isOver: boolean): string | null => {
  const hint = /^sep=(.)\r?\n/i.exec(text)
  if (hint) return hint[1]!
  const counts = new Map(SEPARATORS.map((each) => [each, 0]))
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && (character === '\n' || character === '\r')) return mostOf(counts)
    else if (!isQuoted && counts.has(character)) counts.set(character, counts.get(character)! + 1)
  }
  return isOver ? mostOf(counts) : null
}

const mostOf = (counts: Map<string, number>): string => [...counts].sort(([, one], [, other]) => other - one)[0]![0]
