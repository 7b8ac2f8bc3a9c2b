/** What a version's sources are worth: findings in the caller's language, and the Program when there is nothing against it. */
import type { z } from '@hono/zod-openapi'
import { checkPathway } from '../pathways/check.ts'
import { type Finding, hasError, worded } from '../pathways/language/finding.ts'
import type { Program } from '../pathways/language/program.ts'
import type { Verdict } from '../pathways/soundness/prove.ts'
import { verdictWords } from '../pathways/soundness/words.ts'
import type { VersionSources } from '../records/pathways.ts'
import { readScenarioFile } from '../twin/rehearse/scenario-file.ts'
import { coverageOf, testScenarios } from '../twin/rehearse/scenario-test.ts'
import { RehearsalError } from '../twin/rehearse/script.ts'
import { type Language, ProblemError } from './problems.ts'
import type { CheckedSources, ScenarioResults } from './schemas/pathways.ts'

export interface Checked {
  /** Null when it could not be published. */
  program: Program | null
  findings: Finding[]
  /** Null when it has no Program. */
  verdict: Verdict | null
}

/** A proof of so many states takes about a second, for which nobody else is answered. */
const STATES_BUDGET = 10_000

/** The process of that id; any, when no id is given. @throws ProblemError `unreadable-pathway`. */
export async function checkSources({ bpmn, dmn, forms }: VersionSources, language: Language, pathway?: string): Promise<Checked> {
  const { programs, processes, globalTasks, findings, verdicts } = await checkPathway(
    { bpmn, dmn, forms },
    { budget: STATES_BUDGET },
  )
  const program = programs.find(({ process }) => pathway === undefined || process === pathway) ?? null
  // Whatever is drawn can be spoken of, executable or not.
  const isDrawn = [...processes, ...globalTasks].some((id) => pathway === undefined || id === pathway)
  const isUnreadable = findings.some(({ rule }) => rule === 'broken-xml') || !isDrawn
  if (isUnreadable) throw new ProblemError('unreadable-pathway', { pathway: pathway ?? '' }, errorsOf(findings, language))
  if (!program || hasError(findings)) return { program: null, findings, verdict: null }
  return { program, findings, verdict: verdicts.get(program.process)! }
}

/** The errors among findings as an RFC 9457 problem names them: by element. */
export const errorsOf = (findings: Finding[], language: Language) =>
  findings
    .filter(({ severity }) => severity === 'error')
    .map((finding) => {
      const { message, help } = worded(finding, language)
      return { path: finding.element, message: `${message} ${help}` }
    })

/** @throws ProblemError `invalid-input` naming what is wrong with the scenarios. */
export function playScenarios(text: string, program: Program, others: Program[]): z.infer<typeof ScenarioResults> {
  const refuse = (message: string) => new ProblemError('invalid-input', {}, [{ path: 'scenarios', message }])
  const { file, problems } = readScenarioFile(text)
  if (!file) throw refuse(problems.map(({ path, message, help }) => `${path && `${path}: `}${message}. ${help}`).join('\n'))
  if (file.pathway !== program.process) throw refuse(`pathway: expected "${program.process}"`)
  try {
    const results = [...testScenarios([program, ...others], file)]
    const scenarios = results.map(({ name, unmet, end }) => ({
      name,
      ok: unmet.length === 0,
      outcome: end.outcome,
      at: end.at,
      unmet,
    }))
    return { scenarios, coverage: coverageOf(program, results) }
  } catch (error) {
    if (error instanceof RehearsalError) throw refuse(error.message)
    throw error
  }
}

/** Why a pathway is unsound, as an RFC 9457 problem says it: at the element that the shortest way to it ends at. */
export const unsoundness = (verdict: Verdict, language: Language) => [
  { path: verdict.counterexample?.at(-1)?.element ?? '', message: verdictWords(verdict, language).join('; ') },
]

export const checkedItem = ({ program, findings, verdict }: Checked, language: Language): z.infer<typeof CheckedSources> => ({
  executable: program !== null,
  sound: verdict?.sound ?? null,
  verdict: verdict ? verdictWords(verdict, language) : [],
  counterexample: verdict?.sound ? null : (verdict?.counterexample ?? null),
  findings: findings.map((finding) => {
    const { rule, severity, element } = finding
    return { rule, severity, element, ...worded(finding, language) }
  }),
})
