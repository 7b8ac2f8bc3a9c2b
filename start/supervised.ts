/** One process under supervision: started, waited for, watched, started again when it falls, stopped. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { StartError } from './errors.ts'
import { LogFile } from './log-file.ts'
import { inherited } from './processes.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BACKOFF_MS = { first: 250, max: 10_000 }
/** A process that lived this long starts again at the first backoff. */
const STEADY_MS = 60_000
const LAST_LINES_MAX = 12
const READY = /^ready\b|^\{.*("ready":\s*true|"event":\s*"(ready|listening)")/

export interface ProcessPlan {
  /** For people: `worker`, `page and API`. */
  name: string
  /** A module of ours (from the project's root), or a program that knows nothing of us, run under `guard.mjs`. */
  run: { module: string } | { program: string; args: string[] }
  /** Asked again at each start, so that it may follow what others have announced. */
  env: () => Record<string, string>
  /** The line of its output that says it is ready: by default `ready …`, or a JSON line of the event `ready` or `listening`. */
  ready?: RegExp
  readyMsMax?: number
  /** How long it may take to stop before it is killed. */
  stopMsMax?: number
}

export type Announced = Record<string, unknown>

export interface SupervisedOptions {
  logFolder: string
  /** What people should know: falls and restarts. */
  say: (line: string) => void
  /** Called at every start, and with null at every end, of the process. */
  onPid?: (name: string, pid: number | null, previous: number | null) => void
  /** Called after every restart, when it is ready again. */
  onRestart?: () => void
}

export class Supervised {
  readonly plan: ProcessPlan
  announced: Announced = {}
  #options: SupervisedOptions
  #child: ChildProcess | null = null
  #env = ''
  #log: LogFile
  #last: string[] = []
  #stopping = false
  #backoffMs = BACKOFF_MS.first

  constructor(plan: ProcessPlan, options: SupervisedOptions) {
    this.plan = plan
    this.#options = options
    this.#log = new LogFile(join(options.logFolder, `${plan.name.replace(/[^\w-]+/g, '-')}.log`))
  }

  /** Starts it for the first time. @throws StartError with the end of its output when it ends, or is silent for too long, before it is ready. */
  async start(): Promise<Announced> {
    try {
      return await this.#launch()
    } catch (error) {
      this.#stopping = true
      this.#kill('SIGKILL')
      throw new StartError(`${this.plan.name}: ${(error as Error).message}`, [...this.#last, `Its whole log: ${this.#log.path}`])
    }
  }

  /** True when what it would be started with has changed since it was. */
  get outdated(): boolean {
    return this.#child !== null && this.#env !== JSON.stringify(this.plan.env())
  }

  /** Ends the process so that supervision starts it again with its present environment. */
  refresh(): void {
    this.#kill('SIGTERM')
  }

  async stop(): Promise<void> {
    this.#stopping = true
    const child = this.#child
    if (child) {
      const late = setTimeout(() => this.#kill('SIGKILL'), this.plan.stopMsMax ?? 6_000)
      const end = new Promise((resolve) => child.once('exit', resolve))
      this.#kill('SIGTERM')
      await end
      clearTimeout(late)
      // What it may have started itself is in its group.
      this.#killGroup(child.pid!)
    }
    this.#log.close()
  }

  /** At once and without ceremony; for a second Ctrl-C. */
  kill(): void {
    this.#stopping = true
    if (this.#child?.pid) this.#killGroup(this.#child.pid)
  }

  #kill(signal: NodeJS.Signals): void {
    if (signal === 'SIGKILL' && this.#child?.pid) this.#killGroup(this.#child.pid)
    else this.#child?.kill(signal)
  }

  #killGroup(pid: number): void {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // ESRCH: the whole group has ended already, which is what was wanted.
    }
  }

  #launch(): Promise<Announced> {
    const { run, env, ready = READY, readyMsMax = 60_000 } = this.plan
    const own = env()
    this.#env = JSON.stringify(own)
    const args =
      'module' in run
        ? ['--import', 'tsx', '--import', './start/child.mjs', run.module]
        : [join(ROOT, 'start/guard.mjs'), run.program, ...run.args]
    const startedAt = Date.now()
    // A group of its own, so that Ctrl-C in the terminal reaches the supervisor only, which stops everything in order.
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...inherited(process.env), ...own },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    const previous = this.#child?.pid ?? null
    this.#child = child
    this.#options.onPid?.(this.plan.name, child.pid ?? null, previous)
    return new Promise((resolve, reject) => {
      let isReady = false
      const late = setTimeout(() => {
        reject(new Error(`not ready after ${readyMsMax / 1000} s`))
        this.#kill('SIGKILL')
      }, readyMsMax)
      createInterface({ input: child.stdout! }).on('line', (line) => {
        if (!isReady && ready.test(line)) {
          isReady = true
          clearTimeout(late)
          this.announced = readAnnouncement(line)
          resolve(this.announced)
        } else this.#note(line)
      })
      createInterface({ input: child.stderr! }).on('line', (line) => this.#note(line))
      child.on('error', reject)
      child.on('exit', (code, signal) => {
        clearTimeout(late)
        if (this.#child === child) this.#child = null
        // A guard that was killed has left its program behind, which would be in the way of the next one.
        if ('program' in run && child.pid) this.#killGroup(child.pid)
        this.#options.onPid?.(this.plan.name, null, child.pid ?? null)
        const how = signal ? `ended by ${signal}` : `ended with code ${code}`
        if (!isReady) reject(new Error(how))
        else if (!this.#stopping) void this.#again(how, Date.now() - startedAt)
      })
    })
  }

  async #again(how: string, livedMs: number): Promise<void> {
    if (livedMs > STEADY_MS) this.#backoffMs = BACKOFF_MS.first
    let reason = how
    while (!this.#stopping) {
      this.#options.say(`${this.plan.name} ${reason}; starting it again in ${this.#backoffMs / 1000} s (log: ${this.#log.path})`)
      await sleep(this.#backoffMs)
      this.#backoffMs = Math.min(2 * this.#backoffMs, BACKOFF_MS.max)
      if (this.#stopping) return
      try {
        await this.#launch()
        if (this.#stopping) return
        this.#options.say(`${this.plan.name} is back`)
        this.#options.onRestart?.()
        return
      } catch (error) {
        reason = (error as Error).message
      }
    }
  }

  #note(line: string): void {
    this.#last.push(line)
    if (this.#last.length > LAST_LINES_MAX) this.#last.shift()
    // After stop() the file is closed; what comes later is of no interest.
    if (this.#child || !this.#stopping) this.#log.write(line)
  }
}

function readAnnouncement(line: string): Announced {
  const json = /\{.*\}\s*$/.exec(line)?.[0]
  if (!json) return {}
  try {
    return JSON.parse(json) as Announced
  } catch {
    return {}
  }
}
