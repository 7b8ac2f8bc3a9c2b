/**
 * The workflow bundle: the host's code as Temporal runs it. Its build id is the content hash of everything it is made from, so a release is
 * recognised without building it, and nothing is built twice.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'
import { FAILURE_CONVERTER_PATH } from './data-converter.ts'
import { ROOT, sourcesHash } from './sources.ts'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const FOLDER = join(ROOT, '.cache/workflows')

export interface WorkflowBundle {
  buildId: string
  codePath: string
}

/** Builds the bundle of the pathways' workflow unless one of the same content is in `folder` already. @returns its path and build id. */
export function buildWorkflowBundle(folder = FOLDER): Promise<WorkflowBundle> {
  const buildId = workflowBuildId()
  return buildOnce(join(folder, `${buildId}.cjs`), buildId, {
    workflowsPath: here('./pathway.ts'),
    // Shared by all the runs of a worker: the engine keeps nothing of any of them.
    preloadModules: [here('./program-cache.ts'), here('../pathways/engine/index.ts')],
  })
}

/** The same for the experiments' workflow. */
export function buildExperimentBundle(folder = FOLDER): Promise<WorkflowBundle> {
  const buildId = sourcesHash(['workflows'])
  return buildOnce(join(folder, `experiment-${buildId}.cjs`), buildId, { workflowsPath: here('./experiment.ts') })
}

async function buildOnce(
  codePath: string,
  buildId: string,
  options: { workflowsPath: string; preloadModules?: string[] },
): Promise<WorkflowBundle> {
  if (existsSync(codePath)) return { buildId, codePath }
  const { code } = await bundleWorkflowCode({ ...options, failureConverterPath: FAILURE_CONVERTER_PATH })
  mkdirSync(dirname(codePath), { recursive: true })
  const partial = `${codePath}.${process.pid}`
  writeFileSync(partial, code)
  renameSync(partial, codePath)
  return { buildId, codePath }
}

/** Content hash of the host's sources and of the locked packages: 16 hexadecimal digits. */
export const workflowBuildId = (): string => sourcesHash(['workflows', 'pathways/engine', 'pathways/language', 'pathways/time'])
