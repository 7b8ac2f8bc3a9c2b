/** What is said about elements, put on them: a sign for each that has something against it, and a token on its way. */
import { gather } from '../../../pathways/language/gather.ts'
import type { CheckAnswer, SaidFinding } from '../proof/contract.ts'
import type { Canvas, Diagram, Overlays, Registry } from './diagram-js.ts'
import classes from './editor.module.css'

const FINDINGS = 'findings'
const TOKEN = 'token'
/** Pixels around what is brought into sight: a drawing that is seen as a whole stays where it is. */
export const ROOM = 16

/** Signs on elements with findings: a word of how bad it is, and all that is said as a title. */
export function markFindings(diagram: Diagram, findings: SaidFinding[], onSelect: (element: string) => void): void {
  const overlays = diagram.get<Overlays>('overlays')
  const registry = diagram.get<Registry>('elementRegistry')
  overlays.remove({ type: FINDINGS })
  const byElement = new Map<string, SaidFinding[]>()
  for (const finding of findings) gather(byElement, finding.element, finding)
  for (const [element, said] of byElement) {
    const shape = registry.get(element)
    if (!shape?.parent) continue
    const isError = said.some(({ severity }) => severity === 'error')
    const html = document.createElement('button')
    html.type = 'button'
    html.className = isError ? classes.errorMark! : classes.warningMark!
    html.textContent = isError ? '✕' : '!'
    html.title = said.map(({ message, help }) => `${message} ${help}`).join('\n')
    html.setAttribute('aria-label', html.title)
    html.addEventListener('click', () => onSelect(element))
    overlays.add(element, FINDINGS, { position: { top: -12, left: shape.width ? shape.width - 10 : 0 }, html, scale: false })
  }
}

/** The way up to a step of it: what was passed stays marked, a token stands where it is now. */
export function showWay(diagram: Diagram, way: NonNullable<CheckAnswer['counterexample']>, upTo: number): void {
  const canvas = diagram.get<Canvas>('canvas')
  const registry = diagram.get<Registry>('elementRegistry')
  clearWay(diagram)
  const open = new Map<string, number>()
  for (const { element, event } of way.slice(0, upTo + 1)) {
    const shape = registry.get(element)
    if (!shape) continue
    canvas.addMarker(element, classes.passed!)
    if (event === 'entered') open.set(element, (open.get(element) ?? 0) + 1)
    else if (event !== 'taken') open.set(element, Math.max(0, (open.get(element) ?? 0) - 1))
  }
  const current = way[upTo]
  for (const [element, count] of open) if (count > 0) putToken(diagram, element, count)
  if (current && registry.get(current.element)) {
    if ((open.get(current.element) ?? 0) === 0 && !registry.get(current.element)!.waypoints) putToken(diagram, current.element, 1)
    canvas.addMarker(current.element, classes.here!)
    canvas.scrollToElement(current.element, ROOM)
  }
}

export function clearWay(diagram: Diagram): void {
  const canvas = diagram.get<Canvas>('canvas')
  diagram.get<Overlays>('overlays').remove({ type: TOKEN })
  for (const { id } of diagram.get<Registry>('elementRegistry').getAll()) {
    canvas.removeMarker(id, classes.passed!)
    canvas.removeMarker(id, classes.here!)
  }
}

/** Tokens that stand on elements, by how many. */
export function showTokens(diagram: Diagram, counts: Map<string, number>): void {
  diagram.get<Overlays>('overlays').remove({ type: TOKEN })
  for (const [element, count] of counts) if (count > 0) putToken(diagram, element, count)
}

function putToken(diagram: Diagram, element: string, count: number): void {
  const shape = diagram.get<Registry>('elementRegistry').get(element)
  if (!shape || shape.waypoints) return
  const html = document.createElement('div')
  html.className = classes.token!
  html.textContent = count > 1 ? String(count) : ''
  diagram.get<Overlays>('overlays').add(element, TOKEN, { position: { top: -10, left: -10 }, html, scale: { min: 0.5, max: 1 } })
}

/** Marks elements with a class for a while. @returns how to take it away. */
export function markAll(diagram: Diagram, elements: Iterable<string>, marker: string): () => void {
  const canvas = diagram.get<Canvas>('canvas')
  const registry = diagram.get<Registry>('elementRegistry')
  const marked = [...elements].filter((element) => registry.get(element))
  for (const element of marked) canvas.addMarker(element, marker)
  return () => {
    for (const element of marked) if (registry.get(element)) canvas.removeMarker(element, marker)
  }
}
