/** Small DMN models as text, and what they decide. */
import { expect } from 'vitest'
import { compileDecisions } from '../../../../pathways/language/dmn/compile.ts'
import { type Trace, toDecision, traced } from '../../../../pathways/language/dmn/evaluate.ts'
import { readDmn } from '../../../../pathways/language/dmn/read.ts'
import type { Value, Variables } from '../../../../pathways/language/feel/value.ts'

export const site = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }
export const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

export const model = (body: string, { space = '20230324/MODEL/', namespace = 'urn:test', attributes = '' } = {}) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="https://www.omg.org/spec/DMN/${space}" id="defs" name="defs" namespace="${namespace}" ${attributes}>${body}</definitions>`

export const literal = (text: string, attributes = '') =>
  `<literalExpression ${attributes}><text>${escaped(text)}</text></literalExpression>`

const required = (href: string) =>
  href.startsWith('input:')
    ? `<informationRequirement><requiredInput href="${hash(href.slice(6))}"/></informationRequirement>`
    : href.startsWith('call:')
      ? `<knowledgeRequirement><requiredKnowledge href="${hash(href.slice(5))}"/></knowledgeRequirement>`
      : `<informationRequirement><requiredDecision href="${hash(href)}"/></informationRequirement>`
const hash = (href: string) => (href.includes('#') ? href : `#${href}`)

/** Requirements are ids: `a`, `input:b`, `call:c`. */
export const decision = (name: string, logic: string, { type = '', requires = [] as string[] } = {}) =>
  `<decision id="${name.replaceAll(' ', '_')}" name="${name}"><variable name="${name}"${type ? ` typeRef="${type}"` : ''}/>${requires.map(required).join('')}${logic}</decision>`

export const input = (name: string, type = '') =>
  `<inputData id="${name.replaceAll(' ', '_')}" name="${name}"><variable name="${name}"${type ? ` typeRef="${type}"` : ''}/></inputData>`

export const knowledge = (
  name: string,
  parameters: [name: string, type?: string][],
  body: string,
  { type = '', requires = [] as string[] } = {},
) =>
  `<businessKnowledgeModel id="${name.replaceAll(' ', '_')}" name="${name}"><variable name="${name}"${type ? ` typeRef="${type}"` : ''}/><encapsulatedLogic>${parameters
    .map(([parameter, typeRef]) => `<formalParameter name="${parameter}"${typeRef ? ` typeRef="${typeRef}"` : ''}/>`)
    .join('')}${body}</encapsulatedLogic>${requires.map(required).join('')}</businessKnowledgeModel>`

type Kind = 'decisions' | 'services' | 'knowledge'

export const compiled = async (xml: string, ...others: string[]) =>
  compileDecisions(await readDmn(xml), await Promise.all(others.map(readDmn)))

/** The value, and what was noted on the way. */
export const traceOf = async (
  xml: string,
  name: string,
  variables: Variables = {},
  kind: Kind = 'decisions',
  others: string[] = [],
): Promise<{ value: Value } & Trace> => {
  const result = await compiled(xml, ...others)
  expect(result.findings.filter((finding) => finding.severity === 'error')).toEqual([])
  const { tree } = result[kind].find((one) => one.name === name)!
  expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
  const trace: Trace = { warnings: [], rules: [] }
  const get = (key: string) => (Object.hasOwn(variables, key) ? variables[key] : undefined)
  return { value: traced(trace, () => toDecision(tree)({ get, at: 0, site })), ...trace }
}

export const decide = async (...asked: Parameters<typeof traceOf>): Promise<Value> => (await traceOf(...asked)).value

export const rulesOf = async (xml: string, ...others: string[]) =>
  (await compiled(xml, ...others)).findings.map(({ rule }) => rule)
