/** What the check says, for somebody who sees the drawing and not its file: groups of the properties panel in the place of markup, no ids. */
import { text } from '../../shared/language.ts'
import type { SaidFinding } from '../proof/contract.ts'
import { GROUPS } from './properties/places.ts'

const MARKUP = /<hospital:(\w+)[^<>]*>/g

export function inPlainWords<Finding extends SaidFinding>(finding: Finding): Finding {
  const { message, help, element } = finding
  const plain = (said: string) =>
    said.replace(element === '' ? '' : ` (${element})`, '').replace(MARKUP, (markup, name: string) => groupOf(name) ?? markup)
  return { ...finding, message: plain(message), help: plain(help) }
}

/** What the panel calls the group of an extension, in quotation marks. */
function groupOf(name: string): string | null {
  const type = `hospital:${name[0]!.toUpperCase()}${name.slice(1)}`
  const group = GROUPS.find((one) => one.type === type)
  return group ? text('check.group', { group: text(group.label) }) : null
}
