/** What stands under the processes: database, Temporal, builds. */
import postgres from 'postgres'
import { type Build, contentHash, runNode } from './build.ts'
import { StartError } from './errors.ts'
import type { Foundations, Settings } from './system.ts'
import { checkTemporalAddress, temporalPlan } from './temporal.ts'
import { findTemporal } from './temporal-binary.ts'

const HOST_CODE = ['workflows', 'pathways/engine', 'pathways/language', 'pathways/time', 'package-lock.json']

const BUILDS: Build[] = [
  {
    name: 'workflow bundle',
    inputs: HOST_CODE,
    output: '.cache/workflows',
    node: ['--import', 'tsx', 'start/build-workflows.ts'],
  },
  {
    name: 'page',
    inputs: ['web', 'pathways', 'twin', 'package-lock.json', 'tsconfig.json'],
    output: '.cache/web/index.html',
    node: ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
  },
]

/** The real ones. */
export function foundations(env: NodeJS.ProcessEnv): Foundations {
  return {
    builds: BUILDS,
    settings: (): Settings => ({
      PARCOURS_TEMPORAL_NAMESPACE: env.TEMPORAL_NAMESPACE || 'default',
      PARCOURS_DEMO: '1',
      PARCOURS_RATE: env.PARCOURS_RATE || '60',
      PARCOURS_RELEASE: contentHash(HOST_CODE).slice(0, 16),
    }),
    async database(system, detail) {
      let url = env.DATABASE_URL ?? ''
      if (url) {
        await checkDatabase(url)
        detail(`at ${new URL(url).host}`)
      } else {
        const { announced } = await startPostgres()
        url = announced
        detail('embedded Postgres')
      }
      await runNode('migrations', ['--import', 'tsx', 'start/migrate.ts'], {
        env: { PARCOURS_DATABASE_URL: url, PARCOURS_KEY: system.settings.PARCOURS_KEY ?? '' },
        signal: system.abort.signal,
      })
      return url

      async function startPostgres() {
        const first = await system.startFoundation(
          {
            name: 'Postgres',
            run: { module: 'start/postgres-process.ts' },
            env: () => ({ PARCOURS_DATA: system.options.dataFolder }),
            stopMsMax: 10_000,
          },
          (again) => {
            system.settings.PARCOURS_DATABASE_URL = String(again.url)
          },
        )
        return { announced: String(first.url) }
      }
    },
    async temporal(system, detail) {
      if (env.TEMPORAL_ADDRESS) {
        await checkTemporalAddress(env.TEMPORAL_ADDRESS)
        detail(`at ${env.TEMPORAL_ADDRESS}`)
        return env.TEMPORAL_ADDRESS
      }
      const program = await findTemporal({ env, log: (line) => system.screen.say(`    ${line}`) })
      const { plan, address } = await temporalPlan(program, system.options.dataFolder)
      await system.startFoundation(plan)
      detail(program)
      return address
    },
  }
}

/** @throws StartError unless the database answers; its user and password are not shown. */
export async function checkDatabase(url: string): Promise<void> {
  const remedy = 'Start that Postgres, correct the address, or unset DATABASE_URL to use the embedded one.'
  let host: string
  try {
    host = new URL(url).host
  } catch {
    throw new StartError('DATABASE_URL is not an address.', ['Write it as in postgres://user:password@host:5432/database.'])
  }
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    await sql`select 1`
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new StartError(`The database of DATABASE_URL (${host}) cannot be used: ${code ?? message}.`, [remedy])
  } finally {
    await sql.end({ timeout: 1 })
  }
}
