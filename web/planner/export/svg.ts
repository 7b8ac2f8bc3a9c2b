/** A drawing of the page as an SVG that stands alone: what its style sheets say is written into it. */
const PROPERTIES = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-size', 'font-weight', 'text-anchor']

/** @returns XML, with the title for whoever does not see it. */
export const svgText = (drawing: SVGSVGElement, title: string): string => {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const [from, to] = [drawing.querySelectorAll('*'), copy.querySelectorAll('*')]
  for (const [index, element] of from.entries()) {
    const style = getComputedStyle(element)
    const said = PROPERTIES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';')
    to[index]!.setAttribute('style', said)
    to[index]!.removeAttribute('class')
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('font-family', getComputedStyle(drawing).fontFamily)
  const name = document.createElementNS('http://www.w3.org/2000/svg', 'title')
  name.textContent = title
  copy.prepend(name)
  return new XMLSerializer().serializeToString(copy)
}
