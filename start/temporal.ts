/** Temporal: the server that TEMPORAL_ADDRESS names, or the one-machine server of the CLI on a file of the data folder. */
import { join } from 'node:path'
import { StartError } from './errors.ts'
import { answers, freePort } from './ports.ts'
import type { ProcessPlan } from './supervised.ts'

/** Registered with our own server; whoever runs another registers them there (`temporal operator search-attribute create`). */
export const SEARCH_ATTRIBUTES: Record<string, string> = { Site: 'Keyword' }

/**
 * The plan of our own server. `synchronous=1` does not wait for the disk at every write: safe against killed processes, not against a
 * power cut, and five times as fast; a hospital's production points TEMPORAL_ADDRESS at a cluster.
 */
export async function temporalPlan(program: string, dataFolder: string): Promise<{ plan: ProcessPlan; address: string }> {
  const port = await freePort()
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error']
  args.push('--db-filename', join(dataFolder, 'temporal.db'), '--sqlite-pragma', 'synchronous=1')
  for (const [name, type] of Object.entries(SEARCH_ATTRIBUTES)) args.push('--search-attribute', `${name}=${type}`)
  const plan: ProcessPlan = {
    name: 'Temporal',
    run: { program, args },
    env: () => ({}),
    ready: /^Temporal Server:/,
    stopMsMax: 10_000,
  }
  return { plan, address: `127.0.0.1:${port}` }
}

/** @throws StartError unless something accepts connections at `host:port`. */
export async function checkTemporalAddress(address: string): Promise<void> {
  const [, host, port] = /^(?:\w+:\/\/)?\[?([^\]/]+?)\]?:(\d+)$/.exec(address) ?? []
  if (!host || !port) {
    throw new StartError(`TEMPORAL_ADDRESS is ${address}, which is not host:port.`, ['Write it as in temporal.example.org:7233.'])
  }
  if (!(await answers(host, Number(port), 5_000))) {
    throw new StartError(`Nothing answers at TEMPORAL_ADDRESS (${address}).`, [
      'Start that server, correct the address, or unset TEMPORAL_ADDRESS to have a server of our own started.',
    ])
  }
}
