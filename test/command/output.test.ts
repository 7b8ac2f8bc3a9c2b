// Goal: what a command writes is there whole or not at all, on a disc that fills too. Method: the second of two files cannot be written; the first must be the old one, and nothing else be left.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeAll, writeOne } from '../../command/output.ts'

const folder = mkdtempSync(join(tmpdir(), 'parcours-output-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('leaves the old files where one of the new ones cannot be written', () => {
  writeFileSync(join(folder, 'results.json'), 'old')
  mkdirSync(join(folder, 'taken'))
  expect(() => writeAll(folder, { 'results.json': 'new', 'taken/a/results.csv': 'new' })).toThrow(
    /results.csv: it cannot be written \(ENOENT\); free some space/,
  )
  expect(readFileSync(join(folder, 'results.json'), 'utf8')).toBe('old')
  expect(readdirSync(folder).sort()).toEqual(['results.json', 'taken'])
})

it('writes one, or none', () => {
  writeOne(join(folder, 'visit.yaml'), 'name: visit')
  expect(readFileSync(join(folder, 'visit.yaml'), 'utf8')).toBe('name: visit')
  expect(() => writeOne(join(folder, 'nowhere', 'visit.yaml'), '')).toThrow(/ENOENT/)
})
