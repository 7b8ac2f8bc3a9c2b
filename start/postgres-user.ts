/** Who Postgres runs as: it refuses to be root, so root runs it as an unprivileged user of the system. */
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StartError } from './errors.ts'

export interface PostgresUser {
  uid: number
  gid: number
  /** What comes before a program and its arguments. */
  prefix: string[]
}

/** Runs `initdb` and `postgres` as they are; null when we are not root ourselves. */
export function postgresUser(folder: string, programs: string[]): PostgresUser | null {
  if (process.getuid?.() !== 0) return null
  const { uid, gid } = accountFor(folder)
  chownAll(folder, uid, gid)
  chmodSync(folder, 0o700)
  if (reachable([folder, ...programs], uid, gid)) return { uid, gid, prefix: [] }
  // A folder on the way is closed to others, /root for one: this capability lets just this program through. access(2), by which Postgres
  // looks for itself, forgets capabilities of all but root, unless the process keeps them whoever it becomes.
  const prefix = [
    'setpriv',
    '--securebits=+no_setuid_fixup',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=-all,+dac_override',
    '--ambient-caps=-all,+dac_override',
    '--',
  ]
  if (spawnSync(prefix[0]!, [...prefix.slice(1), 'test', '-x', programs[0]!]).status === 0) return { uid, gid, prefix }
  throw new StartError('Postgres does not run as root, and the user "nobody" cannot reach its folders.', [
    `Folders: ${[folder, dirname(programs[0]!)].join(', ')}`,
    'Run Parcours as an ordinary user, or put it and PARCOURS_DATA where every user may enter, or set DATABASE_URL.',
  ])
}

/** The owner of an existing cluster, else the system's postgres user, else nobody. */
function accountFor(folder: string): { uid: number; gid: number } {
  const owner = statSync(folder)
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name)
    if (account && Number(account[2]) > 0) return { uid: Number(account[2]), gid: Number(account[3]) }
  }
  throw new StartError('Postgres does not run as root, and this system has neither a user "postgres" nor "nobody".', [
    'Create one (useradd --system postgres), run Parcours as an ordinary user, or set DATABASE_URL.',
  ])
}

function chownAll(path: string, uid: number, gid: number): void {
  const found = lstatSync(path)
  if (found.uid !== uid) chownSync(path, uid, gid)
  // What is below a folder that is the user's already was written by Postgres itself.
  else if (found.isDirectory()) return
  if (found.isDirectory()) for (const entry of readdirSync(path)) chownAll(join(path, entry), uid, gid)
}

/** Whether that user can pass through every folder on the way. */
function reachable(paths: string[], uid: number, gid: number): boolean {
  for (const path of paths) {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const { mode, uid: owner, gid: group } = statSync(folder)
      const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
      if (!(mode & bit)) return false
      if (folder === dirname(folder)) break
    }
  }
  return true
}
