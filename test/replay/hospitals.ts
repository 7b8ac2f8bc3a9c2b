/** A small hospital to be replayed, with something of everything. */
import { contentHash } from '../../pathways/language/canonical.ts'
import { compile } from '../../pathways/language/compile.ts'
import type { Program } from '../../pathways/language/program.ts'
import { playableLive } from '../../twin/replay/check.ts'
import type { Extras } from '../../twin/replay/lines.ts'
import { type HospitalOptions, standardActivities } from '../../twin/simulate/index.ts'
import { pool, SITE, unit } from '../records/support.ts'

const definitions = (body: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1" targetNamespace="test">
${body}
</definitions>`

const extended = (inside: string) => `<extensionElements>${inside}</extensionElements>`
const lasts = (mean: string) => `<hospital:duration distribution="exponential" mean="${mean}"/>`
const flow = (from: string, to: string, inside = '') =>
  `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${inside}</sequenceFlow>`

/** Triage by the nurse, a system that is asked, tests again and again by chance, a bed, a call, a night by a timer, and patience. */
const visit = definitions(`
<message id="M" name="bed.left"/>
<process id="visit" name="Visit" isExecutable="true">
  ${extended('<hospital:hold name="bed" pool="bed" quantity="1"/><hospital:priority value="=urgency"/>')}
  <startEvent id="in"/>
  <userTask id="Triage">${extended(`<hospital:need pool="nurse" quantity="1"/>${lasts('PT12M')}<hospital:outcome variable="sick" value="=luck &lt; 0.6"/>`)}</userTask>
  <serviceTask id="Ask">${extended(`<hospital:activity name="laboratory.ask"/>${lasts('PT3M')}<hospital:outcome variable="again" value="=luck &lt; 0.4"/>`)}</serviceTask>
  <exclusiveGateway id="more" default="more-stay"/>
  <exclusiveGateway id="stay" default="stay-out"/>
  <userTask id="Settle">${extended(`<hospital:take hold="bed"/>${lasts('PT5M')}`)}</userTask>
  <boundaryEvent id="leave" attachedToRef="Settle"><timerEventDefinition><timeDuration>PT45M</timeDuration></timerEventDefinition></boundaryEvent>
  <callActivity id="Care" calledElement="care">${extended('<hospital:lend hold="bed"/>')}</callActivity>
  <intermediateCatchEvent id="night"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></intermediateCatchEvent>
  <sendTask id="Tell" messageRef="M">${extended('<hospital:correlation key="=null"/>')}</sendTask>
  <endEvent id="out"/><endEvent id="left"/>
  ${flow('in', 'Triage')}${flow('Triage', 'Ask')}${flow('Ask', 'more')}
  ${flow('more', 'Triage', '<conditionExpression>again</conditionExpression>')}${flow('more', 'stay')}
  ${flow('stay', 'Settle', '<conditionExpression>sick</conditionExpression>')}${flow('stay', 'out')}
  ${flow('Settle', 'Care')}${flow('leave', 'left')}${flow('Care', 'night')}${flow('night', 'Tell')}${flow('Tell', 'out')}
</process>
<process id="care" name="Care" isExecutable="true">
  ${extended('<hospital:hold name="bed" pool="bed" quantity="1"/>')}
  <startEvent id="begin"/>
  <task id="Look">${extended(`<hospital:need pool="nurse" quantity="1"/>${lasts('PT20M')}`)}</task>
  <endEvent id="end"/>${flow('begin', 'Look')}${flow('Look', 'end')}
</process>
<process id="cleaning" name="Cleaning" isExecutable="true">
  <startEvent id="dirty"/>
  <manualTask id="Clean">${extended(`<hospital:need pool="nurse" quantity="1"/>${lasts('PT15M')}`)}</manualTask>
  <endEvent id="clean"/>${flow('dirty', 'Clean')}${flow('Clean', 'clean')}
</process>
<process id="note" name="Note" isExecutable="true">
  <startEvent id="heard"><messageEventDefinition messageRef="M"/></startEvent>
  <userTask id="Write">${extended(lasts('PT2M'))}</userTask>
  <endEvent id="noted"/>${flow('heard', 'Write')}${flow('Write', 'noted')}
</process>`)

/** Whether somebody stays is left to chance, whatever his outcome says. */
const withChance = (program: Program): Program => ({
  ...program,
  nodes: program.nodes.map((node) => (node.id === 'stay' ? { ...node, defaultFlow: -1 } : node)),
  flows: program.flows.map((flow) => (flow.id === 'stay-Settle' ? { ...flow, condition: -1, probability: 0.6 } : flow)),
})

const unitsOf = (of: string, count: number) => Array.from({ length: count }, (_, index) => unit(`${of}-${index}`, of))

export interface SmallHospital {
  patients: number
  nurses: number
  beds: number
  seed: number
}

/** Nurses for everything, beds, and patients, of whom two come every twenty minutes together. */
export async function smallHospital({
  patients,
  nurses,
  beds,
  seed,
}: SmallHospital): Promise<{ options: HospitalOptions; extras: Extras }> {
  const { programs, findings } = await compile({ bpmn: visit })
  const wrong = findings.filter(({ severity }) => severity === 'error')
  if (wrong.length > 0) throw new Error(wrong.map(({ element, message }) => `${element}: ${message}`).join('\n'))
  const options: HospitalOptions = {
    programs: programs.map((program) => playableLive(withChance(program), contentHash)),
    ledger: {
      pools: [pool('nurse'), pool('bed', { turnover: 'cleaning' })],
      units: [...unitsOf('nurse', nurses), ...unitsOf('bed', beds)],
      lots: [],
      calendars: [],
      requests: [],
      held: [],
      nextSequence: 1,
    },
    site: { epoch: SITE.epoch, timeZone: SITE.timeZone },
    seed,
    start: 0,
    activities: standardActivities,
  }
  const admitted = Array.from({ length: patients }, (_, index) => ({
    pathway: 'visit',
    at: Math.floor(index / 2) * 1_200_000,
    patient: `patient-${index}`,
    variables: { urgency: index % 3 },
  }))
  return { options, extras: { admitted } }
}
