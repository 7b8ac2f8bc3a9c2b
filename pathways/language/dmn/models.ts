/** DMN files read together: their imports found by namespace, their elements by reference. */
import { attributeOf, childrenOf, type DmnElement, nameOf } from './element.ts'
import { elementsWithin, type ReadDmn } from './read.ts'

export interface DmnModel {
  definitions: DmnElement
  namespace: string
  /** Requirements graph elements by id. */
  elements: ReadonlyMap<string, DmnElement>
  /** Item definitions by name. */
  items: ReadonlyMap<string, DmnElement>
  imports: DmnImport[]
  /** Every name of this file and of those it imports, for the grammar. */
  names: string[]
}

export interface DmnImport {
  element: DmnElement
  /** '' brings the names in as they are. */
  name: string
  namespace: string
  /** Null when no file given has the namespace. */
  model: DmnModel | null
}

const graphTypes = ['decision', 'businessKnowledgeModel', 'decisionService', 'inputData', 'knowledgeSource']

/** The model of the first file, with those of the others that it imports, and what they import. */
export const linked = (main: DmnElement, others: readonly ReadDmn[]): DmnModel => {
  const models = [main, ...others.flatMap(({ definitions }) => (definitions && definitions !== main ? [definitions] : []))].map(
    modelOf,
  )
  for (const model of models) {
    for (const one of model.imports) {
      one.model = models.find((other) => other !== model && other.namespace === one.namespace) ?? null
    }
  }
  const own = models.map((model) => model.names)
  for (const model of models) model.names = namesReached(model, models, own)
  return models[0]!
}

const modelOf = (definitions: DmnElement): DmnModel => {
  const graph = childrenOf(definitions, ...graphTypes)
  return {
    definitions,
    namespace: attributeOf(definitions, 'namespace'),
    elements: new Map(graph.map((element) => [attributeOf(element, 'id'), element])),
    items: new Map(childrenOf(definitions, 'itemDefinition').map((item) => [nameOf(item), item])),
    imports: childrenOf(definitions, 'import').map((element) => ({
      element,
      name: nameOf(element),
      namespace: attributeOf(element, 'namespace'),
      model: null,
    })),
    names: namesIn(definitions),
  }
}

/** What bears a name that expressions may use: names of drawings and documents are left out. */
const unnamed = new Set(['definitions', 'knowledgeSource', 'elementCollection', 'organizationUnit', 'performanceIndicator'])

const namesIn = (definitions: DmnElement): string[] => {
  const names = new Set<string>()
  for (const element of elementsWithin(definitions)) {
    if (unnamed.has(element.type)) continue
    const name = nameOf(element)
    if (name !== '') names.add(name)
    const iterator = attributeOf(element, 'iteratorVariable')
    if (iterator !== '') names.add(iterator)
  }
  return [...names]
}

const namesReached = (model: DmnModel, models: DmnModel[], own: string[][]): string[] => {
  const reached = new Set<DmnModel>()
  const pending = [model]
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (reached.has(next)) continue
    reached.add(next)
    for (const { model: imported } of next.imports) if (imported) pending.push(imported)
  }
  return [...new Set([...reached].flatMap((one) => own[models.indexOf(one)]!))].sort()
}

/** An element that a reference names, in which model, and under which import; null when it is nowhere. */
export interface Referenced {
  element: DmnElement
  model: DmnModel
  /** The import's name: null for an element of the same file. */
  imported: string | null
}

/** Follows `#id` and `namespace#id`. */
export const referenced = (model: DmnModel, href: string): Referenced | null => {
  const hash = href.indexOf('#')
  const [namespace, id] = [hash < 0 ? '' : href.slice(0, hash), href.slice(hash + 1)]
  const foreign = namespace === '' || namespace === model.namespace ? null : (importOf(model, namespace) ?? null)
  const within = foreign ? foreign.model : model
  const element = within?.elements.get(id)
  return within && element ? { element, model: within, imported: foreign ? foreign.name : null } : null
}

const importOf = (model: DmnModel, namespace: string): DmnImport | undefined =>
  model.imports.find((one) => one.namespace === namespace)
