/** What the page asks the worker that checks drawings, and what it is answered. */
import type { Change } from '../../../pathways/language/diff/change.ts'
import type { Program } from '../../../pathways/language/program.ts'
import type { Coverage, Unmet } from '../../../twin/rehearse/scenario-test.ts'

export interface Drawing {
  bpmn: string
  dmn: string[]
  forms: Record<string, unknown>
}

export interface SaidFinding {
  rule: string
  severity: 'error' | 'warning'
  /** BPMN id; '' for the file as a whole. */
  element: string
  message: string
  help: string
}

/** One thing that happens on the way to what is wrong. */
export interface Step {
  element: string
  event: string
}

export interface CheckAnswer {
  /** It could be published. */
  executable: boolean
  /** It can at least be rehearsed. */
  rehearsable: boolean
  /** Null when it is not proven. */
  sound: boolean | null
  verdict: string[]
  states: number
  counterexample: Step[] | null
  findings: SaidFinding[]
}

/** Change lists of one version's parts, each told from the other's. */
export interface DiffAnswer {
  bpmn: Change[]
  /** By decision file, in order. */
  dmn: Change[]
  forms: { form: string; changes: Change[] }[]
}

export interface WalkLine {
  /** Since the start, ISO 8601. */
  at: string
  element: string
  name: string
  event: string
  type: string
}

export interface WalkAnswer {
  /** What has happened until the first step that nobody has answered. */
  lines: WalkLine[]
  /** The step that waits for an answer: a task, or an event that something outside makes happen. */
  waiting: { element: string; name: string; kind: 'task' | 'event' } | null
  /** How it ended, when nothing waits. */
  end: { outcome: string; at: string; open: string[]; error: string } | null
}

export interface PlayedScenario {
  name: string
  ok: boolean
  at: string
  outcome: string
  unmet: Unmet[]
  /** Elements and flows that it came to. */
  passed: string[]
}

export type ScenariosAnswer = { scenarios: PlayedScenario[]; coverage: Coverage } | { problem: string }

export interface Questions {
  check: { asked: { drawing: Drawing; pathway: string; language: 'fr' | 'en' }; answer: CheckAnswer }
  diff: { asked: { older: Drawing; newer: Drawing }; answer: DiffAnswer }
  compile: { asked: { drawing: Drawing; pathway: string }; answer: Program | null }
  /** `script` as in a scenario file. */
  walk: { asked: { drawing: Drawing; pathway: string; script: unknown; others: Program[] }; answer: WalkAnswer }
  scenarios: { asked: { drawing: Drawing; pathway: string; text: string; others: Program[] }; answer: ScenariosAnswer }
}

export type Question = { [Kind in keyof Questions]: { id: number; kind: Kind; asked: Questions[Kind]['asked'] } }[keyof Questions]
export type Answer = { id: number; answer: Questions[keyof Questions]['answer'] } | { id: number; error: string }
