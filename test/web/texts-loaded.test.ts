// Goal: whatever part of the page is shown, what it says has been loaded with it.
// Method: from each part that comes late (`withTexts([areas], () => import(…))`), and from the page itself, follow the imports and look up the keys they name.
import { normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { boards } from '../../web/locales/fr/boards.ts'
import { care } from '../../web/locales/fr/care.ts'
import { designer } from '../../web/locales/fr/designer.ts'
import { first } from '../../web/locales/fr/first.ts'
import { hospital } from '../../web/locales/fr/hospital.ts'
import { planner } from '../../web/locales/fr/planner.ts'
import { SECTIONS } from '../../web/operations/command-centre/measures.ts'
import { importsOf, type Source, sources } from '../tidy/sources.ts'

const CATALOGUES: Record<string, Record<string, string>> = { first, boards, care, designer, hospital, planner }
/** Ids of measures, which look like keys. */
const IDS = new Set(SECTIONS.flatMap(({ measures }) => measures ?? []))
const LATE = /withTexts\(\s*\[([^\]]*)\],\s*\(\) =>\s*import\(\s*'([^']+)'/g

const files = new Map(
  sources(/\.tsx?$/)
    .filter(({ path }) => path.startsWith('web/') && !path.startsWith('web/locales/'))
    .map((file) => [file.path, file]),
)

interface Part {
  path: string
  areas: string[]
}

const parts: Part[] = [...files.values()].flatMap((file) =>
  [...file.text.matchAll(LATE)].map(([, areas, to]) => ({
    path: normalize(`${file.path}/../${to}`),
    areas: [...areas!.matchAll(/'(\w+)'/g)].map(([, area]) => area!),
  })),
)

/** A part's files: what it imports, now or later, short of other parts. */
function filesOf(begin: string): Source[] {
  const late = new Set(parts.map(({ path }) => path))
  const found = new Map<string, Source>()
  const visit = (path: string) => {
    const file = files.get(path)
    if (!file || found.has(path) || (late.has(path) && path !== begin)) return
    found.set(path, file)
    for (const { to, ours, typeOnly } of importsOf(file)) if (ours && !typeOnly) visit(to)
  }
  visit(begin)
  return [...found.values()]
}

/** Keys that a file names whole, and beginnings of keys: `textOf('state', …)`, text(`state.${…}`). */
function namedIn({ text }: Source): { keys: string[]; beginnings: string[] } {
  const keys = [...text.matchAll(/'([a-z]\w*(?:\.[\w-]+)+)'/gi)].map(([, key]) => key!).filter((key) => !IDS.has(key))
  const beginnings = [
    ...[...text.matchAll(/textOf\(\s*'([\w.]+)'/g)].map(([, prefix]) => `${prefix}.`),
    ...[...text.matchAll(/text\(\s*`([\w.]+\.)\$\{/g)].map(([, prefix]) => prefix!),
  ]
  return { keys, beginnings }
}

/** `area: key (file)` of what a part says and did not load. */
function lacking({ path, areas }: Part): string[] {
  const loaded = ['first', ...areas]
  return filesOf(path).flatMap((file) => {
    const { keys, beginnings } = namedIn(file)
    return Object.entries(CATALOGUES).flatMap(([area, texts]) => {
      if (loaded.includes(area)) return []
      const missing = Object.keys(texts).filter((key) => keys.includes(key) || beginnings.some((each) => key.startsWith(each)))
      return missing.map((key) => `${area}: ${key} (${file.path})`)
    })
  })
}

describe('texts', () => {
  it('of the page as it opens are those of the first catalogue', () => {
    expect(lacking({ path: 'web/main.tsx', areas: [] })).toEqual([])
  })

  it.each(parts)('of $path are loaded with it', (part) => {
    expect(lacking(part)).toEqual([])
  })

  it('are found in every area that comes late', () => {
    expect([...new Set(parts.flatMap(({ areas }) => areas))].sort()).toEqual(
      Object.keys(CATALOGUES)
        .filter((area) => area !== 'first')
        .sort(),
    )
  })
})
