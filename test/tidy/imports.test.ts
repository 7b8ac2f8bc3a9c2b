// Goal: imports point one way (docs/architecture.md), types included, and nothing goes round in a circle.

import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Import, importsOf, ROOT, sources } from './sources.ts'

/** What each area may reach, besides itself; an area that is not listed stands on top, and may reach all but tests. */
const MAY_REACH: Record<string, string[]> = {
  pathways: [],
  partners: [],
  twin: ['pathways'],
  records: ['pathways'],
  activities: ['pathways', 'records', 'twin'],
  workflows: ['pathways'],
  api: ['pathways', 'records', 'activities', 'workflows', 'twin'],
  web: ['pathways', 'twin'],
  scenarios: ['pathways', 'twin', 'records', 'activities', 'workflows', 'api'],
}
/** Areas whose types, and nothing else, an area may name. */
const MAY_NAME_TYPES_OF: Record<string, string[]> = { workflows: ['activities'], web: ['api'] }

const code = sources(/\.(ts|tsx|mjs|cjs)$/)
const imports = code.flatMap(importsOf)
const areaOf = (path: string) => path.split('/')[0]!
const shown = ({ from, to, typeOnly }: Import) => `${from.path} -> ${to}${typeOnly ? ' (type)' : ''}`

describe('imports', () => {
  it.each(Object.entries(MAY_REACH))('%s reaches only itself and %j', (area, reached) => {
    const wrong = imports.filter(({ from, to, ours, typeOnly }) => {
      if (from.area !== area || !ours || !to.includes('/')) return false
      const allowed = [area, ...reached, ...(typeOnly ? (MAY_NAME_TYPES_OF[area] ?? []) : [])]
      return !allowed.includes(areaOf(to))
    })
    expect(wrong.map(shown)).toEqual([])
  })

  it('pathways, and what of the twin runs in a browser, know no part of Node', () => {
    const pure = (path: string) => /^(pathways|twin\/simulate|twin\/view)\//.test(path)
    expect(imports.filter(({ from, to, ours }) => pure(from.path) && !ours && isBuiltin(to)).map(shown)).toEqual([])
  })

  it('nothing but tests imports tests', () => {
    expect(
      imports.filter(({ from, to, ours }) => ours && areaOf(to) === 'test' && !['test', 'bench'].includes(from.area)).map(shown),
    ).toEqual([])
  })

  it('every import of ours names a file, with its extension', () => {
    expect(imports.filter(({ to, ours }) => ours && !existsSync(join(ROOT, to.replace(/\?.*$/, '')))).map(shown)).toEqual([])
  })

  it('no two folders need each other', () => {
    expect(circles(imports)).toEqual([])
  })
})

/**
 * Circles of value imports between folders of two levels (`pathways/engine`), one for each edge that closes one, by depth-first search.
 * Inside a folder they are let be: a parser of expressions and one of tables rightly call each other.
 */
function circles(edges: Import[]): string[] {
  const folderOf = (path: string) => path.split('/').slice(0, -1).slice(0, 2).join('/')
  const next = new Map<string, Set<string>>()
  for (const { from, to, ours, typeOnly } of edges) {
    const [here, there] = [folderOf(from.path), folderOf(to)]
    // What lies at the top of an area both serves its folders and puts them together.
    if (ours && !typeOnly && here !== there && here.includes('/') && there.includes('/'))
      next.set(here, (next.get(here) ?? new Set()).add(there))
  }
  const done = new Set<string>()
  const path: string[] = []
  const found: string[] = []
  const visit = (folder: string) => {
    if (path.includes(folder)) found.push([...path.slice(path.indexOf(folder)), folder].join(' -> '))
    if (done.has(folder) || path.includes(folder)) return
    path.push(folder)
    for (const to of next.get(folder) ?? []) visit(to)
    path.pop()
    done.add(folder)
  }
  for (const folder of next.keys()) visit(folder)
  return found
}
