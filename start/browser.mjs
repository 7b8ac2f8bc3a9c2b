/** Finds a Chromium for the tests, or brings one: the system's, Debian's package when root, else Playwright's own. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** @param {(line: string) => void} say @returns {Promise<string>} the path of its executable. @throws Error with the remedy. */
export async function findBrowser(say, env = process.env) {
  const installed = onThisMachine(env)
  if (installed) return installed
  if (process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get', env)) {
    say('installing Chromium (Debian package) …')
    const quiet = { stdio: 'ignore', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } }
    const install = () => spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], quiet).status === 0
    // Without lists of packages, or with old ones, the first try fails.
    const done = install() || (spawnSync('apt-get', ['update', '-q'], quiet).status === 0 && install())
    const packaged = done ? onThisMachine(env) : null
    if (packaged) return packaged
  }
  const { chromium } = await import('playwright-core')
  if (!isExecutable(chromium.executablePath())) {
    say("fetching Playwright's Chromium …")
    spawnSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], { stdio: 'inherit', env })
  }
  if (isExecutable(chromium.executablePath())) return chromium.executablePath()
  throw new Error('No browser: install Chromium, or name one in PARCOURS_BROWSER.')
}

function onThisMachine(env) {
  if (env.PARCOURS_BROWSER) {
    if (isExecutable(env.PARCOURS_BROWSER)) return env.PARCOURS_BROWSER
    throw new Error(`PARCOURS_BROWSER names ${env.PARCOURS_BROWSER}, which is not an executable file: correct it, or unset it.`)
  }
  return NAMES.map((name) => onPath(name, env)).find(Boolean) ?? null
}

function onPath(name, env) {
  return (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
