/** What `npm start` runs, on a fresh clone too: packages first, then everything else in TypeScript, in this same process. */
import { fileURLToPath } from 'node:url'
import { checkNode, installPackages } from './packages.mjs'

// Before anything else: it may end while packages are installed.
const parent = process.env.npm_lifecycle_event === 'start' ? process.ppid : undefined
checkNode()
const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
installPackages(root)

const { register } = await import('tsx/esm/api')
register()
const [{ main }, { PROCESSES }, { foundations }] = await Promise.all([
  import('./main.ts'),
  import('./processes.ts'),
  import('./foundations.ts'),
])
process.exit(await main(process.argv.slice(2), PROCESSES, foundations(process.env), process.env, parent))
