// Goal: `parcours diff` keeps the contract of the command line. Method: the real command, on real files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { InputError } from '../../command/command.ts'
import { command } from '../../command/diff.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-diff-'))
  const model = (name: string) =>
    `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"><process id="p"><task id="a" name="${name}"/></process></definitions>`
  writeFileSync(join(folder, 'old.bpmn'), model('A'))
  writeFileSync(join(folder, 'new.bpmn'), model('B'))
  const table = (rules: string) =>
    `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="f" name="f" namespace="n"><decision id="d" name="Level"><decisionTable id="t"><input id="i"><inputExpression><text>age</text></inputExpression></input><output id="o"/>${rules}</decisionTable></decision></definitions>`
  const rule = (id: string, test: string) =>
    `<rule id="${id}"><inputEntry><text>${test}</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>`
  writeFileSync(join(folder, 'old.dmn'), table(rule('a', '1') + rule('b', '2') + rule('c', '3')))
  writeFileSync(join(folder, 'new.dmn'), table(rule('c', '3') + rule('a', '1') + rule('b', '4')))
  writeFileSync(join(folder, 'old.form'), '{"id":"f","components":[{"id":"a","type":"number","label":"Age"}]}')
  writeFileSync(join(folder, 'new.form'), '{"id":"f","components":[{"id":"a","type":"number","label":"Years"}]}')
  writeFileSync(join(folder, 'broken.bpmn'), '<definitions')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const diff = async (older: string, newer: string, ...options: string[]) => {
  let said = ''
  const terminal = {
    out: (text: string) => {
      said += text
    },
    err: () => {},
    colour: false,
    input: (async function* () {})(),
  }
  const code = await command.run([...options, join(folder, older), join(folder, newer)], terminal)
  return { code, said }
}

it('says a change to a program', async () => {
  const { code, said } = await diff('old.bpmn', 'new.bpmn', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(said)).toEqual([
    { change: 'changed', element: 'a', type: 'bpmn:Task', name: 'B', property: 'name', from: 'A', to: 'B' },
  ])
})
it.each([
  ['en', 'changed: B (a, Task), name: "A" → "B"\n', 'No change.\n'],
  ['fr', 'modifié : B (a, Task), name : "A" → "B"\n', 'Aucun changement.\n'],
])('says it to a person, %s', async (language, changed, same) => {
  expect(await diff('old.bpmn', 'new.bpmn', '--language', language)).toEqual({ code: 0, said: changed })
  expect(await diff('old.bpmn', 'old.bpmn', '--language', language)).toEqual({ code: 0, said: same })
})
it.each([
  ['en', 'moved: Level (t, DecisionTable), rule 1: 3 → 1\nchanged: Level (t, DecisionTable), rule 3: age: "2" → "4"\n'],
  ['fr', 'déplacé : Level (t, DecisionTable), règle 1 : 3 → 1\nmodifié : Level (t, DecisionTable), règle 3 : age : "2" → "4"\n'],
])('says what changed in decisions, %s', async (language, said) => {
  expect(await diff('old.dmn', 'new.dmn', '--language', language)).toEqual({ code: 0, said })
})
it('says what changed in a form', async () => {
  const { said } = await diff('old.form', 'new.form', '--language', 'en')
  expect(said).toBe('changed: Years (a, number), label: "Age" → "Years"\n')
})
it('compares only versions of one file', async () => {
  await expect(diff('old.dmn', 'new.bpmn')).rejects.toThrow('new.bpmn: it is bpmn')
})
it('refuses what cannot be read, naming the file', async () => {
  await expect(diff('old.bpmn', 'broken.bpmn')).rejects.toThrow(InputError)
  await expect(diff('old.bpmn', 'broken.bpmn')).rejects.toThrow('broken.bpmn')
})
