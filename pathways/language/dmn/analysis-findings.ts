/** What the analysis of a table tells its designer, by the names of its inputs and with an example. */
import type { FeelTree, FeelType, TableTree } from '../feel/tree.ts'
import type { Value } from '../feel/value.ts'
import { type Finding, hasError } from '../finding.ts'
import { analyse, type Region } from './analyse.ts'
import { type Atom, literalValue } from './atoms.ts'
import { type DmnCompilation, declaredType } from './compilation.ts'
import { attributeOf, childOf, childrenOf, type DmnElement, idOf, nameOf, textIn, typeRefOf } from './element.ts'

/** How many overlaps, and how many gaps, are told one by one. */
const toldMax = 5

/** Adds a warning for each overlap that matters to the hit policy, and for what no rule covers where a rule should. */
export const findingsOfAnalysis = (to: DmnCompilation, table: DmnElement, tree: TableTree): void => {
  if (hasError(to.findings) || tree.rules.length === 0 || tree.inputs.length === 0) return
  const analysis = analyse(tree, typesOf(to, tree))
  if (!analysis) return
  const names = childrenOf(table, 'input').map(
    (clause) => attributeOf(clause, 'label') || textIn(childOf(clause, 'inputExpression')),
  )
  const overlaps = analysis.overlaps.filter(({ rules }) => matters(tree, rules)).slice(0, toldMax)
  for (const { rules, region } of overlaps) to.findings.push(overlap(table, tree, rules, names, region))
  const single = /^(unique|any|priority|first)$/.test(tree.hitPolicy)
  if (!single || tree.outputs.some((output) => output.fallback)) return
  for (const region of analysis.gaps.slice(0, toldMax)) to.findings.push(gap(table, names, region))
}

/** An input's own type, else that of the input data or decision whose name it is. */
const typesOf = (to: DmnCompilation, tree: TableTree): (FeelType | null)[] =>
  tree.inputs.map((input) => {
    if (input[0] === 'as') return constrainedBy(to, input[1]) ?? input[2]
    return constrainedBy(to, input)
  })

const constrainedBy = (to: DmnCompilation, input: FeelTree): FeelType | null => {
  if (input[0] !== 'name') return null
  for (const element of to.model.elements.values()) {
    const variable = childOf(element, 'variable')
    if (element.type === 'businessKnowledgeModel' || !variable || (nameOf(variable) || nameOf(element)) !== input[1]) continue
    return declaredType({ ...to, findings: [] }, element, typeRefOf(variable))
  }
  return null
}

/** For Unique every overlap; for Any those of rules whose outputs are known to differ. */
const matters = (tree: TableTree, [first, second]: [number, number]): boolean => {
  if (tree.hitPolicy === 'unique') return true
  if (tree.hitPolicy !== 'any') return false
  return tree.rules[first - 1]!.outputs.some((output, column) => {
    const [one, other] = [output, tree.rules[second - 1]!.outputs[column]!].map((cell) =>
      literalValue(cell[0] === 'as' ? cell[1] : cell),
    )
    return one !== undefined && other !== undefined && JSON.stringify(one) !== JSON.stringify(other)
  })
}

const overlap = (
  table: DmnElement,
  tree: TableTree,
  [first, second]: [number, number],
  names: string[],
  region: Region,
): Finding => {
  const unique = tree.hitPolicy === 'unique'
  return {
    rule: 'table-overlap',
    severity: 'warning',
    element: idOf(table),
    message: `Rules ${first} and ${second} of the table "${idOf(table)}" both hold${where(names, region, 'when', english)}, and ${unique ? 'only one may' : 'their outputs differ'}: the result would be empty. Example: ${example(names, region, english)}.`,
    help: unique
      ? 'Narrow one of the rules, or choose another hit policy, such as First.'
      : 'Give both rules the same outputs, or narrow one of them.',
    french: {
      message: `Les règles ${first} et ${second} de la table « ${idOf(table)} » s'appliquent toutes deux${where(names, region, 'quand', french)}, ${unique ? "alors qu'une seule le peut" : 'avec des sorties différentes'} : le résultat serait vide. Exemple : ${example(names, region, french)}.`,
      help: unique
        ? "Restreignez l'une des règles, ou choisissez une autre règle de choix, comme « First »."
        : "Donnez les mêmes sorties aux deux règles, ou restreignez l'une d'elles.",
    },
  }
}

const gap = (table: DmnElement, names: string[], region: Region): Finding => ({
  rule: 'table-gap',
  severity: 'warning',
  element: idOf(table),
  message: `No rule of the table "${idOf(table)}" holds${where(names, region, 'when', english)}. Example: ${example(names, region, english)}.`,
  help: 'Add a rule, or a default output.',
  french: {
    message: `Aucune règle de la table « ${idOf(table)} » ne s'applique${where(names, region, 'quand', french)}. Exemple : ${example(names, region, french)}.`,
    help: 'Ajoutez une règle, ou une sortie par défaut.',
  },
})

const english = {
  and: ' and ',
  or: ' or ',
  is: ' is ',
  other: 'any other value',
  between: (from: string, to: string) => `between ${from} and ${to}`,
}
const french = {
  and: ' et ',
  or: ' ou ',
  is: ' vaut ',
  other: 'toute autre valeur',
  between: (from: string, to: string) => `entre ${from} et ${to}`,
}
type Language = typeof english

const where = (names: string[], region: Region, when: string, language: Language): string => {
  const parts = region.inputs.flatMap((atoms, index) =>
    atoms
      ? [
          `${names[index]}${language.is}${runsOf(atoms)
            .map((run) => textOf(run, language))
            .join(language.or)}`,
        ]
      : [],
  )
  return parts.length === 0 ? '' : ` ${when} ${parts.join(language.and)}`
}

/** Neighbouring pieces as one: from the first to the last. */
const runsOf = (atoms: Atom[]): [Atom, Atom][] => {
  const runs: [Atom, Atom][] = []
  for (const atom of atoms) {
    const run = runs.at(-1)
    const touches = run && run[1].kind !== atom.kind && run[1].to !== null && run[1].to === atom.from
    if (touches) run[1] = atom
    else runs.push([atom, atom])
  }
  return runs
}

const textOf = ([first, last]: [Atom, Atom], { other, between }: Language): string => {
  if (first.kind === 'other') return other
  if (first === last && first.kind === 'point') return first.from!
  const [low, high] = [first.from, last.to]
  if (low === null && high === null) return other
  if (low === null) return `${last.kind === 'point' ? '<=' : '<'} ${high}`
  if (high === null) return `${first.kind === 'point' ? '>=' : '>'} ${low}`
  if (first === last) return between(low, high)
  return `${first.kind === 'point' ? '[' : '('}${low}..${high}${last.kind === 'point' ? ']' : ')'}`
}

const example = (names: string[], { inputs }: Region, { other }: Language): string =>
  inputs.map((atoms, index) => `${names[index]} = ${shown(atoms?.[0], other)}`).join(', ')

const shown = (atom: Atom | undefined, other: string): string => {
  if (!atom || (atom.kind === 'other' && atom.example === null)) return other
  if (atom.kind === 'point') return atom.from!
  return literalText(atom.example)
}

const literalText = (value: Value): string => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value)
  return typeof value['@'] === 'string' ? `@"${value['@']}"` : String(value['@number'] ?? '')
}
