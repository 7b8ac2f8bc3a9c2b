/** Small pathways for the records' own suites, written as BPMN and compiled as any other. */
import { PLAYED_ALL_THE_SAME } from '../../pathways/language/bpmn/executability.ts'
import { compile } from '../../pathways/language/compile.ts'
import type { Program } from '../../pathways/language/program.ts'

/** A process made of its elements, in BPMN; flows are written `a>b`. `messages` are names, each of which is also its id. */
export async function pathway(
  id: string,
  elements: string,
  flows: string,
  { messages = [], signals = [] }: { messages?: string[]; signals?: string[] } = {},
): Promise<{ program: Program; bpmn: string }> {
  const drawn = flows
    .split(/\s+/)
    .filter(Boolean)
    .map((flow, index) => {
      const [source, target] = flow.split('>')
      return `<bpmn:sequenceFlow id="f${index}" sourceRef="${source}" targetRef="${target}"/>`
    })
  const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1" targetNamespace="test">
${messages.map((name) => `<bpmn:message id="${name}" name="${name}"/>`).join('')}
${signals.map((name) => `<bpmn:signal id="${name}" name="${name}"/>`).join('')}
<bpmn:process id="${id}" name="${id}" isExecutable="true">${elements}${drawn.join('')}</bpmn:process>
</bpmn:definitions>`
  const forms = { f: { type: 'default', components: [] } }
  const { programs, drawings, findings } = await compile({ bpmn, forms })
  const program = programs[0] ?? drawings[0]
  const errors = findings.filter(({ severity, rule }) => severity === 'error' && !PLAYED_ALL_THE_SAME.has(rule))
  if (errors.length > 0 || !program)
    throw new Error(`${id}: ${errors.map((error) => `${error.element}: ${error.message}`).join('; ')}`)
  return { program, bpmn }
}

export const extended = (extensions: string): string => `<bpmn:extensionElements>${extensions}</bpmn:extensionElements>`
export const start = '<bpmn:startEvent id="start"/>'
export const end = '<bpmn:endEvent id="end"/>'
export const userTask = (id: string, extensions = ''): string =>
  `<bpmn:userTask id="${id}" name="${id} it">${extended(`<hospital:task role="nurse" form="f" place="Ward A/12"/>${extensions}`)}</bpmn:userTask>`
