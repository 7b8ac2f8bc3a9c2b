/** Reads and changes the hospital's extensions of an element; every change is one command, so that it can be undone. */
import type { BpmnFactory, ModdleElement, Modeling, Shape } from '../diagram-js.ts'

export interface Editing {
  modeling: Modeling
  bpmnFactory: BpmnFactory
}

/** What the extensions of a shape stand on: a pool shows its process. */
export function holderOf({ businessObject }: Shape): ModdleElement {
  return businessObject.$instanceOf('bpmn:Participant')
    ? ((businessObject.get('processRef') as ModdleElement | undefined) ?? businessObject)
    : businessObject
}

const allOf = (holder: ModdleElement): ModdleElement[] =>
  ((holder.get('extensionElements') as ModdleElement | undefined)?.get('values') as ModdleElement[] | undefined) ?? []

/** Its extensions of one type, as `hospital:Need`, in order. */
export const extensionsOf = (holder: ModdleElement, type: string): ModdleElement[] =>
  allOf(holder).filter(({ $type }) => $type === type)

/** Adds one after the others. */
export function addExtension(editing: Editing, shape: Shape, type: string, properties: Record<string, unknown>): void {
  replaceAll(editing, shape, (values) => [...values, editing.bpmnFactory.create(type, properties)])
}

export function removeExtension(editing: Editing, shape: Shape, extension: ModdleElement): void {
  replaceAll(editing, shape, (values) => values.filter((value) => value !== extension))
}

/** Several in the place of all of those types, in one command: what a template does. */
export function setExtensions(
  editing: Editing,
  shape: Shape,
  types: string[],
  extensions: { type: string; properties: Record<string, unknown> }[],
): void {
  replaceAll(editing, shape, (values) => [
    ...values.filter(({ $type }) => !types.includes($type)),
    ...extensions.map(({ type, properties }) => editing.bpmnFactory.create(type, properties)),
  ])
}

/** Sets one attribute of the only extension of a type: it comes with its first attribute and goes with its last. */
export function setOnly(editing: Editing, shape: Shape, type: string, attribute: string, value: string | undefined): void {
  const [only] = extensionsOf(holderOf(shape), type)
  if (!only) {
    if (value !== undefined) addExtension(editing, shape, type, { [attribute]: value })
    return
  }
  const isLast = value === undefined && Object.keys(attributesOf(only)).every((name) => name === attribute)
  if (isLast) removeExtension(editing, shape, only)
  else editing.modeling.updateModdleProperties(shape, only, { [attribute]: value })
}

/** Own attributes that say something. */
const attributesOf = (extension: ModdleElement): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(extension).filter(([name, value]) => !name.startsWith('$') && value !== undefined && value !== ''),
  )

function replaceAll(
  { modeling, bpmnFactory }: Editing,
  shape: Shape,
  change: (values: ModdleElement[]) => ModdleElement[],
): void {
  const holder = holderOf(shape)
  const values = change(allOf(holder))
  const extensionElements = values.length > 0 ? bpmnFactory.create('bpmn:ExtensionElements', { values }) : undefined
  for (const value of values) value.$parent = extensionElements
  if (extensionElements) extensionElements.$parent = holder
  modeling.updateModdleProperties(shape, holder, { extensionElements })
}
