/** Installs the packages when the lock file says so. Plain JavaScript without dependencies: it runs before there are any. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const NODE_MIN = [20, 12]

/** Ends the process unless this Node is recent enough. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return
  process.stderr.write(
    `Parcours needs Node ${NODE_MIN.join('.')} or later; this is ${version}. Install one from https://nodejs.org.\n`,
  )
  process.exit(1)
}

/** @param {string} root the project's folder. @returns {boolean} whether anything was installed. Ends the process when it cannot be. */
export function installPackages(root) {
  const stamp = join(root, 'node_modules/.parcours')
  const lock = readFileSync(join(root, 'package-lock.json'))
  const hash = createHash('sha256').update(lock).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false
  const wanted = !isInstalled(root, JSON.parse(lock.toString('utf8')))
  if (wanted) {
    process.stdout.write('Installing packages (once, about a minute) …\n')
    // npm tells its scripts which npm runs them; without it, the one on the PATH.
    const npm = process.env.npm_execpath
    const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
    const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev']
    const { status, error, signal } = spawnSync(program, [...args, ...flags], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
      // A package of the forms would send the vendor what is installed here, from a process that outlives the install.
      env: { ...process.env, IBM_TELEMETRY_DISABLED: 'true' },
    })
    if (signal) process.exit(130)
    if (status !== 0) {
      process.stderr.write(
        `\nThe packages could not be installed${error ? ` (${error.message})` : ''}: npm's reason stands above.\n`,
      )
      process.stderr.write('Check that this machine reaches an npm registry (npm ping), then try again.\n')
      process.exit(1)
    }
  }
  writeFileSync(stamp, hash)
  return wanted
}

/** Whether npm's own record of what is installed has every package of the lock file; those for other machines may lack. */
function isInstalled(root, lock) {
  try {
    const { packages } = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'))
    return Object.entries(lock.packages).every(
      ([path, wanted]) => path === '' || packages[path]?.version === wanted.version || (wanted.optional && !packages[path]),
    )
  } catch {
    return false
  }
}
