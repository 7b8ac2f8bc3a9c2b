/** Models for tests of the hospital lint, and what it says of them. */
import { expect } from 'vitest'
import { compile } from '../../../../pathways/language/compile.ts'
import type { Finding } from '../../../../pathways/language/finding.ts'
import { lintHospital } from '../../../../pathways/language/lint/hospital.ts'
import type { HospitalResources } from '../../../../pathways/language/lint/rule.ts'
import { flow, process } from '../../../conformance/small-model.ts'

/** What the lint finds in a file that compiles; every finding speaks both languages. */
export const findingsIn = async (bpmn: string, hospital: HospitalResources | null = null): Promise<Finding[]> => {
  const { programs, findings } = await compile({ bpmn })
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  const found = programs.flatMap((program) => lintHospital(program, hospital, programs))
  for (const { message, help, french } of found) {
    expect(french.message).not.toBe(message)
    expect([help, french.help].every((text) => text.length > 0)).toBe(true)
  }
  return found
}

/** The same for one rule, as `severity element`. */
export const foundBy = async (rule: string, bpmn: string, hospital: HospitalResources | null = null): Promise<string[]> =>
  (await findingsIn(bpmn, hospital))
    .filter((finding) => finding.rule === rule)
    .map(({ severity, element }) => `${severity} ${element}`)

/** A person's task about which all is said, and more. */
export const task = (id: string, more = '', inside = ''): string =>
  `<userTask id="${id}"><extensionElements><hospital:task role="nurse"/><hospital:duration value="PT10M"/>${more}</extensionElements>${inside}</userTask>`

/** Flows from each element to the next. */
export const chain = (...ids: string[]): string =>
  ids
    .slice(1)
    .map((id, index) => flow(ids[index]!, id))
    .join('')

/** A process that holds units: its holds by name and resource, then what is drawn. */
export const holding = (holds: [name: string, pool: string][], drawn: string): string =>
  process(
    `<extensionElements>${holds.map(([name, pool]) => `<hospital:hold name="${name}" pool="${pool}"/>`).join('')}</extensionElements><startEvent id="s"/><endEvent id="e"/>${drawn}`,
  )
