/** Every name a DMN file gives to something: FEEL needs those that are not single words. */
import type { Element } from '../bpmn/element.ts'

/** Names found anywhere in the definitions, each once. */
export const namesIn = (definitions: Element): string[] => {
  const names = new Set<string>()
  const pending: Element[] = [definitions]
  for (let element = pending.pop(); element; element = pending.pop()) {
    if (typeof element.name === 'string' && element.name.trim() !== '') names.add(element.name.trim())
    for (const [key, part] of Object.entries(element)) {
      if (key.startsWith('$')) continue
      for (const inner of Array.isArray(part) ? part : [part]) {
        if (typeof inner === 'object' && inner !== null && '$type' in inner && (inner as Element).$parent === element)
          pending.push(inner as Element)
      }
    }
  }
  return [...names].sort()
}
