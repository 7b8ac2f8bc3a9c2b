/** What Parcours itself writes down: the twin's trace (`simulate --trace`), and the facts of live runs as the API or the database gives them. */
import { Assembly, type Step } from './assemble.ts'
import { flowOf, type Log } from './log.ts'
import { LogReader, type ReadingOptions, UnreadableLog } from './reading.ts'
import { TimestampReader } from './timestamp.ts'

/** One fact, with `at` in milliseconds since 1970. */
interface Fact {
  run: string
  /** '' where it is not said. */
  pathway: string
  event: string
  element: string
  /** Of a multi-instance activity, from 1; else 0. And which time the run came to the element. */
  instance: string
  at: number
}

const STEPS: Record<string, Step> = { entered: 'asked', requested: 'asked', granted: 'start', completed: 'end' }

/** Facts to works: entered is asked, granted is begun; what needs no resource begins as it is entered. */
class FactAssembly {
  readonly assembly = new Assembly()
  readonly #taken = new Map<string, number>()
  readonly #pathways = new Map<string, string>()
  /** By run and element: asked and begun, not yet over. */
  readonly #open = new Map<string, { asked: number; start: number }[]>()
  #facts = 0

  add({ run, pathway, event, element, instance, at }: Fact): void {
    this.#facts++
    this.#pathways.set(run, pathway)
    if (event === 'taken') {
      const flow = pathway === '' ? element : flowOf(pathway, element)
      this.#taken.set(flow, (this.#taken.get(flow) ?? 0) + 1)
    }
    const step = Object.hasOwn(STEPS, event) ? STEPS[event]! : null
    if (step === null) return
    const key = `${run} ${element} ${instance}`
    const open = this.#open.get(key) ?? []
    if (event === 'entered') {
      this.#open.set(key, [...open, { asked: at, start: at }])
      return
    }
    const last = open.at(-1)
    if (!last) return
    // From the request on it waits, until it is granted.
    if (event === 'requested') last.asked = at
    if (event === 'requested') last.start = Number.NaN
    if (event === 'granted') last.start = at
    if (event !== 'completed') return
    this.#open.set(key, open.slice(0, -1))
    this.#whole(run, element, last, at)
  }

  #whole(run: string, element: string, { asked, start }: { asked: number; start: number }, end: number): void {
    this.assembly.add({
      case: run,
      activity: element,
      step: 'whole',
      asked,
      start,
      end,
      resource: '',
      instance: '',
      line: this.#facts,
    })
  }

  finish(format: 'trace' | 'facts', timeZone: string): Log {
    for (const [key, open] of this.#open) {
      const [run, element] = key.split(' ') as [string, string]
      for (const each of open) this.#whole(run, element, each, Number.NaN)
    }
    const pathways = [...this.#pathways.values()].includes('') ? null : this.#pathways
    return this.assembly.finish(format, { timeZone, localZone: timeZone, grid: 0, skipped: 0 }, { taken: this.#taken, pathways })
  }
}

const isOfFacts = (names: string[]): boolean => ['run', 'event', 'element', 'at'].every((name) => names.includes(name))

/** Whether a table's headings are those of the table of facts. */
export const isFactTable = (headings: string[]): boolean => isOfFacts(headings.map((each) => each.trim()))

/** Hospital time 0 of a trace, and of facts that count from it: the twin's Monday. */
const EPOCH = '2026-01-05T00:00:00+01:00'
const SAID_EPOCH = `Times count from the twin’s first Monday, ${EPOCH.slice(0, 10)}, 0 h.`

/** Facts one by one, from a table or from lines of JSON. */
export class FactRows {
  readonly #facts = new FactAssembly()
  readonly #options: ReadingOptions
  readonly #headings: string[]
  readonly #times: TimestampReader
  readonly #epochMs: number
  #isCounted = false

  constructor(headings: string[], options: ReadingOptions) {
    this.#headings = headings.map((each) => each.trim())
    this.#options = options
    this.#times = new TimestampReader({ timeZone: options.timeZone || 'Europe/Paris', dayFirst: true })
    this.#epochMs = this.#times.parse(EPOCH)
  }

  row(fields: string[], line: number): void {
    this.fact(Object.fromEntries(this.#headings.map((name, place) => [name, fields[place] ?? ''])), line)
  }

  fact(row: Record<string, unknown>, line: number): void {
    const { run, pathway, event, element, instance, activation, at } = row
    const text = String(at ?? '')
    // Hospital time counts from the site's epoch; years are years after it only from 1e11 ms on.
    const isCount = /^-?\d+$/.test(text) && Math.abs(Number(text)) < 1e11
    if (isCount) this.#isCounted = true
    const time = isCount ? this.#epochMs + Number(text) : this.#times.parse(text)
    if (typeof run !== 'string' || typeof event !== 'string' || typeof element !== 'string' || Number.isNaN(time)) {
      this.#facts.assembly.problems.add(
        'badTime',
        `line ${line}`,
        'facts without a run, an event, an element or a time',
        'They were left out. Export them again.',
      )
      return
    }
    this.#facts.add({
      run,
      pathway: typeof pathway === 'string' ? pathway : '',
      event,
      element,
      instance: `${activation ?? ''}/${instance ?? ''}`,
      at: time,
    })
  }

  finish(): Log {
    if (this.#isCounted) this.#facts.assembly.assumptions.push(SAID_EPOCH)
    return this.#facts.finish('facts', this.#options.timeZone || 'Europe/Paris')
  }
}

/** A trace by columns, a list of facts, or facts as lines of JSON. */
export class JsonLogReader extends LogReader {
  readonly #options: ReadingOptions
  readonly #rows: FactRows
  #rest = ''
  #line = 0
  #isLines: boolean | null = null

  constructor(options: ReadingOptions) {
    super()
    this.#options = options
    this.#rows = new FactRows([], options)
  }

  push(text: string): void {
    this.#rest += text
    if (this.#isLines === null) {
      const end = this.#rest.indexOf('\n')
      if (end < 0) return
      this.#isLines = isFact(parsed(this.#rest.slice(0, end)))
    }
    if (!this.#isLines) return
    const lines = this.#rest.split('\n')
    this.#rest = lines.pop()!
    for (const line of lines) this.#readLine(line)
  }

  finish(): Log {
    if (this.#isLines || isFact(parsed(this.#rest))) {
      this.#readLine(this.#rest)
      return this.#rows.finish()
    }
    const value = parsed(this.#rest)
    if (value === undefined) throw new UnreadableLog(['it is no JSON; export it again'])
    const list = Array.isArray(value) ? value : (value as { items?: unknown } | null)?.items
    if (Array.isArray(list) && list.every(isFact)) {
      // The API gives the newest first.
      const isBackward = String((list[0] as Fact).at) > String((list.at(-1) as Fact).at)
      for (const [index, fact] of (isBackward ? list.reverse() : list).entries())
        this.#rows.fact(fact as Record<string, unknown>, index + 1)
      return this.#rows.finish()
    }
    const log = traceLog(value, this.#options)
    if (!log)
      throw new UnreadableLog(['it is JSON, but neither a trace of the twin nor facts of runs; give one of those, CSV or XES'])
    return log
  }

  #readLine(line: string): void {
    this.#line++
    if (line.trim() === '') return
    this.#rows.fact((parsed(line) ?? {}) as Record<string, unknown>, this.#line)
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const isFact = (value: unknown): boolean => typeof value === 'object' && value !== null && isOfFacts(Object.keys(value))

interface TraceFile {
  runs: string[]
  pathways: string[]
  elements: string[]
  events: string[]
  columns: Record<'at' | 'run' | 'pathway' | 'element' | 'event' | 'instance', number[]>
}

const isTrace = (value: unknown): value is TraceFile => {
  const { runs, pathways, elements, events, columns } = (value ?? {}) as Partial<TraceFile>
  return (
    [runs, pathways, elements, events].every((each) => Array.isArray(each)) &&
    typeof columns === 'object' &&
    columns !== null &&
    (['at', 'run', 'pathway', 'element', 'event', 'instance'] as const).every(
      (name) => Array.isArray(columns[name]) && columns[name].length === columns.at.length,
    )
  )
}

const traceLog = (value: unknown, options: ReadingOptions): Log | null => {
  if (!isTrace(value)) return null
  const { runs, pathways, elements, events, columns } = value
  const facts = new FactAssembly()
  const epochMs = new TimestampReader({ timeZone: 'UTC', dayFirst: true }).parse(EPOCH)
  for (let row = 0; row < columns.at.length; row++)
    facts.add({
      run: runs[columns.run[row]!]!,
      pathway: pathways[columns.pathway[row]!]!,
      event: events[columns.event[row]!]!,
      element: elements[columns.element[row]!]!,
      instance: `${columns.instance[row]}`,
      at: epochMs + columns.at[row]!,
    })
  facts.assembly.assumptions.push(SAID_EPOCH)
  return facts.finish('trace', options.timeZone || 'Europe/Paris')
}
