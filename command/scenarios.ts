/** `parcours rehearse --scenarios`: the scenario tests of a pathway, and what they leave out. */
import type { Program } from '../pathways/language/program.ts'
import { readScenarioFile } from '../twin/rehearse/scenario-file.ts'
import { type Coverage, coverageOf, type ScenarioResult, testScenarios, type Unmet } from '../twin/rehearse/scenario-test.ts'
import { RehearsalError } from '../twin/rehearse/script.ts'
import { InputError, type Terminal } from './command.ts'
import { readText } from './files.ts'

/** @returns 1 when a scenario did not go as expected. @throws InputError for a file that cannot be used. */
export function playScenarios(programs: Program[], path: string, { out, colour }: Terminal, json: boolean): number {
  const { file, problems } = readScenarioFile(readText(path))
  if (!file) throw new InputError(problems.map(({ path: at, message, help }) => `${path}: ${at && `${at}: `}${message}. ${help}`))
  const results: ScenarioResult[] = []
  try {
    for (const result of testScenarios(programs, file)) {
      results.push(result)
      out(json ? `${JSON.stringify(plain(result))}\n` : inWords(result, colour))
    }
  } catch (error) {
    if (error instanceof RehearsalError) throw new InputError(`${path}: ${error.message}`)
    throw error
  }
  const coverage = coverageOf(programs.find(({ process }) => process === file.pathway)!, results)
  const failed = results.filter(({ unmet }) => unmet.length > 0).length
  out(
    json
      ? `${JSON.stringify({ passed: results.length - failed, failed, coverage })}\n`
      : summary(results.length - failed, failed, coverage),
  )
  return failed > 0 ? 1 : 0
}

const plain = ({ name, unmet, end }: ScenarioResult) => ({
  scenario: name,
  ok: unmet.length === 0,
  outcome: end.outcome,
  at: end.at,
  unmet,
})

function inWords({ name, unmet }: ScenarioResult, colour: boolean): string {
  const paint = (code: string, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const mark = unmet.length === 0 ? paint('32', '✓') : paint('31', '✗')
  return [`${mark} ${name}`, ...unmet.map((each) => `    ${unmetInWords(each)}`)].map((line) => `${line}\n`).join('')
}

const unmetInWords = ({ expectation, of, expected, found }: Unmet) =>
  `${[expectation, of].filter(Boolean).join(' ')}: expected ${expected || 'nothing'}, found ${found || 'nothing'}`

function summary(passed: number, failed: number, { elements, flows }: Coverage): string {
  const part = (what: string, { total, missing }: Coverage['flows']) =>
    `${what} ${total - missing.length} of ${total}${missing.length > 0 ? `, without ${missing.join(', ')}` : ''}\n`
  return `\n${passed} passed, ${failed} failed\n${part('elements:', elements)}${part('branches:', flows)}`
}
