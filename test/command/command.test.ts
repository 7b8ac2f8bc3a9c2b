// Goal: the contract of the command line: exit codes, what goes to stdout and what to stderr. Method: the real program, on real files.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-command-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const parcours = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, ['command/parcours.mjs', ...args], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    )
  })
const file = (name: string, text: string) => {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}
const pathway = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="http://parcours" id="d">
  <process id="p" isExecutable="true">${inside}</process>
</definitions>`
const GOOD = pathway('<startEvent id="s"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/>')
const DANGLING = pathway('<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="nowhere"/>')

describe('parcours', () => {
  it('without a command: says how, exit 2', async () => {
    const { code, out, err } = await parcours()
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('usage: parcours COMMAND')
  })
  it('--help lists the commands, exit 0', async () => {
    const { code, out } = await parcours('--help')
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}check +\S/m)
  })
  it.each(['chekc', 'toString', '--json'])('%s: no such command, exit 2', async (name) => {
    const { code, out, err } = await parcours(name)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('--help')
  })
})

describe('parcours check', () => {
  it('--help, exit 0', async () => {
    const { code, out } = await parcours('check', '--help')
    expect(code).toBe(0)
    expect(out).toContain('usage: parcours check [--json] FILE…')
  })

  it('passes a good pathway, and claims no proof', async () => {
    const path = file('good.bpmn', GOOD)
    const { code, out, err } = await parcours('check', '--json', path)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject([
      { file: path, ok: true, executable: true, findings: [], processes: [{ id: 'p', sound: null, complete: false, states: 0 }] },
    ])
    expect((await parcours('check', path)).out).toBe(`✓ ${path}  can be run: p\n`)
  })

  it('passes the whole library, decisions and forms read from beside', async () => {
    const { code, out } = await parcours(
      'check',
      '--json',
      'pathways/library/admission/admission.bpmn',
      'pathways/library/admission/triage.dmn',
    )
    expect(code).toBe(0)
    expect((JSON.parse(out) as { executable: boolean }[]).map(({ executable }) => executable)).toEqual([true, true])
  })

  it('fails a pathway with an error, naming the element and the remedy, exit 1', async () => {
    const { code, out, err } = await parcours('check', '--json', file('bad.bpmn', DANGLING), file('good2.bpmn', GOOD))
    expect({ code, err }).toEqual({ code: 1, err: '' })
    const [bad, good] = JSON.parse(out) as {
      ok: boolean
      executable: boolean
      findings: { severity: string; element: string; help: string }[]
    }[]
    expect(bad).toMatchObject({ ok: false, executable: false })
    expect(bad!.findings.filter(({ severity }) => severity === 'error').every(({ help }) => help.length > 0)).toBe(true)
    expect(good).toMatchObject({ ok: true, executable: true })
    expect((await parcours('check', join(folder, 'bad.bpmn'))).out).toMatch(/^✗ .*cannot be run: p\n {2}error/)
  })

  it('names a broken form beside the pathway', async () => {
    file('forms-broken/forms/a.form', '{ "id": ')
    const { code, out } = await parcours('check', file('forms-broken/p.bpmn', GOOD))
    expect(code).toBe(1)
    expect(out).toContain('a.form: the form is not JSON.')
  })

  it.each([
    { what: 'no file', args: () => ['check'], err: 'no file was named' },
    { what: 'a missing file', args: () => ['check', join(folder, 'none.bpmn')], err: 'there is no such file' },
    { what: 'a folder', args: () => ['check', file('folder.bpmn/x', '') && join(folder, 'folder.bpmn')], err: 'it is a folder' },
    { what: 'another kind of file', args: () => ['check', 'package.json'], err: 'neither .bpmn nor .dmn' },
    { what: 'an unknown flag', args: () => ['check', '--fast', 'x.bpmn'], err: "Unknown option '--fast'" },
    {
      what: 'what is no XML',
      args: () => ['check', file('broken.bpmn', '<a')],
      err: 'broken.bpmn: The file is not readable BPMN',
    },
  ])('$what: one line on stderr, exit 2', async ({ args, err: expected }) => {
    const { code, err } = await parcours(...args())
    expect(code).toBe(2)
    expect(err).toContain(expected)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})
