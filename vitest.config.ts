import { defineConfig } from 'vitest/config'

/**
 * Three projects: units take milliseconds and run side by side, and so do suites of the command line, which need nothing but files; suites that start processes (Postgres, Temporal, browsers, whole systems) run one
 * file at a time, so that two cores are enough and their time limits mean something.
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

export default defineConfig({
  test: {
    // As many as the machine that the time limit of the whole is for has cores; by itself it would leave one idle.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [...PROCESS_SUITES, COMMAND_SUITES],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: { name: 'commands', include: [`${COMMAND_SUITES}/*.test.ts`], testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: PROCESS_SUITES.map((folder) => `${folder}/*.test.ts`),
          globalSetup: ['test/services/global.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // After the units, not beside them.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
