/** Brings the whole system up, in the order that its parts need each other, as much at once as that allows; and down again. */
import { join } from 'node:path'
import { type Build, buildIfStale } from './build.ts'
import { DataFolder } from './data-folder.ts'
import { StartError } from './errors.ts'
import type { StartOptions } from './options.ts'
import { freePort, isPortBusy } from './ports.ts'
import type { Entry, Setting } from './processes.ts'
import type { Screen } from './screen.ts'
import type { Announced, ProcessPlan } from './supervised.ts'
import { Supervisor } from './supervisor.ts'

export type Settings = Partial<Record<Setting, string>>

/** What stands under the processes of the table. Given from outside, so that a system can be tried without them. */
export interface Foundations {
  /** Gives the address of the database, migrated. */
  database: (system: System, detail: (text: string) => void) => Promise<string>
  temporal: (system: System, detail: (text: string) => void) => Promise<string>
  builds: Build[]
  settings: () => Settings
}

const RANK = { foundation: 0, partner: 1, core: 2, demo: 3 }

export class System {
  readonly options: StartOptions
  readonly env: NodeJS.ProcessEnv
  readonly screen: Screen
  readonly settings: Settings = {}
  readonly abort = new AbortController()
  #folder: DataFolder | null = null
  #supervisor: Supervisor

  constructor(options: StartOptions, env: NodeJS.ProcessEnv, screen: Screen) {
    this.options = options
    this.env = env
    this.screen = screen
    this.#supervisor = new Supervisor({
      logFolder: join(options.dataFolder, 'logs'),
      say: (line) => screen.say(`  ! ${line}`),
      onPid: (name, pid, previous) => this.#folder?.noteChild(name, pid, previous),
    })
  }

  /** @param confirm asks whether the data may be deleted. @returns the address of the page. @throws StartError; call `down` then too. */
  async up(entries: Entry[], foundations: Foundations, confirm: (question: string) => Promise<boolean>): Promise<string> {
    const { dataFolder, port, fresh, empty } = this.options
    this.#folder = await DataFolder.open(dataFolder, (line) => this.screen.say(line))
    if (await isPortBusy(port)) {
      throw new StartError(`Port ${port} is taken.`, [`Stop what listens there, or choose another: PORT=${port + 1} npm start`])
    }
    if (fresh && this.#folder.isUsed) {
      if (!(await confirm(`Delete everything in ${dataFolder}: every patient, pathway and document? [y/N] `))) {
        throw new StartError('Nothing was deleted, and nothing started.')
      }
      this.#folder.clear()
    }
    Object.assign(this.settings, foundations.settings(), {
      PARCOURS_DATA: dataFolder,
      PARCOURS_KEY: this.#folder.key(this.env),
      PARCOURS_API_URL: `http://127.0.0.1:${port}`,
    })
    await Promise.all([
      this.screen.step('database', async (detail) => {
        this.settings.PARCOURS_DATABASE_URL = await foundations.database(this, detail)
      }),
      this.screen.step('Temporal', async (detail) => {
        this.settings.PARCOURS_TEMPORAL_ADDRESS = await foundations.temporal(this, detail)
      }),
      // One after the other: two builders at once would only take each other's processor.
      foundations.builds.reduce((before, build) => before.then(() => this.#build(build)), Promise.resolve()),
      this.#startPhase(entries, 'partner'),
    ])
    await this.#startPhase(entries, 'core')
    if (!empty) await this.#startPhase(entries, 'demo')
    return `http://localhost:${port}/`
  }

  /** Starts one of the foundations. `onRestart` may change `settings`; processes that were told otherwise are started again then. */
  startFoundation(plan: ProcessPlan, onRestart?: (announced: Announced) => void): Promise<Announced> {
    return this.#supervisor.start(RANK.foundation, plan, onRestart)
  }

  /** Stops every process in order, and gives the data folder back. */
  async down(): Promise<void> {
    this.abort.abort()
    await this.#supervisor.stop()
    this.#folder?.release()
  }

  /** For those who cannot wait: kills every process. */
  kill(): void {
    this.#supervisor.kill()
    this.#folder?.release()
  }

  async #build(build: Build): Promise<void> {
    await this.screen.step(build.name, async (detail) => {
      const built = await buildIfStale(build, this.abort.signal)
      detail(built ? 'built' : 'up to date')
    })
  }

  async #startPhase(entries: Entry[], phase: Entry['phase']): Promise<void> {
    await Promise.all(
      entries
        .filter((entry) => entry.phase === phase)
        .map((entry) => this.screen.step(entry.name, () => this.#startEntry(entry))),
    )
  }

  async #startEntry(entry: Entry): Promise<void> {
    const own: Record<string, string> = { ...entry.env, ...(entry.listensOnPort ? { PORT: String(this.options.port) } : {}) }
    if (entry.folder) own.DATA = join(this.options.dataFolder, entry.folder)
    for (const { variable, setting, scheme } of entry.ports ?? []) {
      own[variable] = String(await freePort())
      this.settings[setting] = `${scheme}://127.0.0.1:${own[variable]}`
    }
    await this.#supervisor.start(RANK[entry.phase], {
      name: entry.name,
      run: { module: entry.module },
      env: () => ({
        ...own,
        ...Object.fromEntries(entry.told.flatMap((name) => (this.settings[name] ? [[name, this.settings[name]]] : []))),
      }),
      readyMsMax: 120_000,
      ...(entry.stopMsMax ? { stopMsMax: entry.stopMsMax } : {}),
    })
  }
}
