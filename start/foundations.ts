/** What stands under the processes: database, Temporal, builds. */
import { type Build, contentHash, runNode } from './build.ts'
import type { Foundations, Settings, System } from './system.ts'
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
      const url = env.DATABASE_URL ? await checkedDatabase() : await embeddedPostgres(system)
      detail(env.DATABASE_URL ? `at ${new URL(url).host}` : 'embedded Postgres')
      await runNode('preparation of the database', ['--import', 'tsx', 'start/prepare.ts'], {
        env: { PARCOURS_DATABASE_URL: url, PARCOURS_KEY: system.settings.PARCOURS_KEY ?? '' },
        signal: system.abort.signal,
      })
      return url
    },
    async temporal(system, detail) {
      if (env.TEMPORAL_ADDRESS) {
        await checkTemporalAddress(env.TEMPORAL_ADDRESS)
        detail(`at ${env.TEMPORAL_ADDRESS}`)
        return env.TEMPORAL_ADDRESS
      }
      const program = await findTemporal({ env, signal: system.abort.signal, log: (line) => system.screen.say(`    ${line}`) })
      const { plan, address } = await temporalPlan(program, system.options.dataFolder)
      await system.startFoundation(plan)
      detail(program)
      return address
    },
  }
}

async function checkedDatabase(): Promise<string> {
  const { openPostgres } = await import('./postgres.ts')
  return (await openPostgres({ dataFolder: '', log: () => {} })).url
}

async function embeddedPostgres(system: System): Promise<string> {
  const plan = {
    name: 'Postgres',
    run: { module: 'start/postgres-process.ts' },
    env: () => ({ PARCOURS_DATA: system.options.dataFolder }),
    readyMsMax: 150_000,
    stopMsMax: 12_000,
  }
  const announced = await system.startFoundation(plan, ({ url }) => {
    system.settings.PARCOURS_DATABASE_URL = String(url)
  })
  return String(announced.url)
}
