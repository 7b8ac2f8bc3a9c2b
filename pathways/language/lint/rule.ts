/** What the rules of the hospital lint share: what they look at, and how they say what they find. */
import type { Calendar, Lot, Pool, Unit } from '../../resources/contract.ts'
import type { SiteTime } from '../../time/site.ts'
import { called, calledInFrench, sentence } from '../bpmn/compilation.ts'
import type { Element } from '../bpmn/element.ts'
import type { Finding } from '../finding.ts'
import type { Program, ProgramNode } from '../program.ts'

/** A hospital that pathways are held against: what it is called, and what it has. */
export interface HospitalResources {
  site: SiteTime & { name: string }
  calendars: Calendar[]
  pools: Pool[]
  units: Unit[]
  lots: Lot[]
}

/** One rule: looks at a whole Program, and says what breaks it. */
export type HospitalRule = (program: Program) => Finding[]

/** What is said after the element's name, and what to do. */
export type Says = [what: string, help: string]

/** A finding about a node; its name begins the sentence in both languages. */
export const about = (node: ProgramNode, rule: string, severity: Finding['severity'], says: Says, french: Says): Finding => ({
  rule,
  severity,
  element: node.id,
  message: `${sentence(nameOf(node).english)} ${says[0]}`,
  help: says[1],
  french: { message: `${sentence(nameOf(node).french)} ${french[0]}`, help: french[1] },
})

/** A node as people call it: `user task "Trier" (Triage)`. */
export const nameOf = ({ type, id, name }: ProgramNode): { english: string; french: string } => {
  const element: Element = { $type: type, id, name }
  return { english: called(element), french: calledInFrench(element) }
}
