/** Starts a partner as the program it is, in a folder of its own, and speaks to it over the network only. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface RunningPartner {
  port: number
  httpPort: number
  /** The SIGKILL that no program can hear. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'parcours-partner-'))
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })

export async function startPartner(name: 'mon-espace-sante' | 'mail', folder: string): Promise<RunningPartner> {
  const child = spawn(process.execPath, ['--import', 'tsx', `partners/${name}/main.ts`], {
    env: { ...process.env, PORT: '0', HTTP_PORT: '0', DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await Promise.race([once(createInterface(child.stdout!), 'line'), failure(child)])) as [string]
  const { port, httpPort = port } = JSON.parse(line) as { port: number; httpPort?: number }
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  return { port, httpPort, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

async function failure(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`The partner ended before it listened (code ${code}).`)
}

export async function setFaults(port: number, plan: Record<string, number>): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/faults`, { method: 'PUT', body: JSON.stringify(plan) })
  if (!response.ok) throw new Error(await response.text())
}

export async function faultLog(port: number): Promise<{ request: number; fault: string; slowMs: number }[]> {
  const response = await fetch(`http://127.0.0.1:${port}/faults/log`)
  return ((await response.json()) as { items: { request: number; fault: string; slowMs: number }[] }).items
}
