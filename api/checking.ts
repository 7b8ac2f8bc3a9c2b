/** What a version's sources are worth: findings in the caller's language, and the Program when there is nothing against it. */
import type { z } from '@hono/zod-openapi'
import { PLAYED_ALL_THE_SAME } from '../pathways/language/bpmn/executability.ts'
import { type Finding, hasError, worded } from '../pathways/language/finding.ts'
import type { Program } from '../pathways/language/program.ts'
import type { Verdict } from '../pathways/soundness/prove.ts'
import { verdictWords } from '../pathways/soundness/words.ts'
import type { CompiledSources } from '../records/pathways.ts'
import { readScenarioFile } from '../twin/rehearse/scenario-file.ts'
import { coverageOf } from '../twin/rehearse/scenario-test.ts'
import { problemText } from '../twin/yaml/checked.ts'
import { type Language, ProblemError } from './problems.ts'
import { playElsewhere, proveElsewhere } from './proving.ts'
import type { CheckedSources, ScenarioResults } from './schemas/pathways.ts'

export interface Checked {
  /** Null when it could not be published. */
  program: Program | null
  /** What can be rehearsed all the same, null when that is nothing. */
  drawing: Program | null
  findings: Finding[]
  /** Null when there is nothing to prove. */
  verdict: Verdict | null
}

/** A proof of so many states takes some seconds, in a thread of its own. */
const STATES_BUDGET = 100_000

/** The process of that id; any, when no id is given. @param known the pathways that it may call. @throws ProblemError `unreadable-pathway`. */
export async function checkSources(
  { bpmn, dmn, forms }: CompiledSources,
  language: Language,
  known: Program[],
  pathway?: string,
): Promise<Checked> {
  const { programs, drawings, processes, globalTasks, findings, verdicts } = await proveElsewhere(
    { bpmn, dmn, forms },
    STATES_BUDGET,
    known,
  )
  const isAsked = ({ process }: Program) => pathway === undefined || process === pathway
  const program = programs.find(isAsked) ?? null
  const drawing = drawings.find(isAsked) ?? null
  // Whatever is drawn can be spoken of, executable or not.
  const isDrawn = [...processes, ...globalTasks].some((id) => pathway === undefined || id === pathway)
  const isUnreadable = findings.some(({ rule }) => rule === 'broken-xml') || !isDrawn
  if (isUnreadable) throw new ProblemError('unreadable-pathway', { pathway: pathway ?? '' }, errorsOf(findings, language))
  const found = program ?? drawing
  if (!found || hasError(findings.filter(({ rule }) => !PLAYED_ALL_THE_SAME.has(rule))))
    return { program: null, drawing: null, findings, verdict: null }
  const verdict = verdicts.get(found.process)!
  return hasError(findings) ? { program: null, drawing: found, findings, verdict } : { program, drawing, findings, verdict }
}

/** Why it is not published, as an RFC 9457 problem names it, by element: the errors, else that it is a drawing. */
export const errorsOf = (findings: Finding[], language: Language) =>
  (hasError(findings)
    ? findings.filter(({ severity }) => severity === 'error')
    : findings.filter(({ rule }) => rule === 'not-executable')
  ).map((finding) => {
    const { message, help } = worded(finding, language)
    return { path: finding.element, message: `${message} ${help}` }
  })

/**
 * Plays scenario tests in virtual time. @param known the pathways that it may call.
 * @throws ProblemError `invalid-input` naming what is wrong with the scenarios.
 */
export async function playScenarios(text: string, program: Program, known: Program[]): Promise<z.infer<typeof ScenarioResults>> {
  const refuse = (message: string) => new ProblemError('invalid-input', {}, [{ path: 'scenarios', message }])
  if (text === '') return { scenarios: [], coverage: coverageOf(program, []) }
  const { file, problems } = readScenarioFile(text)
  if (!file) throw refuse(problems.map(problemText).join('\n'))
  if (file.pathway !== program.process) throw refuse(`pathway: expected "${program.process}"`)
  const played = await playElsewhere(file, program, known)
  if (typeof played === 'string') throw refuse(played)
  return played
}

/** Why scenario tests keep a version from being published, as an RFC 9457 problem says it: by scenario. */
export const unmetScenarios = ({ scenarios }: z.infer<typeof ScenarioResults>, language: Language) =>
  scenarios.flatMap(({ name, unmet }) => unmet.map((each) => ({ path: name, message: UNMET_WORDS[language](each) })))

type Unmet = z.infer<typeof ScenarioResults>['scenarios'][number]['unmet'][number]
const UNMET_WORDS: Record<Language, (unmet: Unmet) => string> = {
  fr: ({ expectation, of, expected, found }) =>
    `${[expectation, of].filter(Boolean).join(' ')} : attendu ${expected || 'rien'}, obtenu ${found || 'rien'}`,
  en: ({ expectation, of, expected, found }) =>
    `${[expectation, of].filter(Boolean).join(' ')}: expected ${expected || 'nothing'}, found ${found || 'nothing'}`,
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
