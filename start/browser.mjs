/** Finds a Chromium for the tests, or brings one: the system's, Debian's package when root, else Playwright's own. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** @param {(line: string) => void} say @returns {Promise<string>} the path of its executable. @throws Error with the remedy. */
export async function findBrowser(say, env = process.env) {
  const installed = onThisMachine(env)
  if (installed) return installed
  const packaged = debianPackage('chromium', say, env) ? onThisMachine(env) : null
  if (packaged) return packaged
  const { chromium } = await import('playwright-core')
  if (!isExecutable(chromium.executablePath())) {
    say("fetching Playwright's Chromium …")
    spawnSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], { stdio: 'inherit', env })
  }
  if (isExecutable(chromium.executablePath())) return chromium.executablePath()
  throw new Error('No browser: install Chromium, or name one in PARCOURS_BROWSER.')
}

/** A Firefox for the suite that compares browsers: the system's; Debian's package when root, where it may be brought. @returns {string | null} */
export function findFirefox(mayInstall, env = process.env) {
  const found = () => onPath('firefox-esr', env) ?? onPath('firefox', env) ?? null
  return found() ?? (mayInstall && debianPackage('firefox-esr', () => {}, env) ? found() : null)
}

/** Whether a package of Debian's could be installed. */
function debianPackage(name, say, env) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !onPath('apt-get', env)) return false
  say(`installing ${name} (Debian package) …`)
  const quiet = { stdio: 'ignore', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } }
  const install = () => spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], quiet).status === 0
  // Without lists of packages, or with old ones, the first try fails.
  return install() || (spawnSync('apt-get', ['update', '-q'], quiet).status === 0 && install())
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
