/** `parcours bench`: the project's benchmarks, each a program of its own in `bench/`. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, InputError } from './command.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The benchmarks there are. */
export const benchmarks = (): string[] =>
  existsSync(join(ROOT, 'bench'))
    ? readdirSync(join(ROOT, 'bench'))
        .filter((name) => existsSync(join(ROOT, 'bench', name, 'main.ts')))
        .sort()
    : []

export const command: Command = {
  help: `Measures what is fast, as ratios in one run, alternating with what it is compared to.

usage: parcours bench [${benchmarks().join('|')}] [--pairs N] [--json]

  --pairs N  how many times each is measured (5)
  --json     the ratios as one JSON object for each benchmark

Without a name, all of them. Exit code 0: measured; 2: unusable input.
`,
  async run(args) {
    const [first] = args
    const named = first !== undefined && !first.startsWith('-')
    if (named && !benchmarks().includes(first)) {
      throw new InputError(`there is no benchmark ${JSON.stringify(first)}; there is ${benchmarks().join(', ')}`)
    }
    for (const name of named ? [first] : benchmarks()) {
      const code = await measure(name, named ? args.slice(1) : args)
      if (code !== 0) return code
    }
    return 0
  },
}

function measure(name: string, args: string[]): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', join('bench', name, 'main.ts'), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
