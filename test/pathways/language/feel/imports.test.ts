/** What runs inside a workflow and in the twin must not bring a parser along. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const reachedFrom = (file: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(file)) return seen
  seen.add(file)
  if (!file.endsWith('.ts')) return seen
  for (const [, type, path] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)( type)? .*?from '([^']+)'/gms)) {
    if (!type) reachedFrom(path!.startsWith('.') ? join(dirname(file), path!) : path!, seen)
  }
  return seen
}

it.each(['feel/evaluate.ts', 'dmn/evaluate.ts'])('%s imports no parser', (entry) => {
  const reached = [...reachedFrom(join('pathways/language', entry))]
  expect(reached.filter((path) => !path.endsWith('.ts'))).toEqual(['decimal.js'])
  expect(reached.filter((path) => /parse\.ts|read\.ts|compile/.test(path))).toEqual([])
})
