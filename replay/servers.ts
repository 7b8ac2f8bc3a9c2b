/** Where a replay's hospital lives: the servers that DATABASE_URL and TEMPORAL_ADDRESS name, else servers of its own in a folder that is deleted after. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgres } from '../start/postgres.ts'
import { Supervisor } from '../start/supervisor.ts'
import { checkTemporalAddress, temporalPlan } from '../start/temporal.ts'
import { findTemporal } from '../start/temporal-binary.ts'
import type { Servers } from './hospital.ts'

/** @param say one line of what is being done. @throws StartError when one does not answer or cannot be started. */
export async function openServers(say: (line: string) => void): Promise<Servers & { close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'parcours-replay-'))
  // Postgres runs as another user when root replays.
  chmodSync(folder, 0o755)
  const supervisor = new Supervisor({ logFolder: join(folder, 'logs'), say })
  const closers: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true }), () => supervisor.stop()]
  const close = async () => {
    for (const one of closers.reverse()) await one()
  }
  try {
    const postgres = await openPostgres({ dataFolder: folder, log: () => {}, durable: false })
    closers.push(postgres.stop)
    return { databaseUrl: postgres.url, temporalAddress: await temporalOf(folder, supervisor, say), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function temporalOf(folder: string, supervisor: Supervisor, say: (line: string) => void): Promise<string> {
  const configured = process.env.TEMPORAL_ADDRESS
  if (configured) {
    await checkTemporalAddress(configured)
    return configured
  }
  const { plan, address } = await temporalPlan(await findTemporal({ log: say }), folder)
  await supervisor.start(0, plan)
  return address
}
