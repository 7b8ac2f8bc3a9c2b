/** Small pathways for tests, as BPMN. */
import { compile } from '../../../pathways/language/compile.ts'
import type { Program } from '../../../pathways/language/program.ts'

const namespaces =
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:hospital="urn:parcours:hospital:1"'

/** A process from what stands in it; `root` is for messages and errors. */
export const process = async (id: string, content: string, root = ''): Promise<Program> => {
  const bpmn = `<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions ${namespaces} id="D" targetNamespace="urn:test">${root}<bpmn:process id="${id}" isExecutable="true">${content}</bpmn:process></bpmn:definitions>`
  const { programs, findings } = await compile({ bpmn })
  if (programs.length === 0) throw new Error(findings.map((finding) => `${finding.element}: ${finding.message}`).join('\n'))
  return programs[0]!
}

/** A drawing of one gateway of some kind that chance decides: to `Work` with this probability, else to `Out`. */
export const byChance = async (id: string, probability: number, gateway: 'exclusive' | 'inclusive'): Promise<Program> => {
  const to = (target: string, value: number) =>
    `<bpmn:sequenceFlow id="Way_${target}" sourceRef="Way" targetRef="${target}"><bpmn:extensionElements><hospital:probability value="${value}"/></bpmn:extensionElements></bpmn:sequenceFlow>`
  const content = `<bpmn:startEvent id="In"/><bpmn:${gateway}Gateway id="Way"/><bpmn:task id="Work"/><bpmn:endEvent id="Done"/><bpmn:endEvent id="Out"/>
    ${flows('In>Way', 'Work>Done')}${to('Work', probability)}${to('Out', 1 - probability)}`
  const bpmn = `<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions ${namespaces} id="D" targetNamespace="urn:test"><bpmn:process id="${id}">${content}</bpmn:process></bpmn:definitions>`
  return (await compile({ bpmn })).drawings[0]!
}

export const flows = (...pairs: string[]): string =>
  pairs
    .map(
      (pair) =>
        `<bpmn:sequenceFlow id="${pair.replace('>', '_')}" sourceRef="${pair.split('>')[0]}" targetRef="${pair.split('>')[1]}"/>`,
    )
    .join('')

export const task = (id: string, extensions: string, more = ''): string =>
  `<bpmn:userTask id="${id}"><bpmn:extensionElements>${extensions}</bpmn:extensionElements>${more}</bpmn:userTask>`

/** Start, one task with these extensions, end. */
export const oneTask = (id: string, extensions: string): Promise<Program> =>
  process(id, `<bpmn:startEvent id="In"/>${task('Work', extensions)}<bpmn:endEvent id="Out"/>${flows('In>Work', 'Work>Out')}`)
