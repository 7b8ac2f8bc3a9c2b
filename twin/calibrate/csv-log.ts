/** An event log in a table: one line for each event, or for each piece of work with its begin and end. */
import { Assembly, clockOf, type Step } from './assemble.ts'
import { type Columns, columnsOf, type Role } from './columns.ts'
import { CsvReader } from './csv.ts'
import { FactRows, isFactTable } from './facts.ts'
import { stepOf } from './lifecycle.ts'
import type { Log } from './log.ts'
import { LogReader, type ReadingOptions, UnreadableLog } from './reading.ts'
import { TimestampReader } from './timestamp.ts'

export class CsvLogReader extends LogReader {
  readonly #options: ReadingOptions
  readonly #csv: CsvReader
  readonly #assembly = new Assembly()
  readonly #times: TimestampReader
  #headings: string[] | null = null
  #columns: Columns = {}
  /** Columns that may be attributes of a case: place and name. */
  #others: { place: number; name: string }[] = []
  #facts: FactRows | null = null

  constructor(options: ReadingOptions) {
    super()
    this.#options = options
    this.#times = new TimestampReader({ timeZone: options.timeZone || 'Europe/Paris', dayFirst: options.dayFirst ?? true })
    this.#csv = new CsvReader((fields, line) => this.#record(fields, line))
  }

  push(text: string): void {
    this.#csv.push(text)
  }

  finish(): Log | { dayFirst: boolean } {
    const open = this.#csv.end()
    if (!this.#headings) throw new UnreadableLog(['it holds no table; its first line must name the columns'])
    const { problems, assumptions } = this.#assembly
    if (open > 0)
      problems.add(
        'openQuote',
        `line ${open}`,
        'a quotation mark that is never closed: what follows it is one field',
        'Close it, and export the log again.',
      )
    if (this.#facts) return this.#facts.finish()
    const { onlyDayFirst, onlyMonthFirst, ambiguous } = this.#times
    if (this.#options.dayFirst === undefined && onlyMonthFirst > onlyDayFirst) return { dayFirst: false }
    if (onlyDayFirst > 0 && onlyMonthFirst > 0)
      problems.add(
        'mixedDates',
        `${Math.min(onlyDayFirst, onlyMonthFirst)} of the rarer kind`,
        'dates of which some are day first and some month first',
        'Those that may be either were read as the most are. Export the log with dates as 2026-03-31.',
        { count: Math.min(onlyDayFirst, onlyMonthFirst) },
      )
    else if (ambiguous > 0 && onlyDayFirst + onlyMonthFirst === 0)
      assumptions.push(
        `Dates as 03/04/2026 were read ${(this.#options.dayFirst ?? true) ? 'day' : 'month'} first; say --dates ${(this.#options.dayFirst ?? true) ? 'month-first' : 'day-first'} otherwise.`,
      )
    return this.#assembly.finish('CSV', clockOf(this.#times, this.#options.timeZone, this.#assembly))
  }

  #record(fields: string[], line: number): void {
    if (!this.#headings) return this.#heading(fields)
    if (this.#facts) return this.#facts.row(fields, line)
    const { case: caseColumn, activity: activityColumn, resource, instance } = this.#columns
    const { problems } = this.#assembly
    const of = (place: number | undefined) => (place === undefined ? '' : (fields[place] ?? '').trim())
    const [id, activity] = [of(caseColumn), of(activityColumn)]
    if (fields.length < this.#headings.length && fields.length <= Math.max(caseColumn!, activityColumn!)) {
      problems.add(
        'shortRecord',
        `line ${line}`,
        'lines with fewer columns than the heading',
        'They were left out. Export the log again.',
      )
      return
    }
    if (id === '' || activity === '') {
      problems.add('noCase', `line ${line}`, 'lines without a case or an activity', 'They were left out. Fill them in.')
      return
    }
    const times = this.#timesOf(fields, line)
    if (!times) return
    this.#assembly.add({ case: id, activity, ...times, resource: of(resource), instance: of(instance), line })
    for (const { place, name } of this.#others) this.#assembly.attribute(id, name, of(place))
  }

  #heading(fields: string[]): void {
    this.#headings = fields
    if (isFactTable(fields) && Object.keys(this.#options.columns).length === 0) {
      this.#facts = new FactRows(fields, this.#options)
      return
    }
    const columns = columnsOf(fields, this.#options.columns)
    if (Array.isArray(columns)) throw new UnreadableLog(columns)
    const names = fields.map((each) => `"${each.trim()}"`).join(', ')
    const missing = (['case', 'activity'] as Role[]).filter((role) => columns[role] === undefined)
    const isTimeless = columns.start === undefined && columns.end === undefined
    if (missing.length > 0 || isTimeless)
      throw new UnreadableLog(
        [...missing, ...(isTimeless ? ['end'] : [])].map(
          (role) =>
            `no column was recognised as the ${role === 'end' ? 'time' : role}; there are ${names}. Add --column ${role}=HEADING.`,
        ),
      )
    this.#columns = columns
    const known = new Set(Object.values(columns))
    this.#others = fields.flatMap((name, place) => (known.has(place) ? [] : [{ place, name: name.trim() }]))
    const said = (Object.entries(columns) as [Role, number][]).map(
      ([role, place]) => `${role} ${JSON.stringify(fields[place]!.trim())}`,
    )
    this.#assembly.assumptions.push(`Columns: ${said.join(', ')}.`)
  }

  /** The step and times of a line; null when it says nothing that can be used. */
  #timesOf(fields: string[], line: number): { step: Step; asked: number; start: number; end: number } | null {
    const { asked, start, end, lifecycle } = this.#columns
    const at = (place: number | undefined): number => {
      const text = place === undefined ? '' : (fields[place] ?? '').trim()
      if (isNothing(text)) return Number.NaN
      const time = this.#times.parse(text)
      if (Number.isNaN(time))
        this.#assembly.problems.add(
          'badTime',
          `line ${line}`,
          'times that cannot be read',
          'They were left out. Write them as 2026-03-31T08:15:00+02:00.',
        )
      return time
    }
    const [askedAt, startAt, endAt] = [at(asked), at(start), at(end)]
    const nothing = { asked: Number.NaN, start: Number.NaN, end: Number.NaN }
    const word = lifecycle === undefined ? '' : (fields[lifecycle] ?? '').trim()
    if (Number.isNaN(startAt) && Number.isNaN(endAt)) {
      if (!Number.isNaN(askedAt)) return { step: 'whole', ...nothing, asked: askedAt }
      this.#assembly.problems.add('noTime', `line ${line}`, 'lines without a time', 'They were left out. Fill in the time.')
      return null
    }
    if (word !== '' && (start === undefined || end === undefined)) {
      const step = stepOf(word)
      // What is suspended or withdrawn says nothing of when work begins and ends.
      if (step === null) return null
      return { step, ...nothing, [step]: start === undefined ? endAt : startAt }
    }
    return { step: 'whole', asked: askedAt, start: startAt, end: endAt }
  }
}

const isNothing = (text: string): boolean => text === '' || /^(null|na|n\/a|nan|nat|none|-|\\N)$/i.test(text)
