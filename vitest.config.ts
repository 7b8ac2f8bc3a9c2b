import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Three projects: units, which are pure and share what they import; suites of the command line, which need nothing but files; suites that start processes (Postgres, Temporal, browsers, whole systems), with a
 * database, a namespace and ports each. All of them run side by side, for those of processes wait more than they work. A worker imports what its suites share once: a fifth of all time went into
 * importing it anew for each.
 */
const PROCESS_SUITES = [
  'test/services/**',
  'test/start/**',
  'test/records/**',
  'test/activities/**',
  'test/workflows/**',
  'test/experiments/**',
  'test/api/**',
  'test/partners/**',
  'test/scenarios/**',
  'test/whole/**',
  'test/faults/**',
  'test/browser/**',
  'test/conformance/live/**',
  'test/replay/**',
]

const COMMAND_SUITES = 'test/command/**'

/** What takes longest begins first, so that nothing long is left alone at the end. */
const LONG_SUITES = ['faults/', 'whole/whole.', 'start/system.', 'command/simulate.', 'browser/', 'command/', 'workflows/']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONG_SUITES.findIndex((part) => moduleId.includes(`/test/${part}`))
      return found < 0 ? LONG_SUITES.length : found
    }
    return (await super.sort(files)).sort((left, right) => place(left) - place(right))
  }
}

export default defineConfig({
  test: {
    // As many as the machine that the time limit of the whole is for has cores: with one more, the killings of whole systems took three times as long.
    maxWorkers: 2,
    // What is waited for comes when two cores have time for it; a second, the default, is too short while whole systems start beside.
    expect: { poll: { timeout: 30_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [...PROCESS_SUITES, COMMAND_SUITES],
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'commands',
          isolate: false,
          include: [`${COMMAND_SUITES}/*.test.ts`],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          isolate: false,
          include: PROCESS_SUITES.map((folder) => `${folder}/*.test.ts`),
          globalSetup: ['test/services/global.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
