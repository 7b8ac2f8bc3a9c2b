/** Checks, proves, compares and walks through drawings beside the page, so that drawing never waits: the same code as `parcours check`. */
import { checkPathway } from '../../../pathways/check.ts'
import { compile } from '../../../pathways/language/compile.ts'
import { diffBpmn } from '../../../pathways/language/diff/diff.ts'
import { diffDmn } from '../../../pathways/language/diff/dmn.ts'
import { diffForm } from '../../../pathways/language/diff/form.ts'
import { hasError, worded } from '../../../pathways/language/finding.ts'
import type { Program } from '../../../pathways/language/program.ts'
import { verdictWords } from '../../../pathways/soundness/words.ts'
import { readScenarioFile } from '../../../twin/rehearse/scenario-file.ts'
import { coverageOf, testScenarios } from '../../../twin/rehearse/scenario-test.ts'
import { RehearsalError } from '../../../twin/rehearse/script.ts'
import { problemText } from '../../../twin/yaml/checked.ts'
import type { Answer, CheckAnswer, DiffAnswer, Drawing, Question, Questions, ScenariosAnswer } from './contract.ts'
import { walk } from './walk.ts'

/** A proof of so many states takes a second or two; the server proves further before it publishes. */
const STATES_BUDGET = 30_000

const answers: { [Kind in keyof Questions]: (asked: Questions[Kind]['asked']) => Promise<Questions[Kind]['answer']> } = {
  check,
  diff,
  compile: ({ drawing, pathway }) => programOf(drawing, pathway),
  walk: async ({ drawing, pathway, script, others }) => {
    const program = await programOf(drawing, pathway)
    if (!program) throw new RehearsalError(pathway, 'the drawing has errors')
    return walk([program, ...others], pathway, script)
  },
  scenarios,
}

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  const { id, kind, asked } = data
  const answer = (answers[kind] as (asked: unknown) => Promise<Questions[keyof Questions]['answer']>)(asked)
  answer.then(
    (answered) => postMessage({ id, answer: answered } satisfies Answer),
    (error: unknown) => postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies Answer),
  )
})

async function check({ drawing, pathway, language }: Questions['check']['asked']): Promise<CheckAnswer> {
  const { programs, drawings, findings, verdicts } = await checkPathway(drawing, { budget: STATES_BUDGET })
  const program = [...programs, ...drawings].find(({ process }) => process === pathway)
  const verdict = program && !hasError(findings) ? verdicts.get(pathway) : undefined
  return {
    executable: programs.some(({ process }) => process === pathway) && !hasError(findings),
    rehearsable: program !== undefined && !hasError(findings),
    sound: verdict?.sound ?? null,
    verdict: verdict ? verdictWords(verdict, language) : [],
    states: verdict?.states ?? 0,
    counterexample: verdict && verdict.sound !== true ? verdict.counterexample : null,
    findings: findings.map((finding) => {
      const { rule, severity, element } = finding
      return { rule, severity, element, ...worded(finding, language) }
    }),
  }
}

async function programOf(drawing: Drawing, pathway: string): Promise<Program | null> {
  const { programs, drawings, findings } = await compile(drawing)
  if (hasError(findings)) return null
  return [...programs, ...drawings].find(({ process }) => process === pathway) ?? null
}

async function diff({ older, newer }: Questions['diff']['asked']): Promise<DiffAnswer> {
  const files = Math.max(older.dmn.length, newer.dmn.length)
  const decisions = await Promise.all(
    Array.from({ length: files }, (_, index) => diffDmn(older.dmn[index] ?? EMPTY_DMN, newer.dmn[index] ?? EMPTY_DMN)),
  )
  const forms = [...new Set([...Object.keys(older.forms), ...Object.keys(newer.forms)])]
  return {
    bpmn: (await diffBpmn(older.bpmn, newer.bpmn)).changes ?? [],
    dmn: decisions.flatMap(({ changes }) => changes ?? []),
    forms: forms.flatMap((form) => {
      const [from, to] = [older.forms[form] ?? EMPTY_FORM, newer.forms[form] ?? EMPTY_FORM]
      const changes = diffForm(JSON.stringify(from), JSON.stringify(to)).changes ?? []
      return changes.length > 0 ? [{ form, changes }] : []
    }),
  }
}

const EMPTY_FORM = { type: 'default', components: [] }
const EMPTY_DMN =
  '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="none" name="none" namespace="urn:parcours:none"/>'

async function scenarios({ drawing, pathway, text, others }: Questions['scenarios']['asked']): Promise<ScenariosAnswer> {
  const program = await programOf(drawing, pathway)
  if (!program) return { problem: 'drawing' }
  if (text.trim() === '') return { scenarios: [], coverage: coverageOf(program, []) }
  const { file, problems } = readScenarioFile(text)
  if (!file) return { problem: problems.map(problemText).join('\n') }
  try {
    const results = [...testScenarios([program, ...others], file)]
    const played = results.map(({ name, unmet, end, passed }) => ({
      ...{ name, unmet, ok: unmet.length === 0, at: end.at, outcome: end.outcome },
      passed: [...passed],
    }))
    return { scenarios: played, coverage: coverageOf(program, results) }
  } catch (error) {
    if (error instanceof RehearsalError) return { problem: error.message }
    throw error
  }
}
