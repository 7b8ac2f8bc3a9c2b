/**
 * What only execution needs. A process that does not say it is executable may leave it out, as it documents "at a modeler-defined level of detail" (BPMN 2.0.2,
 * table 10.1, isExecutable). It is then a drawing: it can be rehearsed, simulated and proven, and not published.
 */
import type { Finding } from '../finding.ts'
import type { Compilation } from './compilation.ts'
import { type Element, extensions, idOf } from './element.ts'

/** The rules that ask for what only execution needs; none of them is about how elements are connected. */
const ASKED_BY_EXECUTION: ReadonlySet<string> = new Set([
  'missing-condition',
  'empty-condition',
  'condition-language',
  'condition-prose',
  'condition-missing',
  'activation-condition',
  'timer-missing',
  'timer-text',
  'message-missing',
  'signal-missing',
  'error-missing',
  'escalation-missing',
  'called-element',
  'decision-missing',
  'unknown-decision',
  'script-format',
  'script-missing',
  'unknown-form',
  'loop-count',
  'loop-endless',
  'empty-subprocess',
  'ad-hoc-empty',
])

/** Rules of the standard about a whole drawing: a process that breaks them can be played, not published. */
export const PLAYED_ALL_THE_SAME: ReadonlySet<string> = new Set([
  'start-required',
  'missing-end',
  'implicit-end',
  'unreachable',
  'superfluous-gateway',
  'condition-alone',
  'gateway-direction',
  'flow-immediate',
  'link-source',
  'public-executable',
])

/** A condition of a flow that is no FEEL is one that is missing. */
const OF_CONDITIONS: ReadonlySet<string> = new Set(['feel-syntax', 'unknown-function', 'condition-prose'])

/**
 * - `executable`: it can be published and run live.
 * - `drawing`: it can be rehearsed, simulated and proven. Findings say what it lacks: as errors where it claims to be executable and lacks conditions.
 * - `refused`: it breaks the standard, or claims to be executable and is not.
 */
export type Executability = 'executable' | 'drawing' | 'refused'

/** What becomes of a process, by what was found; of a drawing, what is missing is said as warnings. */
export const judge = (to: Compilation, process: Element): Executability => {
  const { isExecutable } = process
  const flows = new Set(to.flows.map(idOf))
  const isMissing = ({ rule, element }: Finding) =>
    rule === 'missing-condition' ||
    (isExecutable === true && PLAYED_ALL_THE_SAME.has(rule)) ||
    (isExecutable !== true && (ASKED_BY_EXECUTION.has(rule) || (OF_CONDITIONS.has(rule) && flows.has(element))))
  const errors = to.findings.filter(({ severity }) => severity === 'error')
  if (!errors.every(isMissing)) return 'refused'
  if (errors.length === 0 && isExecutable !== false) return 'executable'
  if (isExecutable === true) return 'drawing'
  for (const finding of errors) finding.severity = 'warning'
  // Where chance decides, nothing more is asked of a drawing.
  const byChance = new Set(to.flows.filter((flow) => extensions(flow, 'probability').length > 0).map(idOf))
  to.findings = to.findings.filter(({ rule, element }) => rule !== 'missing-condition' || !byChance.has(element))
  to.findings.push(notExecutable(idOf(process), errors.length > 0))
  return 'drawing'
}

const notExecutable = (element: string, lacks: boolean): Finding => ({
  rule: 'not-executable',
  severity: 'warning',
  element,
  message: lacks
    ? 'This drawing lacks what it takes to be run live: it can be rehearsed, simulated and proven, not published.'
    : 'This process says that it is not executable: it can be rehearsed, simulated and proven, not published.',
  help: lacks
    ? 'To publish it, add what the other warnings name, and conditions where only probabilities are given, and set isExecutable="true".'
    : 'To publish it, set isExecutable="true".',
  french: {
    message: lacks
      ? 'Il manque à ce dessin de quoi être exécuté en réel : on peut le répéter, le simuler et le prouver, pas le publier.'
      : 'Ce processus se dit non exécutable : on peut le répéter, le simuler et le prouver, pas le publier.',
    help: lacks
      ? 'Pour le publier, ajoutez ce que nomment les autres alertes, et des conditions là où seules des probabilités sont données, et mettez isExecutable="true".'
      : 'Pour le publier, mettez isExecutable="true".',
  },
})
