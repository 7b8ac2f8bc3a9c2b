/** What `npm test` runs, on a bare machine too: its own set-up, the static checks, the suites; its last line is true to what ran. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './browser.mjs'
import { checkNode, installPackages } from './packages.mjs'

const HELP = `Runs the tests.

usage: npm test [-- OPTION… FILE…]

  --long    the long suites whole, instead of a sample (npm run test:long)
  --help    this text

Anything else goes to vitest: npm test -- test/pathways runs what is there, and no static check.

environment
  PARCOURS_SEED     what samples and random tests are drawn from (printed)
  PARCOURS_BROWSER  the Chromium to use
  TEMPORAL_CLI      the \`temporal\` executable to use
`

const STATIC_CHECKS = [
  ['types', 'node_modules/typescript/bin/tsc', '--noEmit'],
  ['style and lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '.'],
]

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
if (args.includes('--help')) {
  process.stdout.write(HELP)
  process.exit(0)
}
checkNode()
process.chdir(root)
installPackages(root)

const extra = args.filter((argument) => argument !== '--long')
const tally = { passed: 0, failed: 0 }
const say = (line) => process.stdout.write(`${line}\n`)
const environment = {
  ...process.env,
  PARCOURS_SEED: process.env.PARCOURS_SEED || '7',
  ...(args.includes('--long') ? { PARCOURS_LONG: '1' } : {}),
}

say(`seed ${environment.PARCOURS_SEED} (PARCOURS_SEED=… repeats it)`)
await setUp()
// Side by side with the suites, which wait more than they work.
const checked = extra.length === 0 ? STATIC_CHECKS.map((check) => staticCheck(...check)) : []
await suites()
for (const tell of await Promise.all(checked)) tell()
say(`\n${tally.passed} passed, ${tally.failed} failed`)
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1)

/** Temporal's server, and a browser unless only other suites are asked for. What cannot be had is one failure each, and said. */
async function setUp() {
  const { register } = await import('tsx/esm/api')
  const unregister = register()
  try {
    const { findTemporal } = await import('./temporal-binary.ts')
    environment.TEMPORAL_CLI = await findTemporal({ log: say })
  } catch (error) {
    failed(['Temporal', error.message, ...(error.details ?? [])])
  } finally {
    await unregister()
  }
  if (extra.length > 0 && !extra.some((argument) => argument.includes('browser'))) return
  try {
    environment.PARCOURS_BROWSER = await findBrowser(say)
  } catch (error) {
    failed(['browser', error.message])
  }
}

/** @returns what to do with its outcome, once nobody else writes. */
async function staticCheck(name, script, ...parameters) {
  const begin = Date.now()
  const { status, said } = await ended(spawn(process.execPath, [script, ...parameters], { env: environment }))
  const seconds = ((Date.now() - begin) / 1000).toFixed(1)
  return () => {
    if (status === 0) {
      tally.passed++
      say(`✓ ${name} (${seconds} s)`)
    } else failed([`${name} (${seconds} s)`, said])
  }
}

async function suites() {
  const results = join(root, '.cache/test/results.json')
  mkdirSync(join(root, '.cache/test'), { recursive: true })
  rmSync(results, { force: true })
  const parameters = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...extra]
  const { status, signal } = await ended(
    spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...parameters], { stdio: 'inherit', env: environment }),
  )
  const before = tally.failed
  if (existsSync(results)) {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(results, 'utf8'))
    tally.passed += numPassedTests
    tally.failed += numFailedTests
    // A file that cannot be loaded has no tests to fail.
    tally.failed += testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length
  }
  // No result at all, or an error outside of any test.
  if (status !== 0 && tally.failed === before) failed([`the suites ended ${signal ? `by ${signal}` : `with code ${status}`}`])
}

/** How a process ended, and what it said where nobody else heard it. */
function ended(child) {
  const said = []
  child.stdout?.on('data', (chunk) => said.push(chunk))
  child.stderr?.on('data', (chunk) => said.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => resolve({ status, signal, said: Buffer.concat(said).toString() }))
  })
}

function failed(lines) {
  tally.failed++
  say(`✗ ${lines.filter(Boolean).join('\n')}`)
}
