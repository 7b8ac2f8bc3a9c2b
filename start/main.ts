/** `npm start`: reads what it is told, brings the system up, and stays until a signal brings it down. */
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { StartError } from './errors.ts'
import { HELP, readOptions, UsageError } from './options.ts'
import type { Entry } from './processes.ts'
import { Screen } from './screen.ts'
import { type Foundations, System } from './system.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Ctrl-C reaches us from the terminal and, once more, from npm: signals this close are one. */
const SAME_SIGNAL_MS = 1_500
const PARENT_LOOK_MS = 500

/**
 * Runs until the system has stopped.
 * @param parent the process whose end is ours too: npm passes a signal on to the shell between us, which ends without passing it on.
 * @returns the exit code: 0 stopped as asked, 1 could not start, 2 unusable command line.
 */
export async function main(
  args: string[],
  entries: Entry[],
  foundations: Foundations,
  env = process.env,
  parent?: number,
): Promise<number> {
  const screen = new Screen()
  // A terminal that was closed takes nothing more; we still have to stop in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  let system: System | null = null
  let signalledAt = 0
  const signalled = new Promise<void>((resolve) => {
    const stop = () => {
      signalledAt = Date.now()
      screen.say('\nStopping (once more: at once) …')
      resolve()
    }
    if (parent !== undefined) setInterval(() => process.ppid !== parent && signalledAt === 0 && stop(), PARENT_LOOK_MS).unref()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (signalledAt === 0) stop()
        else if (Date.now() - signalledAt > SAME_SIGNAL_MS) {
          system?.kill()
          process.exit(1)
        }
      })
    }
  })
  try {
    const options = readOptions(args, env, ROOT)
    if (options.help) {
      process.stdout.write(HELP)
      return 0
    }
    if (options.fresh && !options.yes && !process.stdin.isTTY) {
      throw new StartError('--fresh deletes data, and there is no terminal to ask on.', [
        'Say --fresh --yes to go on without being asked.',
      ])
    }
    system = new System(options, env, screen)
    screen.say(`Parcours\n  data in ${options.dataFolder}`)
    const up = system.up(entries, foundations, (question) => (options.yes ? Promise.resolve(true) : ask(question)))
    const address = await Promise.race([up, signalled])
    // Stopped while it came up: what breaks on the way down is no news.
    up.catch(() => {})
    if (address) {
      screen.say(`\nParcours is ready:  ${address}\nCtrl-C stops it; the next start goes on from here.`)
      await signalled
    }
    await system.down()
    screen.say('Stopped. Nothing is left running.')
    return 0
  } catch (error) {
    await system?.down()
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`)
      return 2
    }
    if (!(error instanceof StartError)) throw error
    process.stderr.write(`\n${[error.message, ...error.details.map((line) => `  ${line}`)].join('\n')}\n`)
    return 1
  }
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  // Ctrl-C at the question stops as it does anywhere else, and the end of the input is no yes.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  const unanswered = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
  try {
    const answer = await Promise.race([terminal.question(question).catch(() => ''), unanswered])
    return /^(y|yes|o|oui)$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}
