/** The rules that hold for a whole file, executable or not: what refers to what, across processes, pools and lanes; and how it reads. */
import type { Finding } from '../finding.ts'
import { lintFile } from '../lint/file.ts'
import { checkData } from './check-data.ts'
import { checkExchanged } from './check-exchanged.ts'
import { checkFlows } from './check-flows.ts'
import { checkItems } from './check-items.ts'
import { checkLanes } from './check-lanes.ts'
import { checkParticipants } from './check-participants.ts'
import { checkReferences } from './check-references.ts'
import { checkValues } from './check-values.ts'
import type { Element } from './element.ts'
import { fileElementsOf } from './file-elements.ts'
import { checkMessageFlows } from './message-flows.ts'

export interface CheckedFile {
  /** What breaks a rule. */
  findings: Finding[]
  /** What reads badly. */
  style: Finding[]
}

/** What a file breaks of these rules. @param read what was found while it was read: a reference that leads nowhere is said once. */
export const checkFile = (definitions: Element, read: readonly Finding[]): CheckedFile => {
  const file = fileElementsOf(definitions)
  const dangling = new Set(read.filter(({ rule }) => rule === 'dangling-reference').map(({ element }) => element))
  const findings = [
    ...checkReferences(file, dangling),
    ...checkFlows(file),
    ...checkParticipants(file),
    ...checkMessageFlows(definitions),
    ...checkLanes(file),
    ...checkData(file),
    ...checkItems(file),
    ...checkExchanged(file),
    ...checkValues(file),
  ]
  return { findings, style: lintFile(file) }
}
