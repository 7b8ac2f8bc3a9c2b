// Goal: what the house rules say of every file, held by a test instead of by reviewers.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeOf, importsOf, packageOf, ROOT, sources } from './sources.ts'

const LINES_MAX = 400
const TIDY = /^test\/tidy\//

const code = sources(/\.(ts|tsx|mjs|cjs|js)$/)
const pure = (path: string) => /^(pathways|twin\/simulate)\/.*\.tsx?$/.test(path)

/** `path:line: what` for each line of these files in which the pattern is found, comments and strings apart. */
function occurrences(pattern: RegExp, among: (path: string) => boolean, look: (text: string) => string = codeOf): string[] {
  return code
    .filter(({ path }) => among(path) && !TIDY.test(path))
    .flatMap(({ path, text }) =>
      look(text)
        .split('\n')
        .flatMap((line) => (pattern.test(line) ? [`${path}: ${line.trim()}`] : [])),
    )
}

describe('pathways and the simulation', () => {
  it.each([
    ['no async', /\b(async|await)\b/],
    ['no clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\./],
    ['no dates of the machine: hospital time is arithmetic', /\bnew Date\b/],
    ['no chance of their own', /\bMath\.random\b|\bcrypto\./],
    ['no timers', /\bset(Timeout|Interval|Immediate)\b/],
    ['no process', /\bprocess\.(?!id\b)\w+\s*[.([]|\bprocess\.(env|argv|cwd|exit|hrtime|memoryUsage|nextTick|platform|std)/],
    ['no network', /\bfetch\(/],
    [
      'no mathematics that engines round differently',
      /\bMath\.(exp|log|log2|log10|log1p|expm1|pow|sin|cos|tan|atan|atan2|sinh|cosh|tanh|cbrt|hypot)\b/,
    ],
    ['no order of the locale', /\bIntl\b|\blocaleCompare\b|\btoLocale/],
  ])('%s', (_, pattern) => {
    expect(occurrences(pattern, pure)).toEqual([])
  })
})

describe('every file of ours', () => {
  it(`has at most ${LINES_MAX} lines`, () => {
    const long = sources(/\.(ts|tsx|mjs|cjs|js|css|sh)$/).map(({ path, text }) => ({ path, lines: text.split('\n').length }))
    expect(long.filter(({ lines }) => lines > LINES_MAX)).toEqual([])
  })

  it('is text, or a picture', () => {
    const binary = sources(/^(?!.*\.(png|jpg)$)./).filter(({ text }) => text.includes('\0'))
    expect(binary.map(({ path }) => path)).toEqual([])
  })

  it('has no note to self', () => {
    expect(
      occurrences(
        /\b(TODO|FIXME|XXX|HACK)\b/,
        () => true,
        (text) => text,
      ),
    ).toEqual([])
  })

  it('leaves no test out', () => {
    expect(
      occurrences(/\b(it|test|describe)\.(only|skip|todo|fails)\b|\bfdescribe\b|\bxit\b/, (path) => path.startsWith('test/')),
    ).toEqual([])
  })

  it('is TypeScript that Node could run: no enum, no namespace', () => {
    expect(
      occurrences(
        /^\s*(export\s+)?(declare\s+)?(const\s+)?(enum|namespace)\s+\w+/,
        (path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'),
      ),
    ).toEqual([])
  })
})

describe('dependencies', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >
  const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)].sort()

  it('each has a line in docs/dependencies.md that says why, and each line a dependency', () => {
    const lines = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8').matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)
    const explained = [...lines].map(([, name]) => name!)
    expect(explained.sort()).toEqual(declared)
  })

  it('each import is of one of them', () => {
    const bundled = code.flatMap(importsOf).filter(({ ours }) => !ours)
    const wrong = bundled.flatMap(({ from, to }) => {
      const name = packageOf(to)
      return name === null || declared.includes(name) || (declared.includes(`@types/${name}`) && /^[a-z]/.test(name))
        ? []
        : [`${from.path}: ${to}`]
    })
    expect(wrong).toEqual([])
  })

  it('each has an exact version, so that the lock file and the manifest say one thing', () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    )
    expect(loose).toEqual([])
  })
})

describe('the lock file', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }>
  }

  // npm leaves out what other platforms need when it writes the file beside an installed tree; `npm ci` then refuses it on a bare machine.
  it('holds what every platform needs, so that npm ci takes it', () => {
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !foundFrom(path, name))
        .map((name) => `${path || 'package.json'}: ${name}`),
    )
    expect(missing).toEqual([])
  })

  /** Node's own search: beside the package, then in each folder above it. */
  function foundFrom(path: string, name: string): boolean {
    for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
      if (`${folder ? `${folder}/` : ''}node_modules/${name}` in packages) return true
      if (folder === '') return false
    }
  }

  it('names no registry', () => {
    expect(Object.entries(packages).filter(([, entry]) => 'resolved' in entry)).toEqual([])
  })
})

describe('what a newcomer finds', () => {
  it('the README names the two commands', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
    expect(readme).toContain('npm start')
    expect(readme).toContain('npm test')
  })

  it.each(['LICENSE', 'NOTICE', '.ci/run', 'docs/architecture.md'])('%s is there', (path) => {
    expect(existsSync(join(ROOT, path))).toBe(true)
  })
})
