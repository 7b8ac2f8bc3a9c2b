/**
 * The workflow bundle: the host's code as Temporal runs it. Its build id is the content hash of everything it is made from, so a release is
 * recognised without building it, and nothing is built twice.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'
import { FAILURE_CONVERTER_PATH } from './data-converter.ts'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const ROOT = here('..')

export interface WorkflowBundle {
  buildId: string
  codePath: string
}

/** Builds the bundle unless one of the same content is in `folder` already. @returns its path and build id. */
export async function buildWorkflowBundle(folder = join(ROOT, '.cache/workflows')): Promise<WorkflowBundle> {
  const buildId = workflowBuildId()
  const codePath = join(folder, `${buildId}.cjs`)
  if (existsSync(codePath)) return { buildId, codePath }
  const { code } = await bundleWorkflowCode({
    workflowsPath: here('./pathway.ts'),
    // Shared by all the runs of a worker: the engine keeps nothing of any of them.
    preloadModules: [here('./program-cache.ts'), here('../pathways/engine/index.ts')],
    failureConverterPath: FAILURE_CONVERTER_PATH,
  })
  mkdirSync(folder, { recursive: true })
  const partial = `${codePath}.${process.pid}`
  writeFileSync(partial, code)
  renameSync(partial, codePath)
  return { buildId, codePath }
}

/** Content hash of the host's sources and of the locked packages: 16 hexadecimal digits. */
export function workflowBuildId(): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  for (const folder of ['workflows', 'pathways/engine', 'pathways/language', 'pathways/time']) {
    for (const file of sources(join(ROOT, folder))) hash.update(file.slice(ROOT.length)).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|cjs|json)$/.test(file))
    .sort()
    .map((file) => join(folder, file))
}
