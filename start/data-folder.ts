/** The data folder: everything that a stopped system goes on from. One running system owns it at a time. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from './errors.ts'

const MARKER = 'parcours-data.json'
const LOCK = 'running.json'
const LEFTOVERS_MS_MAX = 20_000

/** A process and when it began, so that another one that got the same number later is not taken for it. */
interface ProcessMark {
  pid: number
  began: string
}
interface Child extends ProcessMark {
  name: string
}
interface LockContents extends ProcessMark {
  children: Child[]
}

export class DataFolder {
  readonly path: string
  #children = new Map<number, Child>()

  private constructor(path: string) {
    this.path = path
  }

  /**
   * Makes the folder if need be and takes its lock. When the last owner was killed, waits for what it left running to end, and sees to it.
   * @throws StartError when another system runs on it, or the folder holds something else.
   */
  static async open(path: string, say: (line: string) => void = () => {}): Promise<DataFolder> {
    try {
      // In a folder that is there, the plain way: in one that takes no folders (/proc) the recursive way of Node 20 never returns.
      if (!existsSync(path)) mkdirSync(path, { recursive: !existsSync(dirname(path)) })
      if (!existsSync(join(path, MARKER)) && readdirSync(path).length > 0) {
        throw new StartError(`${path} holds files that are not Parcours's.`, ['Name an empty or a new folder in PARCOURS_DATA.'])
      }
      writeFileSync(join(path, MARKER), '{ "format": 1 }\n')
    } catch (error) {
      if (error instanceof StartError) throw error
      const { code = '' } = error as NodeJS.ErrnoException
      const isFile = code === 'EEXIST' || code === 'ENOTDIR'
      throw new StartError(
        isFile ? `The data folder ${path} is a file.` : `The data folder ${path} cannot be written (${code}).`,
        ['Name another in PARCOURS_DATA.'],
      )
    }
    const folder = new DataFolder(path)
    await folder.#lock(say)
    return folder
  }

  /** Deletes everything in it but the lock. */
  clear(): void {
    for (const entry of readdirSync(this.path)) {
      if (entry !== LOCK && entry !== MARKER) rmSync(join(this.path, entry), { recursive: true, force: true })
    }
  }

  get isUsed(): boolean {
    return readdirSync(this.path).some((entry) => entry !== LOCK && entry !== MARKER)
  }

  /** Writes down who runs for this system, for the next owner should this one be killed. */
  noteChild(name: string, pid: number | null, previous: number | null): void {
    if (previous !== null) this.#children.delete(previous)
    if (pid !== null) this.#children.set(pid, { name, pid, began: beganAt(pid) })
    writeFileSync(join(this.path, LOCK), this.#contents())
  }

  /** The key that encrypts health data: `PARCOURS_KEY`, else the folder's own, made at its first use. @returns 64 hexadecimal digits. */
  key(env: NodeJS.ProcessEnv): string {
    const file = join(this.path, 'key')
    if (env.PARCOURS_KEY) return env.PARCOURS_KEY
    if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    return readFileSync(file, 'utf8').trim()
  }

  release(): void {
    rmSync(join(this.path, LOCK), { force: true })
  }

  async #lock(say: (line: string) => void): Promise<void> {
    const file = join(this.path, LOCK)
    for (;;) {
      try {
        writeFileSync(file, this.#contents(), { flag: 'wx' })
        return
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      // Another start may be about to write what it has just created.
      if (!readLock(file)) await sleep(100)
      const owner = readLock(file)
      if (owner && isAlive(owner)) {
        throw new StartError(`Parcours is already running on ${this.path} (process ${owner.pid}).`, [
          'Stop that one first, or name another folder in PARCOURS_DATA (and another PORT).',
        ])
      }
      if (owner) await endLeftovers(owner.children, say)
      if (existsSync(file)) unlinkSync(file)
    }
  }

  #contents(): string {
    const contents: LockContents = { pid: process.pid, began: beganAt(process.pid), children: [...this.#children.values()] }
    return `${JSON.stringify(contents)}\n`
  }
}

async function endLeftovers(children: ProcessMark[], say: (line: string) => void): Promise<void> {
  const until = Date.now() + LEFTOVERS_MS_MAX
  if (children.some(isLeft)) say('the last run was killed: waiting for what it left to end')
  // Whoever lives knows that its system is gone, and ends; the program of a guard that was killed has nobody to tell it.
  for (const child of children) if (isLeft(child) && !isAlive(child)) signalGroup(child, 'SIGTERM')
  while (children.some(isLeft) && Date.now() < until) await sleep(200)
  for (const child of children.filter(isLeft)) signalGroup(child, 'SIGKILL')
}

/** Whoever ended meanwhile needs no signal any more. */
function signalGroup({ pid }: ProcessMark, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** It lives, or was killed and others of its group live on. */
function isLeft(child: ProcessMark): boolean {
  if (isAlive(child)) return true
  const leader = statusOf(child.pid)
  const isSomebodyElse = leader ? leader.began !== child.began : answersTo(child.pid)
  return !isSomebodyElse && hasMembers(child.pid)
}

/** No new process gets the number of a group that has members: they are ours. */
function hasMembers(group: number): boolean {
  try {
    return readdirSync('/proc').some((entry) => {
      const member = /^\d+$/.test(entry) ? statusOf(Number(entry)) : null
      return member?.group === group && !member.hasEnded
    })
  } catch {
    return answersTo(-group)
  }
}

/** Whether there is a process of this number, or a group of its negative. */
function answersTo(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function readLock(file: string): LockContents | null {
  try {
    const { pid, began, children } = JSON.parse(readFileSync(file, 'utf8')) as LockContents
    return { pid, began, children: children ?? [] }
  } catch {
    // Half written when its owner was killed, or gone since: nobody owns the folder.
    return null
  }
}

function isAlive({ pid, began }: ProcessMark): boolean {
  const status = statusOf(pid)
  return status ? !status.hasEnded && status.began === began : answersTo(pid) && began === ''
}

const beganAt = (pid: number): string => statusOf(pid)?.began ?? ''

/** Its group, and when it began, in ticks since the machine did; null where there is no such process or the system does not say. */
function statusOf(pid: number): { hasEnded: boolean; group: number; began: string } | null {
  try {
    const [, afterName = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const fields = afterName.split(' ')
    // A zombie (state Z) has ended: it only waits for its parent to look.
    return { hasEnded: fields[0] === 'Z', group: Number(fields[2]), began: fields[19] ?? '' }
  } catch {
    return null
  }
}
