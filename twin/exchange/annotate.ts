/** What a scenario says of the elements of a drawing, written into the drawing itself. */
import type { Finding } from '../../pathways/language/finding.ts'
import { NodeKind, type Program } from '../../pathways/language/program.ts'
import type { Distribution } from '../experiment/schema.ts'
import { finding, notCarried, type WrittenElements, type WrittenScenario } from './imported.ts'
import { type Extensions, spliced } from './splice.ts'

export interface Annotated {
  bpmn: string
  findings: Finding[]
}

/**
 * The file with durations, needs and probabilities as `hospital:` extensions of their elements. What the drawing says already stays, and what only a scenario
 * can say is named.
 * @param programs of the file.
 */
export const annotated = (bpmn: string, scenario: WrittenScenario, programs: Program[]): Annotated => {
  const findings: Finding[] = []
  const extensions: Extensions = new Map()
  const nodes = new Map(programs.flatMap((program) => program.nodes.map((node) => [node.id, node])))
  const flows = new Map(programs.flatMap((program) => program.flows.map((flow) => [flow.id, flow])))
  for (const pathway of scenario.pathways) {
    if (typeof pathway === 'string') continue
    for (const [id, { duration, needs = [] }] of Object.entries(pathway.elements ?? {})) {
      const node = nodes.get(id)!
      const made: Making[] = []
      if (duration !== undefined) {
        if (node.duration) findings.push(stays(id, 'a duration', 'une durée'))
        else if (node.kind === NodeKind.intermediateCatchEvent || node.kind === NodeKind.boundaryEvent || !isPlain(duration))
          findings.push(
            notCarried(id, `${id}: a duration that only a scenario can say`, `${id} : une durée que seul un scénario peut dire`),
          )
        else made.push(durationOf(duration))
      }
      if (needs.length > 0 && node.needs.length > 0) findings.push(stays(id, 'needs', 'des besoins'))
      else made.push(...needs.map(needOf))
      if (made.length > 0) extensions.set(id, (prefix) => made.map((make) => make(prefix)))
    }
    for (const [id, probability] of Object.entries(pathway.probabilities ?? {})) {
      if (flows.get(id)!.probability !== undefined) findings.push(stays(id, 'a probability', 'une probabilité'))
      else extensions.set(id, (prefix) => [tag(`${prefix}:probability`, { value: String(probability) })])
    }
  }
  findings.push(
    finding(
      'warning',
      'not-carried',
      '',
      ['Who comes, which resources there are and when are not said in a drawing.', 'Write a scenario too: --to scenario.'],
      [
        'Les arrivées, les ressources et les horaires ne se disent pas dans un dessin.',
        'Écrivez aussi un scénario : --to scenario.',
      ],
    ),
  )
  return { bpmn: spliced(bpmn, extensions), findings }
}

type Making = (prefix: string) => string
type Duration = NonNullable<WrittenElements[string]['duration']>
type Plain = string | Exclude<Distribution, string | { distribution: 'empirical' }>

const isPlain = (duration: Duration): duration is Plain =>
  typeof duration === 'string' || (!('by' in duration) && duration.distribution !== 'empirical')

const durationOf =
  (duration: Plain): Making =>
  (prefix) => {
    const given = typeof duration === 'string' ? { distribution: 'fixed', value: duration } : duration
    return tag(`${prefix}:duration`, Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)])))
  }

const needOf =
  ({ pool, quantity = 1, where }: NonNullable<WrittenElements[string]['needs']>[number]): Making =>
  (prefix) => {
    const filter =
      where && tag(`${prefix}:where`, { attribute: where.attribute, operator: 'in', value: `=${JSON.stringify(where.in)}` })
    return tag(`${prefix}:need`, { pool, quantity: String(quantity) }, filter)
  }

const tag = (name: string, attributes: Record<string, string>, inside = ''): string => {
  const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`)
  return `<${name}${written.join('')}${inside === '' ? '/>' : `>${inside}</${name}>`}`
}

const stays = (element: string, what: string, french: string): Finding =>
  finding(
    'warning',
    'stays',
    element,
    [
      `${element} has ${what} in the drawing already, which stays.`,
      'Remove it from the drawing first, if the parameters are to count.',
    ],
    [
      `${element} a déjà ${french} dans le dessin, qui reste.`,
      'Retirez-la d’abord du dessin si ce sont les paramètres qui comptent.',
    ],
  )
