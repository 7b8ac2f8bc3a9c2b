/** Who has a draft open: a window says so every few seconds, and is closed when it says nothing for a while. */
import type { Records } from './database.ts'
import { RecordsError } from './errors.ts'
import { notADraft } from './versions.ts'

/** Without a sign of life for so long, a window is closed. Wall seconds. */
export const WINDOW_LAPSE_SECONDS = 30

export interface DraftWindow {
  actor: string
  /** Since when the window has the draft open; hospital time. */
  since: number
}

interface Window {
  pathway: string
  version: number
  /** Chosen by the browser. */
  windowId: string
  actor: string
}

/**
 * A sign of life of a window on a draft.
 * @param at hospital time.
 * @returns the other windows on it, the first that came first.
 * @throws RecordsError `unknownVersion`, `notADraft`.
 */
export async function keepWindow(
  records: Records,
  { pathway, version, windowId, actor }: Window,
  at: number,
): Promise<DraftWindow[]> {
  return records.sql.begin(async (tx) => {
    const [draft] = await tx<{ state: string }[]>`
      select state from pathway_versions where pathway = ${pathway} and version = ${version}`
    if (!draft) throw new RecordsError('unknownVersion', `There is no version ${version} of the pathway "${pathway}".`)
    if (draft.state !== 'draft') throw notADraft(pathway, version)
    await tx`
      delete from draft_presences
      where pathway = ${pathway} and version = ${version} and seen_at < now() - ${WINDOW_LAPSE_SECONDS} * interval '1 second'`
    await tx`
      insert into draft_presences (pathway, version, window_id, actor, since, seen_at)
      values (${pathway}, ${version}, ${windowId}, ${actor}, ${at}, now())
      on conflict (pathway, version, window_id) do update set seen_at = now(),
        since = case when draft_presences.actor = excluded.actor then draft_presences.since else excluded.since end, actor = excluded.actor`
    return tx<DraftWindow[]>`
      select actor, since::float8 as since from draft_presences
      where pathway = ${pathway} and version = ${version} and window_id <> ${windowId} order by since, window_id`
  })
}

/** A window is closed. Closing it again changes nothing. */
export async function endWindow(records: Records, { pathway, version, windowId, actor }: Window): Promise<void> {
  await records.sql`
    delete from draft_presences
    where pathway = ${pathway} and version = ${version} and window_id = ${windowId} and actor = ${actor}`
}
