/** The hospital's groups of the properties panel, after those of BPMN itself. */
import {
  FeelEntry,
  isFeelEntryEdited,
  isSelectEntryEdited,
  isTextFieldEntryEdited,
  ListGroup,
  SelectEntry,
  TextFieldEntry,
} from '@bpmn-io/properties-panel'
import { isMessageKey, text } from '../../../shared/language.ts'
import type { OfferedFunction } from '../../feel/functions.ts'
import type { KnownVariable } from '../../feel/variables.ts'
import type { BpmnFactory, ModdleElement, Modeling, Shape } from '../diagram-js.ts'
import type { Catalogue, Option } from './catalogue.ts'
import { CONNECTOR_TYPES, extensionsFor } from './connector-template.ts'
import { addExtension, type Editing, extensionsOf, holderOf, removeExtension, setExtensions, setOnly } from './extensions.ts'
import { DISTRIBUTIONS, type Field, GROUPS, type Group, OPERATORS, WHERE } from './places.ts'
import { durationOf, spokenOf } from './spoken-duration.ts'
import { standardGroups } from './standard.ts'

interface Panel {
  registerProvider(priority: number, provider: object): void
  setFeelLanguageContext(context: { builtins: OfferedFunction[] }): void
}
export interface Entry {
  id: string
  [prop: string]: unknown
}
interface PanelGroup {
  id: string
  label: string
  [prop: string]: unknown
}

/** What most elements are chosen for stands open. */
const OPEN = new Set(['task', 'decision', 'activity'])
/** After the groups of BPMN. */
const PRIORITY = 500

export class HospitalProvider {
  static $inject = ['propertiesPanel', 'modeling', 'bpmnFactory', 'debounceInput', 'hospitalCatalogue', 'translate']
  readonly #editing: Editing
  readonly #debounce: unknown
  readonly #catalogue: Catalogue
  readonly #translate: unknown

  constructor(
    panel: Panel,
    modeling: Modeling,
    bpmnFactory: BpmnFactory,
    debounce: unknown,
    catalogue: Catalogue,
    translate: unknown,
  ) {
    this.#translate = translate
    this.#editing = { modeling, bpmnFactory }
    this.#debounce = debounce
    this.#catalogue = catalogue
    panel.registerProvider(PRIORITY, this)
    panel.setFeelLanguageContext({ builtins: catalogue.functions() })
  }

  getGroups(shape: Shape): (groups: PanelGroup[]) => PanelGroup[] {
    const holder = holderOf(shape)
    const own = GROUPS.filter(({ on }) => on(holder)).map((group) =>
      group.many ? this.#many(shape, holder, group) : this.#single(shape, holder, group),
    )
    const standard = standardGroups(shape, this.#editing, (entry) => this.#feel(entry), this.#catalogue)
    return (groups) => [...groups, ...standard, ...own]
  }

  #single(shape: Shape, holder: ModdleElement, { id, label, type, fields }: Group): PanelGroup {
    const [only] = extensionsOf(holder, type)
    const distribution = (only?.get('distribution') as string | undefined) ?? 'fixed'
    const shown = type === 'hospital:Duration' ? [...fields, ...(DISTRIBUTIONS[distribution] ?? [])] : fields
    const entries = shown.map((field) =>
      this.#entry(shape, `hospital-${id}-${field.attribute}`, field, {
        get: () => (extensionsOf(holderOf(shape), type)[0]?.get(field.attribute) as string | undefined) ?? '',
        set: (value) => this.#setOnly(shape, type, field, value),
      }),
    )
    return { id: `hospital-${id}`, label: text(label), entries, shouldOpen: OPEN.has(id) }
  }

  /** A connector brings what it takes and gives along, where nothing was said yet: a template. */
  #setOnly(shape: Shape, type: string, field: Field, value: string): void {
    const connector = field.kind === 'connector' && this.#catalogue.connectors().find(({ name }) => name === value)
    if (!connector || extensionsOf(holderOf(shape), 'hospital:Input').length > 0)
      return setOnly(this.#editing, shape, type, field.attribute, value === '' ? undefined : value)
    setExtensions(this.#editing, shape, CONNECTOR_TYPES, extensionsFor(connector))
  }

  #many(shape: Shape, holder: ModdleElement, { id, label, type, fields }: Group): PanelGroup {
    const first = fields[0]!
    const items = extensionsOf(holder, type).map((extension, index) => ({
      id: `hospital-${id}-${index}`,
      label: this.#said(shape, first, (extension.get(first.attribute) as string | undefined) ?? '') || text('properties.new'),
      entries: [
        ...fields.map((field) => this.#attribute(shape, extension, `hospital-${id}-${index}`, field)),
        ...(type === 'hospital:Need' || type === 'hospital:Hold'
          ? this.#wheres(shape, extension, `hospital-${id}-${index}`)
          : []),
      ],
      remove: (event: Event) => {
        event.stopPropagation()
        removeExtension(this.#editing, shape, extension)
      },
    }))
    return {
      ...{ id: `hospital-${id}`, label: text(label), component: ListGroup, items },
      add: (event: Event) => {
        event.stopPropagation()
        addExtension(
          this.#editing,
          shape,
          type,
          fields.some(({ attribute }) => attribute === 'quantity') ? { quantity: '1' } : {},
        )
      },
    }
  }

  /** The conditions on a unit's attributes, and room for one more. */
  #wheres(shape: Shape, extension: ModdleElement, id: string): Entry[] {
    const { modeling, bpmnFactory } = this.#editing
    const wheres = (extension.get('where') as ModdleElement[] | undefined) ?? []
    const set = (all: ModdleElement[]) => modeling.updateModdleProperties(shape, extension, { where: all })
    return [...wheres, null].flatMap((where, index) =>
      (where ? WHERE : WHERE.slice(0, 1)).map((field) =>
        this.#entry(shape, `${id}-where-${index}-${field.attribute}`, field, {
          get: () => (where?.get(field.attribute) as string | undefined) ?? '',
          set: (value) => {
            if (!where && value !== '')
              set([...wheres, bpmnFactory.create('hospital:Where', { attribute: value, operator: '=', value: '' })])
            else if (where && field.attribute === 'attribute' && value === '') set(wheres.filter((other) => other !== where))
            else if (where) modeling.updateModdleProperties(shape, where, { [field.attribute]: value })
          },
        }),
      ),
    )
  }

  #attribute(shape: Shape, extension: ModdleElement, id: string, field: Field): Entry {
    return this.#entry(shape, `${id}-${field.attribute}`, field, {
      get: () => (extension.get(field.attribute) as string | undefined) ?? '',
      set: (value) =>
        this.#editing.modeling.updateModdleProperties(shape, extension, { [field.attribute]: value === '' ? undefined : value }),
    })
  }

  #entry(shape: Shape, id: string, { label, kind, hint, knows, isDuration }: Field, { get, set }: Access): Entry {
    const shared = {
      ...{ id, label: text(label) },
      getValue: () => (isDuration ? spokenOf(get(), text('properties.day')) : get()),
      setValue: (value = '') => set(isDuration ? durationOf(value) : value),
    }
    const described = hint ? { description: text(hint) } : {}
    if (kind === 'text')
      return { ...shared, ...described, component: TextFieldEntry, debounce: this.#debounce, isEdited: isTextFieldEntryEdited }
    if (kind === 'feel')
      return this.#feel({
        ...shared,
        ...described,
        ...(knows && { variables: [this.#own(knows), ...this.#catalogue.variables()] }),
      })
    const options = this.#optionsOf(shape, kind, get())
    return { ...shared, ...described, component: SelectEntry, getOptions: () => options, isEdited: isSelectEntryEdited }
  }

  #own(name: NonNullable<Field['knows']>): KnownVariable {
    return { name, detail: text(`feel.${name}`), info: text(`feel.${name}.help`) }
  }

  #feel(entry: Entry): Entry {
    return {
      ...{ feel: 'optional', variables: this.#catalogue.variables(), component: FeelEntry, isEdited: isFeelEntryEdited },
      debounce: this.#debounce,
      translate: this.#translate,
      ...entry,
    }
  }

  /** What is there already stays to be seen, whether it can be chosen or not. */
  #optionsOf(shape: Shape, kind: Field['kind'], current: string): Option[] {
    const options = this.#choices(shape, kind)
    const isKnown = current === '' || options.some(({ value }) => value === current)
    return [{ value: '', label: '—' }, ...options, ...(isKnown ? [] : [{ value: current, label: current }])]
  }

  #choices(shape: Shape, kind: Field['kind']): Option[] {
    if (kind === 'text' || kind === 'feel') return []
    if (kind === 'operator') return OPERATORS.map((value) => ({ value, label: value }))
    if (kind === 'distribution')
      return Object.keys(DISTRIBUTIONS).map((value) => {
        const key = `properties.distribution.${value}`
        return { value, label: isMessageKey(key) ? text(key) : value }
      })
    if (kind === 'hold') return holdsAround(shape).map((name) => ({ value: name, label: name }))
    return this.#catalogue.options[kind]()
  }

  #said(shape: Shape, { kind }: Field, value: string): string {
    if (kind === 'text' || kind === 'feel') return value
    return this.#choices(shape, kind).find((option) => option.value === value)?.label ?? value
  }
}

interface Access {
  get: () => string
  set: (value: string) => void
}

/** The holds that an element's scopes declare. */
function holdsAround({ businessObject }: Shape): string[] {
  const names: string[] = []
  for (let scope: ModdleElement | undefined = businessObject; scope; scope = scope.$parent)
    if (scope.$instanceOf('bpmn:Process') || scope.$instanceOf('bpmn:SubProcess'))
      names.push(...extensionsOf(scope, 'hospital:Hold').map((hold) => (hold.get('name') as string | undefined) ?? ''))
  return [...new Set(names.filter((name) => name !== ''))]
}
