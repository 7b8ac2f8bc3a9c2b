/** How many elements of a DMN file follow one another in its requirements: counted once for all, without going down by calls. */
import { attributeOf, childrenOf, type DmnElement } from './element.ts'
import { type DmnModel, referenced } from './models.ts'

const references: Record<string, string[]> = {
  informationRequirement: ['requiredDecision', 'requiredInput'],
  knowledgeRequirement: ['requiredKnowledge'],
}
const ofService = ['inputData', 'inputDecision', 'outputDecision']

/**
 * The longest chain of requirements that an element begins, itself counted; what leads back to where it comes from ends a chain.
 * @param known what was counted before: it is filled.
 */
export const depthOf = (model: DmnModel, element: DmnElement, known: Map<DmnElement, number>): number => {
  const open = new Set<DmnElement>()
  const pending = [{ model, element }]
  for (let at = pending.at(-1); at; at = pending.at(-1)) {
    if (known.has(at.element)) {
      pending.pop()
      continue
    }
    const required = requiredBy(at.model, at.element)
    const unknown = required.filter((one) => !known.has(one.element) && !open.has(one.element))
    if (!open.has(at.element) && unknown.length > 0) {
      open.add(at.element)
      pending.push(...unknown)
      continue
    }
    known.set(at.element, 1 + Math.max(0, ...required.map((one) => known.get(one.element) ?? 0)))
    open.delete(at.element)
    pending.pop()
  }
  return known.get(element)!
}

const requiredBy = (model: DmnModel, element: DmnElement) => {
  const hrefs =
    element.type === 'decisionService'
      ? ofService.flatMap((kind) => childrenOf(element, kind))
      : Object.entries(references).flatMap(([requirement, kinds]) =>
          childrenOf(element, requirement).flatMap((item) => kinds.flatMap((kind) => childrenOf(item, kind))),
        )
  return hrefs.flatMap((item) => referenced(model, attributeOf(item, 'href')) ?? [])
}
