/** What people, systems and messages do in a rehearsal; all of it optional. Strings that begin with `=` are FEEL. */
import { toClosure } from '../../pathways/language/feel/evaluate.ts'
import { FeelError, parseFeel } from '../../pathways/language/feel/parse.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import { addDuration, parseDuration } from '../../pathways/time/duration.ts'
import type { SiteTime } from '../../pathways/time/site.ts'

export interface Script {
  /** At the start. */
  variables?: Variables
  /** By element id or name. */
  tasks?: Record<string, ScriptedTask>
  /** By gateway id: the flows it takes, in turn, the last one repeating. */
  branches?: Record<string, string[]>
  messages?: ScriptedMessage[]
  signals?: ScriptedMessage[]
  triggers?: ScriptedTrigger[]
}

export interface ScriptedTask {
  takes?: string
  set?: Variables
  /** The code of the error it fails with. */
  fails?: string
}

export interface ScriptedMessage {
  name: string
  after?: string
  /** Again and again at this distance, so many `times` in all. */
  every?: string
  times?: number
  set?: Variables
}

/** How often a message comes at most. */
const TIMES_MAX = 10_000

/** Makes a catching event happen; a start event: begins the process there. */
export interface ScriptedTrigger {
  element: string
  after?: string
  set?: Variables
}

/** The script, or what it is played on, cannot be used: says where and what to do. */
export class RehearsalError extends Error {
  readonly place: string

  constructor(place: string, message: string) {
    super(`${place}: ${message}`)
    this.name = 'RehearsalError'
    this.place = place
  }
}

const known = {
  script: ['variables', 'tasks', 'branches', 'messages', 'signals', 'triggers'],
  task: ['takes', 'set', 'fails'],
  message: ['name', 'after', 'every', 'times', 'set'],
  trigger: ['element', 'after', 'set'],
}

/**
 * Checks what came as JSON.
 * @throws RehearsalError naming the place and what is expected there.
 */
export function readScript(value: unknown): Script {
  const script = object(value, 'script', known.script) as Script
  if (script.variables !== undefined) object(script.variables, 'variables')
  for (const [id, task] of Object.entries(object(script.tasks ?? {}, 'tasks'))) object(task, `tasks.${id}`, known.task)
  for (const [id, flows] of Object.entries(object(script.branches ?? {}, 'branches'))) {
    if (!Array.isArray(flows) || flows.length === 0) throw new RehearsalError(`branches.${id}`, 'expected a list of flow ids')
  }
  for (const part of ['messages', 'signals'] as const) {
    list(script[part], part).forEach((message, index) => {
      const { name, every, times } = object(message, `${part}[${index}]`, known.message)
      if (typeof name !== 'string') throw new RehearsalError(`${part}[${index}].name`, 'expected a name')
      if (every !== undefined && times === undefined)
        throw new RehearsalError(`${part}[${index}].times`, 'expected how many times in all')
      if (times !== undefined && !(Number.isSafeInteger(times) && Number(times) > 0 && Number(times) <= TIMES_MAX))
        throw new RehearsalError(`${part}[${index}].times`, `expected a whole number from 1 to ${TIMES_MAX}`)
    })
  }
  list(script.triggers, 'triggers').forEach((trigger, index) => {
    const { element } = object(trigger, `triggers[${index}]`, known.trigger)
    if (typeof element !== 'string') throw new RehearsalError(`triggers[${index}].element`, 'expected the id of an event')
  })
  return script
}

function list(value: unknown, place: string): unknown[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw new RehearsalError(place, 'expected a list')
  return value
}

function object(value: unknown, place: string, keys?: string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RehearsalError(place, 'expected an object')
  const unknown = keys ? Object.keys(value).find((key) => !keys.includes(key)) : undefined
  if (unknown !== undefined) throw new RehearsalError(`${place}.${unknown}`, `unknown; expected one of ${keys!.join(', ')}`)
  return value as Record<string, unknown>
}

/** A duration of the script, from a time on. */
export function after(at: number, text: string | undefined, site: SiteTime, place: string): number {
  if (text === undefined) return at
  const duration = typeof text === 'string' ? parseDuration(text) : null
  if (!duration || duration.months < 0 || duration.milliseconds < 0) {
    throw new RehearsalError(place, 'expected an ISO 8601 duration such as PT10M')
  }
  return addDuration(at, duration, site)
}

/** Values of the script over a run's variables. */
export function valuesOf(set: Variables | undefined, variables: Variables, at: number, site: SiteTime, place: string): Variables {
  const values: Variables = {}
  for (const name in set) values[name] = evaluated(set[name]!, variables, at, site, `${place}.${name}`)
  return values
}

function evaluated(value: Value, variables: Variables, at: number, site: SiteTime, place: string): Value {
  if (typeof value !== 'string' || !value.startsWith('=')) return value
  try {
    const closure = toClosure(parseFeel(value.slice(1), { names: Object.keys(variables) }))
    return closure({ get: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined), at, site })
  } catch (error) {
    if (error instanceof FeelError) throw new RehearsalError(place, error.message)
    throw error
  }
}
