/** What `npm start` is told: flags and environment variables. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { keyOf } from '../records/encryption.ts'
import { StartError } from './errors.ts'

export interface StartOptions {
  empty: boolean
  fresh: boolean
  yes: boolean
  help: boolean
  port: number
  dataFolder: string
}

export const HELP = `Brings the whole of Parcours up on this machine, and prints the address of its page.

usage: npm start [-- OPTION…]

  --empty   without the synthetic hospital's patients and staff
  --fresh   first deletes what the data folder holds, after asking
  --yes     with --fresh: does not ask
  --help    this text

environment
  PORT              of the page and the API (3000)
  PARCOURS_DATA     the data folder (.data)
  PARCOURS_KEY      the encryption key, 64 hexadecimal digits (else one is made, and kept in the data folder)
  PARCOURS_RATE     hospital minutes in a minute of the demonstration (60)
  DATABASE_URL      a Postgres to use instead of the embedded one
  TEMPORAL_ADDRESS  a Temporal server to use instead of one of our own (host:port)
  TEMPORAL_CLI      the \`temporal\` executable to start

Ctrl-C stops everything; the next start goes on where this one stopped.
`

/** A hospital year in little more than five minutes: faster than any machine would follow. */
const RATE_MAX = 100_000

/** An unusable command line: shown in one line, and the command ends with 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** @throws UsageError for an unknown flag, StartError for an unusable variable. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv, root: string): StartOptions {
  const boolean = { type: 'boolean', default: false } as const
  let values: { empty: boolean; fresh: boolean; yes: boolean; help: boolean }
  try {
    values = parseArgs({ args, options: { empty: boolean, fresh: boolean, yes: boolean, help: boolean } }).values
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. \`npm start -- --help\` lists what there is.`)
  }
  if (values.yes && !values.fresh) throw new UsageError('--yes goes with --fresh. `npm start -- --help` lists what there is.')
  const port = Number(env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartError(`PORT is ${env.PORT}, which is not a port.`, [
      'Give a whole number from 1 to 65535, or unset it to use 3000.',
    ])
  }
  checkSettings(env)
  return { ...values, port, dataFolder: resolve(root, env.PARCOURS_DATA || '.data') }
}

/** What a process would stumble over minutes later is said before anything is started. */
function checkSettings({ PARCOURS_RATE: rate, PARCOURS_SEED: seed, PARCOURS_KEY: key }: NodeJS.ProcessEnv): void {
  if (rate && !(Number(rate) > 0 && Number(rate) <= RATE_MAX)) {
    throw new StartError(`PARCOURS_RATE is ${rate}, which is no rate.`, [
      `Give a number above 0 and up to ${RATE_MAX}, or unset it to use 60.`,
    ])
  }
  if (seed && !Number.isSafeInteger(Number(seed))) {
    throw new StartError(`PARCOURS_SEED is ${seed}, which is no seed.`, ['Give a whole number, or unset it to use 7.'])
  }
  try {
    if (key) keyOf(key)
  } catch (error) {
    throw new StartError((error as Error).message)
  }
}
