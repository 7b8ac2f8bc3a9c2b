/** The whole system, as `npm start` brings it up but without the synthetic flow, on a data folder and ports of its own. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import { openRecords, type Records } from '../../records/database.ts'
import { readScenario, type Scenario } from '../../scenarios/read.ts'
import { ApiClient } from '../../start/demo/api-client.ts'
import { foundations } from '../../start/foundations.ts'
import { readOptions } from '../../start/options.ts'
import { freePort } from '../../start/ports.ts'
import { PROCESSES } from '../../start/processes.ts'
import { Screen } from '../../start/screen.ts'
import { System } from '../../start/system.ts'

/** What a fault may strike, by the names that the table of processes gives. */
export const STRIKEABLE = ['worker', 'API and page', 'Temporal', 'Postgres', 'Mon Espace Santé sandbox', 'mail sandbox'] as const
export type Strikeable = (typeof STRIKEABLE)[number]

export class WholeHospital {
  readonly records: Records
  readonly client: Client
  readonly api: ApiClient
  readonly scenario: Scenario
  readonly monEspaceSanteUrl: string
  readonly mailUrl: string
  readonly dataFolder: string
  /** What the supervisor said since the start: falls and restarts. */
  readonly said: string[]
  readonly #system: System
  readonly #connection: Connection

  private constructor(parts: {
    system: System
    records: Records
    connection: Connection
    said: string[]
  }) {
    const { system, records, connection, said } = parts
    const { PARCOURS_MON_ESPACE_SANTE_URL, PARCOURS_MAIL_URL, PARCOURS_API_URL, PARCOURS_TEMPORAL_NAMESPACE } = system.settings
    this.#system = system
    this.#connection = connection
    this.records = records
    this.said = said
    this.client = new Client({ connection, namespace: PARCOURS_TEMPORAL_NAMESPACE! })
    this.api = new ApiClient(PARCOURS_API_URL!)
    this.scenario = readScenario(fileURLToPath(new URL('../../scenarios/hopital-demo', import.meta.url)))
    this.monEspaceSanteUrl = PARCOURS_MON_ESPACE_SANTE_URL!
    this.mailUrl = PARCOURS_MAIL_URL!
    this.dataFolder = system.options.dataFolder
  }

  static async open(): Promise<WholeHospital> {
    const folder = mkdtempSync(join(tmpdir(), 'parcours-whole-'))
    // Postgres runs as another user when root runs the tests.
    chmodSync(folder, 0o755)
    const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...inherited } = process.env
    const env = { ...inherited, PORT: String(await freePort()), PARCOURS_DATA: join(folder, 'data') }
    const said: string[] = []
    const out = { isTTY: false, write: (text: string) => said.push(text.trimEnd()) } as unknown as NodeJS.WriteStream
    const system = new System(readOptions(['--empty'], env, folder), env, new Screen(out))
    const real = foundations(env)
    try {
      // Nobody looks at the page here.
      const without = { ...real, builds: real.builds.filter(({ name }) => name !== 'page') }
      await system.up(PROCESSES, without, () => Promise.resolve(true))
      const { PARCOURS_DATABASE_URL, PARCOURS_KEY, PARCOURS_TEMPORAL_ADDRESS } = system.settings
      const records = await openRecords(PARCOURS_DATABASE_URL!, { key: PARCOURS_KEY, max: 4 })
      const connection = await Connection.connect({ address: PARCOURS_TEMPORAL_ADDRESS! })
      return new WholeHospital({ system, records, connection, said })
    } catch (error) {
      await system.down()
      throw error
    }
  }

  /** Kills one of its processes with -9; false when it is down just now. The supervisor starts it again. */
  strike(name: Strikeable): boolean {
    const pid = name === 'Postgres' ? this.#postmaster() : this.#pidOf(name)
    if (pid === null) return false
    try {
      // Each process leads a group: Temporal's server falls with the guard that runs it.
      process.kill(name === 'Postgres' ? pid : -pid, 'SIGKILL')
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
      throw error
    }
  }

  /** The end of a process's log, for failures. */
  logOf(name: string, lines = 15): string {
    const file = join(this.dataFolder, 'logs', `${name.replace(/[^\w-]+/g, '-')}.log`)
    return readFileSync(file, 'utf8').trim().split('\n').slice(-lines).join('\n')
  }

  /** @param keep leaves the data folder for whoever looks into a failure. */
  async close(keep = false): Promise<void> {
    await Promise.all([this.records.close(), this.#connection.close()])
    await this.#system.down()
    if (!keep) rmSync(join(this.dataFolder, '..'), { recursive: true, force: true })
  }

  #pidOf(name: string): number | null {
    const { children } = JSON.parse(readFileSync(join(this.dataFolder, 'running.json'), 'utf8')) as {
      children: { name: string; pid: number }[]
    }
    return children.find((child) => child.name === name)?.pid ?? null
  }

  #postmaster(): number | null {
    try {
      return Number(readFileSync(join(this.dataFolder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }
}
