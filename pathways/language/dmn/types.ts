/** Type references of DMN to FEEL types; item definitions are followed to what they stand for. */
import { type Element, elementsOf, textOf } from '../bpmn/element.ts'
import type { FeelType } from '../feel/tree.ts'

const synonyms: Record<string, string> = {
  dateTime: 'date and time',
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
  boolean: 'boolean',
}

/** The FEEL type a reference stands for, or null when it says nothing. Circular definitions end as Any. */
export const typeOf = (definitions: Element, reference: string, within: readonly string[] = []): FeelType | null => {
  const name = reference.trim()
  if (name === '' || name === 'Any') return null
  const definition = elementsOf(definitions, 'itemDefinition').find((item) => item.name === name)
  if (!definition) return synonyms[name.replace(/^feel:/, '')] ?? name.replace(/^feel:/, '')
  return within.includes(name) ? null : itemType(definitions, definition, [...within, name])
}

const itemType = (definitions: Element, item: Element, within: readonly string[]): FeelType | null => {
  const components = elementsOf(item, 'itemComponent')
  const type: FeelType | null =
    components.length > 0
      ? ['context', components.map((component) => [component.name ?? '', itemType(definitions, component, within) ?? 'Any'])]
      : typeOf(definitions, textOf(item, 'typeRef'), within)
  return item.isCollection === true ? ['list', type ?? 'Any'] : type
}
