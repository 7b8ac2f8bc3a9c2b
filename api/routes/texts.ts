/** What pathways and the hospital say, in other languages than their own. */
import { createRoute, z } from '@hono/zod-openapi'
import { readTexts } from '../../records/pathways.ts'
import { siteTexts } from '../../records/sites.ts'
import type { Dependencies } from '../dependencies.ts'
import { HOUSE } from '../roles.ts'
import { answers, declared, newRouter } from '../route.ts'
import { TextsItem } from '../schemas/pathways.ts'

const texts = createRoute({
  method: 'get',
  path: '/texts/{language}',
  ...declared({
    id: 'readTexts',
    tag: 'pathways',
    summary: 'Names and texts of pathways and hospital, translated',
    admits: HOUSE,
  }),
  request: { params: z.object({ language: z.string().regex(/^[a-z]{2}$/) }) },
  responses: answers(TextsItem, 'From each text to its translation; what has none is left out'),
})

export function textRoutes({ records }: Dependencies) {
  return newRouter().openapi(texts, async (context) => {
    const { language } = context.req.valid('param')
    const [site, pathways] = await Promise.all([siteTexts(records, language), readTexts(records, language)])
    return context.json({ site, pathways }, 200)
  })
}
