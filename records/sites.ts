/** Sites: a hospital, its epoch and its time zone. */
import type { Texts } from '../pathways/language/texts.ts'
import type { SiteTime } from '../pathways/time/site.ts'
import type { CommandCentreSettings } from './command-centre-settings.ts'
import type { Queries, Records } from './database.ts'
import { RecordsError } from './errors.ts'

export interface Site extends SiteTime {
  id: string
  name: string
  /** Its names and places in other languages. */
  texts?: Texts
  /** What its command centre watches. */
  commandCentre?: CommandCentreSettings | null
  /** Where its units stand, as a `hospital.yaml` says it. */
  places?: unknown
}

/** Creates a site; one that is there keeps its epoch and its time zone, which every stored time depends on. */
export async function createSite(records: Records, site: Site): Promise<void> {
  const { id, name, epoch, timeZone, texts = {}, commandCentre = null, places = null } = site
  await records.sql`
    insert into sites (id, name, epoch, time_zone, texts, command_centre, places)
    values (
      ${id}, ${name}, ${epoch}, ${timeZone}, ${JSON.stringify(texts)}::jsonb,
      ${commandCentre && JSON.stringify(commandCentre)}::jsonb, ${places === null ? null : JSON.stringify(places)}::jsonb
    )
    on conflict (id) do update set
      name = excluded.name, texts = excluded.texts, command_centre = excluded.command_centre, places = excluded.places`
}

/** A site's names and places in another language. */
export async function siteTexts({ sql, site }: Records, language: string): Promise<Record<string, string>> {
  const [row] = await sql<
    { texts: Record<string, string> | null }[]
  >`select texts->${language} as texts from sites where id = ${site}`
  return row?.texts ?? {}
}

/** Where a site's units stand, as its `hospital.yaml` says it; null when it does not. */
export async function sitePlaces({ sql, site }: Records): Promise<unknown> {
  const [row] = await sql<{ places: unknown }[]>`select places from sites where id = ${site}`
  return row?.places ?? null
}

/** @throws RecordsError `unknownSite`. */
export async function siteTime(records: Records, sql: Queries, id: string): Promise<SiteTime> {
  const known = records.sites.get(id)
  if (known) return known
  const [row] = await sql<SiteTime[]>`select epoch, time_zone as "timeZone" from sites where id = ${id}`
  if (!row) throw new RecordsError('unknownSite', `There is no site "${id}": create it before anything happens there.`)
  const time = { epoch: row.epoch, timeZone: row.timeZone }
  records.sites.set(id, time)
  return time
}
