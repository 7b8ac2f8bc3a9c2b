/** XES (IEEE 1849-2016): a log of traces, a trace of events. The file is read trace by trace, so that its size does not matter. */
import { Parser } from 'saxen'
import { Assembly, clockOf } from './assemble.ts'
import { stepOf } from './lifecycle.ts'
import type { Log } from './log.ts'
import { LogReader, type ReadingOptions, UnreadableLog } from './reading.ts'
import { TimestampReader } from './timestamp.ts'

type Attributes = Map<string, string>

const VALUES = new Set(['string', 'date', 'int', 'float', 'boolean', 'id'])
const END_OF_TRACE = /<\/(?:\w+:)?trace\s*>/g

export class XesReader extends LogReader {
  readonly #options: ReadingOptions
  readonly #assembly = new Assembly()
  readonly #times: TimestampReader
  #rest = ''
  #traces = 0
  #isXes = false

  constructor(options: ReadingOptions) {
    super()
    this.#options = options
    this.#times = new TimestampReader({ timeZone: options.timeZone || 'Europe/Paris', dayFirst: true })
  }

  push(text: string): void {
    this.#rest += text
    let from = 0
    END_OF_TRACE.lastIndex = 0
    for (let found = END_OF_TRACE.exec(this.#rest); found; found = END_OF_TRACE.exec(this.#rest)) {
      const end = found.index + found[0].length
      this.#trace(this.#rest.slice(from, end))
      from = end
    }
    if (from > 0) this.#rest = this.#rest.slice(from)
  }

  finish(): Log {
    if (this.#traces === 0)
      throw new UnreadableLog([
        this.#isXes || /<(?:\w+:)?log[\s>]/.test(this.#rest)
          ? 'it holds no trace; export it again'
          : 'it is XML, but no XES log: there is no <log> with <trace>s in it',
      ])
    if (/<(?:\w+:)?trace[\s>]/.test(this.#rest))
      this.#assembly.problems.add(
        'brokenXml',
        `after trace ${this.#traces}`,
        'the file ends in the middle of a trace',
        'That trace was left out. Copy or export the file again.',
      )
    return this.#assembly.finish('XES', clockOf(this.#times, this.#options.timeZone, this.#assembly))
  }

  /** @param text up to and with the end of a trace; the first one begins with what stands before all traces. */
  #trace(text: string): void {
    const begin = text.search(/<(?:\w+:)?trace[\s>]/)
    if (begin < 0) return
    if (/<(?:\w+:)?log[\s>]/.test(text.slice(0, begin))) this.#isXes = true
    const number = ++this.#traces
    const trace: Attributes = new Map()
    const events: Attributes[] = []
    let current = trace
    // Lists and nested attributes: how deep inside values we are.
    let depth = 0
    const parser = new Parser()
    let broken: Error | null = null
    parser.on('error', (error) => {
      broken = error
    })
    parser.on('warn', () => {})
    parser.on('openTag', (name, attributes, decode) => {
      const tag = localName(name)
      if (tag === 'event') {
        current = new Map()
        events.push(current)
      } else if (VALUES.has(tag) || tag === 'list' || tag === 'container') {
        depth++
        const { key, value } = attributes()
        if (depth === 1 && key !== undefined && value !== undefined) current.set(decode(key), decode(value))
      }
    })
    parser.on('closeTag', (name) => {
      const tag = localName(name)
      if (tag === 'event') current = trace
      else if (VALUES.has(tag) || tag === 'list' || tag === 'container') depth--
    })
    const failed = parser.parse(text.slice(begin)) ?? broken
    if (failed) {
      this.#assembly.problems.add(
        'brokenXml',
        `trace ${number}`,
        'traces that are no well-formed XML',
        'They were left out. Export the log again.',
      )
      return
    }
    this.#read(number, trace, events)
  }

  #read(number: number, trace: Attributes, events: Attributes[]): void {
    const id = trace.get('concept:name') ?? trace.get('identity:id') ?? `${number}`
    const { problems } = this.#assembly
    for (const [index, event] of events.entries()) {
      const place = `trace ${number}, event ${index + 1}`
      const activity = event.get('concept:name') ?? ''
      const written = event.get('time:timestamp') ?? ''
      if (activity === '') {
        problems.add('noCase', place, 'events without a name', 'They were left out. Fill in concept:name.')
        continue
      }
      if (written === '') {
        problems.add('noTime', place, 'events without a time', 'They were left out. Fill in time:timestamp.')
        continue
      }
      const at = this.#times.parse(written)
      if (Number.isNaN(at)) {
        problems.add(
          'badTime',
          place,
          'times that cannot be read',
          'They were left out. Write them as 2026-03-31T08:15:00+02:00.',
        )
        continue
      }
      const step = stepOf(event.get('lifecycle:transition') ?? 'complete')
      if (step === null) continue
      this.#assembly.add({
        case: id,
        activity,
        step,
        asked: at,
        start: at,
        end: at,
        resource: event.get('org:resource') ?? '',
        instance: event.get('concept:instance') ?? '',
        line: this.#assembly.events + 1,
      })
      for (const [name, value] of event)
        if (!/^(concept|time|lifecycle|org|identity):/.test(name)) this.#assembly.attribute(id, name, value)
    }
    for (const [name, value] of trace) if (!/^(concept|identity):/.test(name)) this.#assembly.attribute(id, name, value)
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
