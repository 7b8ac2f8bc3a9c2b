/** What elements are called in two drawings: by their names; a flow without one by where it leads from and to. */

/** @returns the name of an id, or the id itself where nothing is drawn under it. */
export function namesIn(...drawings: string[]): (id: string) => string {
  const elements = new Map<string, Element>()
  for (const bpmn of drawings)
    for (const element of new DOMParser().parseFromString(bpmn, 'application/xml').getElementsByTagName('*')) {
      const id = element.getAttribute('id')
      if (id && !elements.has(id)) elements.set(id, element)
    }
  const nameOf = (id: string): string => {
    const element = elements.get(id)
    const name = element?.getAttribute('name')
    if (name) return name
    const [source, target] = [element?.getAttribute('sourceRef'), element?.getAttribute('targetRef')]
    return element?.localName === 'sequenceFlow' && source && target ? `${nameOf(source)} → ${nameOf(target)}` : id
  }
  return nameOf
}
