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
it('refuses what cannot be read, naming the file', async () => {
  await expect(diff('old.bpmn', 'broken.bpmn')).rejects.toThrow(InputError)
  await expect(diff('old.bpmn', 'broken.bpmn')).rejects.toThrow('broken.bpmn')
})
