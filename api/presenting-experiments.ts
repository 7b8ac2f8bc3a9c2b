/** An experiment as callers see it. */
import type { z } from '@hono/zod-openapi'
import type { SiteTime } from '../pathways/time/site.ts'
import type { ExperimentRow } from '../records/experiments.ts'
import { designCount } from '../twin/search/designs.ts'
import type { SearchFile } from '../twin/search/schema.ts'
import { timeOf, timeOrNull } from './presenting.ts'
import type { ExperimentItem } from './schemas/experiments.ts'

type Item = z.infer<typeof ExperimentItem>

export function experimentItem(row: ExperimentRow, site: SiteTime): Item {
  const { simulatedMs, warmUpFound, createdAt, endedAt, actions, ...rest } = row
  const replications = row.replications as Item['replications']
  const search = row.search as SearchFile | null
  return {
    ...rest,
    warmUpFound: warmUpFound && { days: warmUpFound.days, isShort: warmUpFound.isShort },
    search: search && { method: search.method, designs: designCount(search) },
    replications,
    overloads: row.overloads as Item['overloads'],
    progress:
      typeof replications === 'number' && search?.method !== 'kn'
        ? Math.min(1, (row.finished + row.underWay) / replications)
        : null,
    replicationMsMean: row.finished > 0 ? simulatedMs / row.finished : null,
    createdAt: timeOf(createdAt, site),
    endedAt: timeOrNull(endedAt, site),
    actions: actions.map(({ at, ...action }) => ({ ...action, at: timeOf(at, site) })),
  }
}
