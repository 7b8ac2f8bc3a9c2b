/**
 * Releases of the host's code. Each open run is pinned to the build that runs it; the bundles that open runs still need are kept in the
 * data folder and served beside the current one, until their runs have continued as new onto the current build.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '@temporalio/client'
import type { Worker } from '@temporalio/worker'
import type { Logger } from 'pino'
import type { WorkflowBundle } from '../../workflows/bundle.ts'
import { DEPLOYMENT, MOVE_ON } from '../../workflows/messages.ts'

/** Keeps a copy of the bundle with the data, and names the other bundles kept there. */
export function keepRelease(folder: string, { buildId, codePath }: WorkflowBundle): WorkflowBundle[] {
  mkdirSync(folder, { recursive: true })
  const kept = join(folder, `${buildId}.cjs`)
  if (!existsSync(kept)) copyFileSync(codePath, kept)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.cjs') && file !== `${buildId}.cjs`)
    .sort()
    .map((file) => ({ buildId: file.slice(0, -'.cjs'.length), codePath: join(folder, file) }))
}

/** Makes new runs, and runs that continue as new, go to this build. Repeated until the server knows the build. */
export async function makeCurrent(client: Client, buildId: string, log: Logger): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.workflowService.setWorkerDeploymentCurrentVersion({
        namespace: client.options.namespace,
        deploymentName: DEPLOYMENT,
        buildId,
        identity: client.options.identity,
        ignoreMissingTaskQueues: true,
        allowNoPollers: true,
      })
      return
    } catch (error) {
      if (attempt >= 60) throw error
      log.debug({ attempt }, 'the server does not know this release yet')
      await delay(500)
    }
  }
}

/** Open runs pinned to a build. */
export async function openRunsOf(client: Client, buildId: string): Promise<number> {
  return (await client.workflow.count(pinnedTo(buildId))).count
}

/**
 * Asks every open run of an older build to move on, and retires the build when none is left: its worker stops, its bundle is deleted.
 * @param stopped resolves true when the process is to end: the next start goes on.
 */
export async function retire(
  client: Client,
  old: WorkflowBundle,
  worker: Worker,
  running: () => boolean,
  log: Logger,
): Promise<void> {
  while (running()) {
    let open = 0
    for await (const { workflowId } of client.workflow.list({ query: pinnedTo(old.buildId) })) {
      open++
      await client.workflow.getHandle(workflowId).signal(MOVE_ON).catch(ignoreEnded)
    }
    log.info({ build: old.buildId, open }, 'runs of an older release')
    if (open === 0) {
      worker.shutdown()
      rmSync(old.codePath, { force: true })
      return
    }
    await delay(10_000)
  }
}

const pinnedTo = (buildId: string) =>
  `ExecutionStatus = 'Running' AND TemporalWorkerDeploymentVersion = '${DEPLOYMENT}:${buildId}'`

/** A run that ended between the listing and the signal needs nothing. */
function ignoreEnded(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'WorkflowNotFoundError') throw error
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
