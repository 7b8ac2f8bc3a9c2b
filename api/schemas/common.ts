/** What several resources share. All times are hospital time, as ISO 8601 instants with the site's offset. */
import { z } from '@hono/zod-openapi'
import { ROLES } from '../roles.ts'

export const Time = z.iso
  .datetime({ offset: true })
  .openapi({ description: 'Hospital time.', example: '2026-11-23T08:15:00+01:00' })
export const RoleName = z.enum(ROLES)
/** Ids of ours: pseudonymous, safe in a URL. */
export const Id = z.string().min(1).max(300)
/** Any JSON. Its type in the document is said, because the document's writer cannot follow a schema that contains itself. */
export const AnyJson = z.json().openapi({ type: ['string', 'number', 'boolean', 'object', 'array', 'null'] })
export const Values = z.record(z.string().max(200), AnyJson)
/** What `Values` holds, as a type. */
export type Json = z.infer<typeof Values>
export const IdPath = z.object({ id: Id })
export const IdempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .openapi({ description: 'Makes asking twice the same as asking once: the stored answer comes back.', example: 'b1c9…' }),
})
