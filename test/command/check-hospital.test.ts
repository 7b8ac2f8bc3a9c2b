// Goal: `parcours check --hospital` holds a pathway against a hospital, and warnings never make it a no. Method: the real command, on files of ours.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command } from '../../command/check.ts'
import { main } from '../../command/main.ts'
import { activity, around } from '../conformance/small-model.ts'
import { said } from './terminal.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-check-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const DEMONSTRATION = 'scenarios/hopital-demo'
const ADMISSION = 'pathways/library/admission/admission.bpmn'

const check = (...args: string[]) => said((terminal) => main(['check', ...args], terminal))
const given = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const needing = (pool: string, more = '<hospital:task role="nurse"/><hospital:duration value="PT10M"/>') =>
  given(`${pool}.bpmn`, around(activity('userTask', `<hospital:need pool="${pool}"/>${more}`)))

/** What is found, but for how the small models of tests read: they name little, and declare messages that only some of them use. */
const foundIn = (out: string) =>
  (JSON.parse(out)[0].findings as { rule: string; severity: string; element: string }[]).filter(
    ({ rule }) => !/^(global|label)-/.test(rule),
  )

describe('parcours check --hospital', () => {
  it('passes what the hospital has', async () => {
    expect(await check('--hospital', DEMONSTRATION, ADMISSION)).toMatchObject({ code: 0, err: '' })
  })

  it('refuses what it does not have, and only then, exit 1', async () => {
    const file = needing('helicopter')
    expect((await check('--json', file)).code).toBe(0)
    const { code, out } = await check('--json', '--hospital', DEMONSTRATION, file)
    expect(code).toBe(1)
    const findings = [{ rule: 'resource-unknown', severity: 'error', element: 'a' }]
    expect(JSON.parse(out)).toMatchObject([{ ok: false, executable: false }])
    expect(foundIn(out)).toMatchObject(findings)
  })

  it('says so to people in their language', async () => {
    const said = (language: string) => check('--language', language, '--hospital', DEMONSTRATION, needing('helicopter'))
    expect((await said('en')).out).toContain('which the hospital "Hôpital de démonstration" does not have')
    expect((await said('fr')).out).toContain('que l’établissement « Hôpital de démonstration » n’a pas')
  })

  it('warnings leave it good', async () => {
    const { code, out } = await check('--json', '--hospital', DEMONSTRATION, needing('porter', ''))
    expect(code).toBe(0)
    const [{ ok, executable }] = JSON.parse(out)
    expect({ ok, executable }).toEqual({ ok: true, executable: true })
    expect(foundIn(out).map(({ rule }) => rule)).toEqual(['task-role', 'task-duration'])
  })

  it.each([
    ['a folder that is not there', () => ['--hospital', join(folder, 'nowhere'), ADMISSION], 'there is no hospital.yaml in it'],
    ['no folder', () => [ADMISSION, '--hospital'], 'argument missing'],
    ['a file in place of the folder', () => ['--hospital', ADMISSION], 'no file was named'],
  ])('%s: one line on stderr, exit 2', async (_, args, expected) => {
    const { code, out, err } = await check(...args())
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(expected)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('is told by --help', () => {
    expect(command.help).toContain('[--hospital FOLDER]')
  })
})

it('a table that leaves cases open is told with the pathway that decides by it', async () => {
  given(
    'gap.dmn',
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="dd" name="dd" namespace="n"><decision id="ward" name="ward"><variable name="ward" typeRef="string"/><decisionTable id="table" hitPolicy="UNIQUE"><input id="i"><inputExpression typeRef="number"><text>age</text></inputExpression></input><output id="o"/><rule id="r"><inputEntry id="ie"><text>&lt; 18</text></inputEntry><outputEntry id="oe"><text>"children"</text></outputEntry></rule></decisionTable></decision></definitions>`,
  )
  const file = given('decides.bpmn', around(activity('businessRuleTask', '<hospital:decision ref="ward" result="ward"/>')))
  const { code, out } = await check('--json', file)
  expect(code).toBe(0)
  expect(foundIn(out)).toMatchObject([{ rule: 'table-gap', severity: 'warning', element: 'table' }])
})

describe('parcours check of a file that imports another', () => {
  const importing = around('<task id="a"/>').replace(
    '<message ',
    '<import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" location="far.bpmn" namespace="urn:far"/><message ',
  )

  it('looks for it beside the file: an error when it is missing, a warning in a drawing', async () => {
    const file = given('importing.bpmn', importing)
    const rulesOf = async (path: string) =>
      foundIn((await check('--json', path)).out).filter(({ rule }) => rule === 'missing-import')
    expect(await rulesOf(file)).toMatchObject([{ severity: 'error' }])
    const drawing = given('drawing.bpmn', importing.replace('isExecutable="true"', ''))
    expect(await rulesOf(drawing)).toMatchObject([{ severity: 'warning' }])
    given('far.bpmn', around('<task id="a"/>'))
    expect(await rulesOf(file)).toEqual([])
  })
})
