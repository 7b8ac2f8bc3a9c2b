/** Documents made by pathways, and where they were sent. */
import { createRoute, z } from '@hono/zod-openapi'
import { PageQuery, pageOf } from '../pages.ts'
import { CARE } from '../roles.ts'
import { answers, declared } from '../route.ts'
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
export const documentRouteDefinitions = { list, one }
