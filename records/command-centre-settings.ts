/** What a hospital's command centre watches, and against what: data of the site. */
import type { Records } from './database.ts'

/** Until where all is well, who answers, and how loud it is when it is not. */
export interface Watched {
  /** A role. */
  owner: string
  atMost?: number | undefined
  atLeast?: number | undefined
  /** From here on it is worth a look; between the target and where nobody need care. */
  near?: number | undefined
  /** By IEC 60601-1-8: `high` asks for an immediate answer, `medium` for a prompt one. */
  alarm: 'high' | 'medium'
}

export interface CommandCentreSettings {
  emergency: {
    pathway: string
    /** BPMN ids: who stands there is in the emergency department, and so is who has a unit of `pool`. */
    elements: string[]
    pool: string
    /** What a priority among those who wait for the pool is called. */
    levels: { priority: number; name: string }[]
  }
  /** `leaving`: pathways of patients who are about to go. */
  beds: { pool: string; leaving: string[] }
  theatres: { pool: string }
  /** Roles whose tasks are jobs of the house. */
  jobs: string[]
  /** By measure. */
  measures: Record<string, Watched>
}

/** Null when nobody has said. */
export async function readCommandCentreSettings({ sql, site }: Records): Promise<CommandCentreSettings | null> {
  const [row] = await sql<{ settings: CommandCentreSettings | null }[]>`
    select command_centre as settings from sites where id = ${site}`
  return row?.settings ?? null
}
