/** What BPMN itself says and the panel of bpmn.io leaves out: conditions, scripts, what is called, what is repeated for. */
import { SelectEntry } from '@bpmn-io/properties-panel'
import { text } from '../../../shared/language.ts'
import type { ModdleElement, Shape } from '../diagram-js.ts'
import type { Catalogue } from './catalogue.ts'
import { type Editing, holderOf } from './extensions.ts'
import type { Entry } from './provider.ts'

type Feel = (entry: Entry) => Entry

const COLLECTION = ['collection', 'elementVariable', 'outputCollection', 'outputElement'] as const

export function standardGroups(shape: Shape, editing: Editing, feel: Feel, catalogue: Catalogue) {
  const holder = holderOf(shape)
  const group = (id: string, label: string, entries: Entry[]) => ({ id, label, entries, shouldOpen: true })
  const expression = (id: string, label: string, owner: ModdleElement, property: string) =>
    feel({
      ...{ id, label, feel: 'required' },
      getValue: () => withSign((owner.get(property) as ModdleElement | undefined)?.get('body')),
      setValue: (value?: string) =>
        editing.modeling.updateModdleProperties(shape, owner, {
          [property]: value ? editing.bpmnFactory.create('bpmn:FormalExpression', { body: withoutSign(value) }) : undefined,
        }),
    })
  const plain = (id: string, label: string, owner: ModdleElement, property: string) =>
    feel({
      ...{ id, label },
      getValue: () => (owner.get(property) as string | undefined) ?? '',
      setValue: (value?: string) => editing.modeling.updateModdleProperties(shape, owner, { [property]: value || undefined }),
    })
  const groups = []
  if (isConditional(holder))
    groups.push(
      group('condition', text('properties.condition'), [
        expression('condition', text('properties.condition.when'), holder, 'conditionExpression'),
      ]),
    )
  const conditional = eventDefinitionsOf(holder).find(({ $type }) => $type === 'bpmn:ConditionalEventDefinition')
  if (conditional)
    groups.push(
      group('condition', text('properties.condition'), [
        expression('event-condition', text('properties.condition.when'), conditional, 'condition'),
      ]),
    )
  if (holder.$instanceOf('bpmn:ScriptTask'))
    groups.push(
      group('script', text('properties.formula'), [
        feel({
          ...{ id: 'script', label: text('properties.formula.what'), feel: 'required' },
          getValue: () => withSign(holder.get('script')),
          setValue: (script?: string) =>
            editing.modeling.updateModdleProperties(shape, holder, {
              script: script ? withoutSign(script) : undefined,
              scriptFormat: 'feel',
            }),
        }),
      ]),
    )
  if (holder.$instanceOf('bpmn:CallActivity'))
    groups.push(
      group('called', text('properties.called'), [
        {
          ...{ id: 'calledElement', label: text('properties.called.pathway'), component: SelectEntry },
          getValue: () => (holder.get('calledElement') as string | undefined) ?? '',
          setValue: (calledElement?: string) =>
            editing.modeling.updateModdleProperties(shape, holder, { calledElement: calledElement || undefined }),
          getOptions: () => [{ value: '', label: '—' }, ...catalogue.options.pathway()],
        },
      ]),
    )
  const loop = holder.$instanceOf('bpmn:Activity') ? (holder.get('loopCharacteristics') as ModdleElement | undefined) : undefined
  if (loop?.$type === 'bpmn:MultiInstanceLoopCharacteristics')
    groups.push(
      group(
        'collection',
        text('properties.collection'),
        COLLECTION.map((name) => plain(`loop-${name}`, text(`properties.collection.${name}`), loop, `hospital:${name}`)),
      ),
    )
  if (loop?.$type === 'bpmn:StandardLoopCharacteristics')
    groups.push(
      group('loop', text('properties.loop'), [expression('loopCondition', text('properties.loop.while'), loop, 'loopCondition')]),
    )
  return groups
}

/** The field writes FEEL with its sign; a drawing may have it without. */
const withSign = (body: unknown): string => {
  const said = typeof body === 'string' ? body : ''
  return said === '' || said.startsWith('=') ? said : `=${said}`
}

/** BPMN's own expressions are FEEL already: they stand as the standard has them. */
const withoutSign = (said: string): string => (said.startsWith('=') ? said.slice(1).trim() : said)

const eventDefinitionsOf = (holder: ModdleElement): ModdleElement[] =>
  (holder.$instanceOf('bpmn:Event') ? (holder.get('eventDefinitions') as ModdleElement[] | undefined) : undefined) ?? []

/** A flow that goes only when something is so: out of a gateway that decides, or out of an activity. */
const isConditional = (holder: ModdleElement): boolean => {
  if (!holder.$instanceOf('bpmn:SequenceFlow')) return false
  const source = holder.get('sourceRef') as ModdleElement | undefined
  const decides = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway', 'bpmn:ComplexGateway', 'bpmn:Activity']
  return decides.some((type) => source?.$instanceOf(type))
}
