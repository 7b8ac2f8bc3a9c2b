// Goal: a journal gives back what it acknowledged, and nothing else, whatever a crash left of its last line.
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Journal } from '../../partners/journal.ts'
import { removeFolder, temporaryFolder } from './process.ts'

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => removeFolder(folder))

const path = () => join(folder, 'journal.jsonl')
const readAll = async () => {
  const records: unknown[] = []
  const journal = await Journal.open(path(), (record) => records.push(record))
  await journal.close()
  return records
}

it('gives back every line, in order, and each by its position', async () => {
  const journal = await Journal.open<{ n: number; text: string }>(path(), () => {})
  const appended = Array.from({ length: 50 }, (_, n) => journal.append({ n, text: 'é'.repeat(n) }))
  await Promise.all(appended.map(({ durable }) => durable))
  expect(await journal.read(appended[31]!.position)).toEqual({ n: 31, text: 'é'.repeat(31) })
  await journal.close()
  expect(await readAll()).toEqual(Array.from({ length: 50 }, (_, n) => ({ n, text: 'é'.repeat(n) })))
})

it('drops a torn last line, and goes on after it', async () => {
  const journal = await Journal.open<number>(path(), () => {})
  await journal.append(1).durable
  await journal.close()
  await appendFile(path(), '{"half":')
  const again = await Journal.open<number>(path(), () => {})
  const { position, durable } = again.append(2)
  await durable
  expect(await again.read(position)).toBe(2)
  await again.close()
  expect(await readAll()).toEqual([1, 2])
  expect(await readFile(path(), 'utf8')).toBe('1\n2\n')
})

it('refuses a line that is damaged in the middle', async () => {
  await writeFile(path(), '1\n{"half":\n2\n')
  await expect(readAll()).rejects.toThrow(/damaged at byte 2/)
})
