// Goal: nobody who reads English meets French. Method: the translation of all that is shown is asked for, and nothing else is there.
import { BpmnModdle } from 'bpmn-moddle'
import { DmnModdle } from 'dmn-moddle'
import { describe, expect, it } from 'vitest'
import { translateElements, translateForm, translateInputs } from '../../../pathways/language/texts.ts'
import { catalogue, type Entry, filesOf, formsOf, libraryFile, programs } from './library.ts'

/** Columns of decision tables whose words people read: where a task is done, why an alert was raised. */
const READ_OUTPUTS = ['label', 'reason']

const wordsIn = (feel: string): string[] => [...feel.matchAll(/"([^"]+)"/g)].map(([, words]) => words!)

/** Everything that an entry's files show to people, as it is written there. */
async function shownBy(entry: Entry): Promise<Set<string>> {
  const shown = new Set<string>()
  const collect = (words: string) => {
    if (!/^\{\{[\w.]+\}\}$/.test(words)) shown.add(words)
    return words
  }
  const read: unknown = await new BpmnModdle().fromXML(filesOf(entry, '.bpmn')[0]!)
  const { elementsById } = read as { elementsById: Parameters<typeof translateElements>[0] }
  translateElements(elementsById, collect)
  translateForm(Object.values(formsOf(entry)), collect)
  for (const [, place] of filesOf(entry, '.bpmn')[0]!.matchAll(/<hospital:task [^>]*place=(?:"([^"]*)"|'([^']*)')/g)) {
    if (place && !place.startsWith('=')) collect(place)
  }
  for (const [, feel] of filesOf(entry, '.bpmn')[0]!.matchAll(/<hospital:task [^>]*place='=([^']*)'/g))
    wordsIn(feel!).map(collect)
  for (const dmn of filesOf(entry, '.dmn')) for (const words of await readOutputsOf(dmn)) collect(words)
  return shown
}

interface Table {
  output?: { name: string }[]
  rule?: { outputEntry: { text: string }[] }[]
}

async function readOutputsOf(dmn: string): Promise<string[]> {
  const { rootElement } = await new DmnModdle().fromXML(dmn, 'dmn:Definitions')
  const { drgElement } = rootElement as unknown as { drgElement: { decisionLogic?: Table }[] }
  return drgElement.flatMap(({ decisionLogic: { output = [], rule = [] } = {} }) =>
    output.flatMap(({ name }, column) =>
      READ_OUTPUTS.includes(name) ? rule.flatMap(({ outputEntry }) => wordsIn(outputEntry[column]!.text)) : [],
    ),
  )
}

const englishOf = ({ folder }: Entry) => JSON.parse(libraryFile(`${folder}/en.json`)) as Record<string, string>

describe.each(catalogue)('$id in English', (entry) => {
  it('says everything that it says in French, and nothing else', async () => {
    const english = englishOf(entry)
    const shown = await shownBy(entry)
    expect([...shown].filter((words) => !Object.hasOwn(english, words))).toEqual([])
    expect(Object.keys(english).filter((words) => !shown.has(words))).toEqual([])
    expect(english[programs.get(entry.id)!.name]).toBeTruthy()
  })

  it('puts the same values into its texts', () => {
    const values = (words: string) => (words.match(/\{\{[^}]+\}\}/g) ?? []).sort()
    for (const [french, words] of Object.entries(englishOf(entry))) {
      expect(words.trim(), french).not.toBe('')
      expect(values(words), french).toEqual(values(french))
    }
  })
})

describe('a text', () => {
  const say = (words: string) => ({ Motif: 'Reason', Domicile: 'Home' })[words] ?? words

  it('keeps its mark of a heading, its key and its values', () => {
    const form = {
      type: 'default',
      components: [
        { type: 'text', text: '## Motif' },
        { key: 'Motif', label: 'Motif', values: [] },
      ],
    }
    expect(translateForm(form, say)).toEqual({
      type: 'default',
      components: [
        { type: 'text', text: '## Reason' },
        { key: 'Motif', label: 'Reason', values: [] },
      ],
    })
  })

  it('that somebody entered stays as it was entered', () => {
    const form = { components: [{ key: 'note' }, { path: 'group', components: [{ key: 'inner' }] }] }
    const inputs = { note: 'Motif', group: { inner: 'Motif' }, ward: { label: 'Domicile', floor: 2, beds: ['Motif', null] } }
    expect(translateInputs(inputs, form, say)).toEqual({
      ...{ note: 'Motif', group: { inner: 'Motif' } },
      ward: { label: 'Home', floor: 2, beds: ['Reason', null] },
    })
  })

  it('that identifies a message is nobody’s to translate', () => {
    const elements = {
      a: { $type: 'bpmn:Message', name: 'Motif' },
      b: { $type: 'bpmn:Task', name: 'Motif' },
      c: { $type: 'bpmn:TextAnnotation', text: 'Domicile' },
    }
    translateElements(elements, say)
    expect(elements).toMatchObject({ a: { name: 'Motif' }, b: { name: 'Reason' }, c: { text: 'Home' } })
  })
})
