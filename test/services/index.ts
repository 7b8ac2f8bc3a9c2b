/** What suites ask of the shared services; each opens, or is built, when first asked for. */
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'

/** A new, empty database on the shared Postgres. Call `drop` when done with it. */
export async function testDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = await ask('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  const run = async (statement: string) => {
    const sql = postgres(server, { max: 1, onnotice: () => {} })
    await sql.unsafe(statement)
    await sql.end()
  }
  await run(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) }
}

/** The shared Temporal server, in memory, namespace `default`: keep to workflow ids and task queues of your own. */
export const testTemporal = async (): Promise<{ address: string }> => ({ address: await ask('temporal') })

/** The folder of the page as it is served, built once for all suites. */
export const testPage = (): Promise<string> => ask('page')

async function ask(service: 'postgres' | 'temporal' | 'page'): Promise<string> {
  const answer = await fetch(`${inject('services')}/${service}`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`no ${service} for the tests: ${text}`)
  return text
}
