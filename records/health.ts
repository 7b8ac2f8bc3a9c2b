/** Whether the database answers, and is of this release. */
import { readFileSync } from 'node:fs'
import type { Records } from './database.ts'

const ANSWER_MS_MAX = 2_000
const JOURNAL = new URL('./migrations/meta/_journal.json', import.meta.url)

/** `migrations`: the newest migration of this release has been applied. */
export async function databaseHealth({ sql }: Records): Promise<{ postgres: boolean; migrations: boolean }> {
  const { entries } = JSON.parse(readFileSync(JOURNAL, 'utf8')) as { entries: { when: number }[] }
  const newest = Math.max(...entries.map(({ when }) => when))
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), ANSWER_MS_MAX).unref())
  const asked = sql<{ applied: boolean }[]>`
    select coalesce(max(created_at) >= ${newest}, false) as applied from drizzle.__drizzle_migrations`
  const answer = await Promise.race([late, asked.catch((error: { code?: string }) => (error.code === '42P01' ? 'none' : null))])
  if (answer === null) return { postgres: false, migrations: false }
  return { postgres: true, migrations: answer !== 'none' && answer[0]!.applied }
}
