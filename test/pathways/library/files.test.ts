/** What every file of the library must be, whatever it says: compiled without a finding, with forms that can be shown. */
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { NodeKind } from '../../../pathways/language/program.ts'
import { catalogue, compileEntry, filesOf, formsOf, libraryFile, programs } from './library.ts'

const root = fileURLToPath(new URL('../../../pathways/library/', import.meta.url))
/** What form-js 2.0 reads; it cannot be loaded without a browser. */
const schemaVersionMax = 19
const fieldTypes = ['textfield', 'textarea', 'number', 'checkbox', 'checklist', 'radio', 'select', 'datetime']
const roles = ['nurse', 'physician', 'bed-manager', 'theatre-manager', 'porter', 'cleaner', 'operations']
const activities = [
  'identity.check',
  'identity.record',
  'documents.dischargeLetter',
  'monEspaceSante.deposit',
  'mail.generalPractitioner',
  'stock.order',
  'alerts.raise',
  'appointments.book',
]

interface Field {
  type: string
  key: string
  label?: string
  values?: unknown[]
}
/** A form's components that ask something. */
const fieldsOf = (form: unknown): Field[] => (form as { components: Field[] }).components.filter(({ type }) => type !== 'text')

it('has in its catalogue what its folders hold', () => {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((item) => item.isDirectory())
    .map((item) => item.name)
  expect(catalogue.map(({ folder }) => folder).sort()).toEqual(folders.sort())
  for (const { id, folder, files } of catalogue) {
    expect(programs.get(id)?.name, id).toBeTruthy()
    const found = readdirSync(root + folder, { recursive: true, withFileTypes: true }).filter((item) => item.isFile())
    expect(found).toHaveLength(files.length)
    for (const file of files) expect(existsSync(`${root}${folder}/${file}`), `${folder}/${file}`).toBe(true)
  }
})

describe.each(catalogue)('$id', (entry) => {
  it('compiles without a finding', async () => {
    const { programs: compiled, findings } = await compileEntry(entry)
    expect(findings).toEqual([])
    expect(compiled.map(({ process }) => process)).toEqual([entry.id])
  })

  it('tells staff, twin and hosts what each task is', () => {
    const forms = formsOf(entry)
    const used = new Set<string>()
    for (const { kind, task, duration, id, name } of programs.get(entry.id)!.nodes) {
      if (kind === NodeKind.serviceTask) expect(activities, id).toContain(task!.activity)
      if (kind !== NodeKind.userTask && kind !== NodeKind.manualTask) continue
      expect(roles, id).toContain(task!.role)
      expect(name, id).not.toBe('')
      expect(duration, id).not.toBeNull()
      expect(task!.due, id).toBeGreaterThanOrEqual(0)
      if (kind === NodeKind.userTask) expect(forms[task!.form], id).toBeDefined()
      used.add(task!.form)
    }
    expect(Object.keys(forms).filter((form) => !used.has(form))).toEqual([])
  })

  it('answers its tasks with what their forms ask', () => {
    const { nodes, forms } = programs.get(entry.id)!
    for (const { kind, task, outcomes, id } of nodes) {
      if (kind !== NodeKind.userTask || outcomes.length === 0) continue
      const asked = fieldsOf(forms[task!.form]).map(({ key }) => key)
      for (const { variable } of outcomes) expect(asked, `${id}.${variable}`).toContain(variable)
    }
  })

  it('has forms that form-js can show', () => {
    for (const form of Object.values(formsOf(entry))) {
      expect(form).toMatchObject({ type: 'default', components: expect.any(Array) })
      expect(form.schemaVersion).toBeGreaterThanOrEqual(18)
      expect(form.schemaVersion).toBeLessThanOrEqual(schemaVersionMax)
      const ids = (form.components as { id: string }[]).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const { type, label, key, values } of fieldsOf(form)) {
        expect(fieldTypes, key).toContain(type)
        if (type !== 'datetime') expect(label, key).toBeTruthy()
        if (['radio', 'select', 'checklist'].includes(type)) expect(values?.length, key).toBeGreaterThan(1)
      }
    }
  })

  it('uses every decision of its DMN files', () => {
    const texts = filesOf(entry, '.dmn')
    const declared = texts.flatMap((text) => [...text.matchAll(/<decision id="([^"]+)"/g)].map(([, id]) => id!))
    const required = texts.flatMap((text) => [...text.matchAll(/<requiredDecision href="#([^"]+)"/g)].map(([, id]) => id!))
    const referred = [...libraryFile(`${entry.folder}/${entry.id}.bpmn`).matchAll(/<hospital:decision ref="([^"]+)"/g)].map(
      ([, id]) => id!,
    )
    expect(declared.filter((id) => !required.includes(id) && !referred.includes(id))).toEqual([])
  })

  it('says what it is about and cites where its rules come from', async () => {
    const xml = filesOf(entry, '.bpmn')[0]!
    expect(xml).toMatch(/<bpmn:process [^>]*>\s*<bpmn:documentation>[^<]{40,}<\/bpmn:documentation>/)
    for (const dmn of filesOf(entry, '.dmn')) expect(dmn).toMatch(/<description>[^<]{20,}<\/description>/)
  })
})
