#!/usr/bin/env node
/** The command line's way in: TypeScript as it is, in this same process. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

if (!existsSync(fileURLToPath(new URL('../node_modules/tsx', import.meta.url)))) {
  process.stderr.write('parcours: its packages are not installed; run `npm ci` in its folder first\n')
  process.exit(2)
}
const { register } = await import('tsx/esm/api')
register()
const { main } = await import('./main.ts')
process.exitCode = await main(process.argv.slice(2))
