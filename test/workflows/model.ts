/** Small pathways for the live host's suites: as the records' own, with conditions, errors and timers. */
import { PLAYED_ALL_THE_SAME } from '../../pathways/language/bpmn/executability.ts'
import { compile } from '../../pathways/language/compile.ts'
import type { Program } from '../../pathways/language/program.ts'

/** Flows are written `a>b`, or `a>b?condition`; the k-th, from 0, has the id `fk`. Names of messages and errors are also their ids and codes. */
export async function pathway(
  id: string,
  elements: string,
  flows: string,
  { messages = [], errors = [] }: { messages?: string[]; errors?: string[] } = {},
): Promise<{ program: Program; bpmn: string }> {
  const drawn = flows.split(/\s+/).map((flow, index) => {
    const [ends, condition] = flow.split('?')
    const [source, target] = ends!.split('>')
    const inside = condition ? `<bpmn:conditionExpression>=${condition}</bpmn:conditionExpression>` : ''
    return `<bpmn:sequenceFlow id="f${index}" sourceRef="${source}" targetRef="${target}">${inside}</bpmn:sequenceFlow>`
  })
  const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1" targetNamespace="test">
${messages.map((name) => `<bpmn:message id="${name}" name="${name}"/>`).join('')}
${errors.map((code) => `<bpmn:error id="${code}" name="${code}" errorCode="${code}"/>`).join('')}
<bpmn:process id="${id}" name="${id}" isExecutable="true">${elements}${drawn.join('')}</bpmn:process>
</bpmn:definitions>`
  const { programs, drawings, findings } = await compile({ bpmn, forms: { f: { type: 'default', components: [] } } })
  const program = programs[0] ?? drawings[0]
  const wrong = findings.filter(({ severity, rule }) => severity === 'error' && !PLAYED_ALL_THE_SAME.has(rule))
  if (wrong.length > 0 || !program)
    throw new Error(`${id}: ${wrong.map((each) => `${each.element}: ${each.message}`).join('; ')}`)
  return { program, bpmn }
}

export const serviceTask = (id: string, activity: string, extensions = ''): string =>
  `<bpmn:serviceTask id="${id}" name="${id} it"><bpmn:extensionElements><hospital:activity name="${activity}"/>${extensions}</bpmn:extensionElements></bpmn:serviceTask>`

/** A timer that is waited for, ISO 8601. */
export const pause = (id: string, duration: string): string =>
  `<bpmn:intermediateCatchEvent id="${id}"><bpmn:timerEventDefinition><bpmn:timeDuration>${duration}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`
