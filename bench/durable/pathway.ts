/** The path that both sides run: six activities, a timer, and a person's task that needs a nurse. */
import { compile } from '../../pathways/language/compile.ts'
import type { Program } from '../../pathways/language/program.ts'

export const PATHWAY = 'durable'
export const ACTIVITIES = 6
export const POOL = 'nurse'
export const TIMER_MS = 1_000

const path = ['start', ...Array.from({ length: ACTIVITIES }, (_, index) => `work${index + 1}`), 'pause', 'care', 'end']

const works = path
  .filter((id) => id.startsWith('work'))
  .map(
    (id) => `<serviceTask id="${id}" name="${id}"><extensionElements><hospital:activity name="bench.work"/>
      <hospital:input name="patient" value="=patient"/><hospital:output name="${id}" value="=result.done"/></extensionElements></serviceTask>`,
  )

const flows = path.slice(1).map((target, index) => {
  const source = path[index]!
  return `<sequenceFlow id="${source}-${target}" sourceRef="${source}" targetRef="${target}"/>`
})

export const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:parcours:bench">
<process id="${PATHWAY}" name="The same path twice" isExecutable="true">
<startEvent id="start"/>${works.join('\n')}
<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1S</timeDuration></timerEventDefinition></intermediateCatchEvent>
<userTask id="care" name="Care"><extensionElements><hospital:task role="nurse" place="Ward A/12"/><hospital:need pool="${POOL}" quantity="1"/></extensionElements></userTask>
<endEvent id="end"/>
${flows.join('\n')}
</process></definitions>`

export async function program(): Promise<Program> {
  const { programs, findings } = await compile({ bpmn })
  if (!programs[0]) throw new Error(findings.map(({ element, message }) => `${element}: ${message}`).join('; '))
  return programs[0]
}
