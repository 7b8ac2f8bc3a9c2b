/** The servers that both sides share: an embedded Postgres and a Temporal in memory, for as long as the benchmark runs. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'
import { freePort } from '../../start/ports.ts'
import { Supervisor } from '../../start/supervisor.ts'
import { findTemporal } from '../../start/temporal-binary.ts'

export interface Services {
  postgresUrl: string
  address: string
  key: string
  close: () => Promise<void>
}

const KEYWORD = 2
const ATTEMPTS_MAX = 100

export async function openServices(): Promise<Services> {
  const folder = mkdtempSync(join(tmpdir(), 'parcours-bench-'))
  // Postgres runs as another user when root runs it.
  chmodSync(folder, 0o755)
  const supervisor = new Supervisor({ logFolder: join(folder, 'logs'), say: (line) => console.error(line) })
  const close = async () => {
    await supervisor.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const port = await freePort()
    const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error']
    const [announced] = await Promise.all([
      supervisor.start(0, {
        name: 'Postgres',
        run: { module: 'start/postgres-process.ts' },
        env: () => ({ PARCOURS_DATA: folder, PARCOURS_POSTGRES_DURABLE: '0' }),
      }),
      supervisor.start(0, {
        name: 'Temporal',
        run: { program: await findTemporal(), args },
        env: () => ({}),
        ready: /^Temporal Server:/,
      }),
    ])
    return {
      postgresUrl: String(announced.url),
      address: `127.0.0.1:${port}`,
      key: randomBytes(32).toString('base64'),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Adds a namespace, with the search attribute that the relay sets, and waits until the whole server knows it. */
export async function addNamespace({ workflowService, operatorService }: Connection, namespace: string): Promise<void> {
  await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') })
  for (let attempt = 1; ; attempt++) {
    try {
      await operatorService.addSearchAttributes({ namespace, searchAttributes: { Site: KEYWORD } })
      await workflowService.listWorkflowExecutions({ namespace, query: "Site = 'hospital'" })
      return
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
