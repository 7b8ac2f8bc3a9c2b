/** Documents made by pathways, and where they were sent. */
import { createRoute, z } from '@hono/zod-openapi'
import { listDocuments, readDocument } from '../../records/documents.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { documentItem } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { CARE } from '../roles.ts'
import { answers, declared, newRouter } from '../route.ts'
import { Id, IdPath } from '../schemas/common.ts'
import { DocumentDetail, DocumentItem } from '../schemas/patients.ts'

const tag = 'documents'

const list = createRoute({
  method: 'get',
  path: '/documents',
  ...declared({ id: 'listDocuments', tag, summary: 'Documents, newest first', admits: CARE }),
  request: {
    query: PageQuery.extend({ patient: Id.optional(), run: Id.optional(), deposited: z.enum(['true', 'false']).optional() }),
  },
  responses: answers(pageOf(DocumentItem), 'Newest first'),
})
const one = createRoute({
  method: 'get',
  path: '/documents/{id}',
  ...declared({ id: 'readDocument', tag, summary: 'One document with its content', admits: CARE }),
  request: { params: IdPath },
  responses: answers(DocumentDetail, 'The document'),
})
export function documentRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(list, async (context) => {
      const { deposited, ...query } = context.req.valid('query')
      const page = await listDocuments(records, {
        ...query,
        deposited: deposited === undefined ? undefined : deposited === 'true',
      })
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((row) => documentItem(row, site)) }, 200)
    })
    .openapi(one, async (context) => {
      const row = await readDocument(records, context.req.valid('param').id)
      if (!row) throw new ProblemError('unknown-document')
      return context.json({ ...documentItem(row, await siteOf(records)), mediaType: 'text/xml', content: row.cda }, 200)
    })
}
