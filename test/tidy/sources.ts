/** Our own files, as git knows them (new ones included), and what they import. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Source {
  /** From the project's root, with `/`. */
  path: string
  area: string
  text: string
}
export interface Import {
  from: Source
  /** A path from the project's root, for files of ours; else the package's or builtin's name. */
  to: string
  ours: boolean
  typeOnly: boolean
}

export function sources(pattern = /\.(ts|tsx|mjs|cjs|js|css|html|sh)$/): Source[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  return listed
    .split('\n')
    .filter((path) => pattern.test(path) && existsSync(join(ROOT, path)))
    .map((path) => ({ path, area: path.split('/')[0]!, text: readFileSync(join(ROOT, path), 'utf8') }))
}

/**
 * Reads import and export declarations and `import()`, as Biome formats them. An import whose every name is marked `type` one by one still
 * loads the module (verbatimModuleSyntax), so only `import type` and `typeof import()` count as types.
 */
export function importsOf(from: Source): Import[] {
  const declared = [...from.text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?'([^']+)'/gm)]
  const called = [...from.text.matchAll(/(typeof\s+)?\bimport\(\s*'([^']+)'/g)]
  return [...declared, ...called].map(([, type, name]) => {
    const ours = name!.startsWith('.')
    const to = ours ? normalize(join(dirname(from.path), name!)).replaceAll('\\', '/') : name!
    return { from, to, ours, typeOnly: Boolean(type) }
  })
}

/** The package of an import that is not ours: `@mantine/core/styles.css` is of `@mantine/core`; null for builtins. */
export function packageOf(name: string): string | null {
  if (name.startsWith('node:') || name.startsWith('virtual:')) return null
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The text without comments, and with strings emptied: what a search for banned calls should see. */
export function codeOf(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/(^|[^:])\/\/.*$/gm, '$1')
}
