// Goal: the document is OpenAPI 3.1 that tools can read, and says of every operation what a caller must know.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES } from '../../api/roles.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  security: unknown[]
  'x-roles': string[]
  parameters?: { name: string; in: string; required?: boolean; schema: unknown }[]
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
}

describe('openapi.json', () => {
  it('is OpenAPI 3.1, with every reference resolved', async () => {
    const { body, headers } = await api.ask(null, '/api/openapi.json')
    expect(headers.get('content-type')).toContain('application/json')
    expect(body.openapi).toMatch(/^3\.1\.\d$/)
    expect(body.info).toMatchObject({ title: 'Parcours', version: expect.any(String) })
    expect(Object.keys(body.components.securitySchemes)).toEqual(['bearer', 'cookie'])
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!)
    expect(references.length).toBeGreaterThan(20)
    for (const path of references) {
      const target = path.split('/').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], body)
      expect(target, path).toBeDefined()
    }
  })

  it('says of each operation who may call it, what it takes and what it answers', async () => {
    const { body } = await api.ask(null, '/api/openapi.json')
    const ids = new Set<string>()
    for (const [path, methods] of Object.entries(body.paths as Record<string, Record<string, Operation>>)) {
      for (const [method, operation] of Object.entries(methods)) {
        const where = `${method} ${path}`
        expect(operation.summary, where).toBeTruthy()
        expect(operation.tags, where).toHaveLength(1)
        expect(ids.has(operation.operationId), `${where}: operationId twice`).toBe(false)
        ids.add(operation.operationId)
        const isOpen = operation['x-roles'].includes('everybody')
        for (const role of operation['x-roles']) if (!isOpen) expect(ROLES, where).toContain(role)
        expect(operation['x-roles'].length, where).toBeGreaterThan(0)
        expect(operation.security.length > 0, where).toBe(!isOpen)
        for (const { description, content } of Object.values(operation.responses)) {
          expect(description, where).toBeTruthy()
          for (const { schema } of Object.values(content ?? {})) expect(schema, where).toBeDefined()
        }
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
        const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
        expect(declared.map(({ name }) => name).sort(), where).toEqual(inPath.sort())
        expect(
          declared.every(({ required }) => required),
          where,
        ).toBe(true)
      }
    }
  })
})

it('the reference page needs nothing from elsewhere', async () => {
  const { body, headers } = await api.ask(null, '/api/reference')
  const sources = [...(body as string).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source)
  expect(sources).toEqual(['/api/reference/script.js'])
  expect(headers.get('content-security-policy')).toContain("connect-src 'self'")
  const script = await api.ask(null, '/api/reference/script.js')
  expect(script.headers.get('content-type')).toContain('javascript')
  expect((script.body as string).length).toBeGreaterThan(1_000_000)
})

it('what is not there is a problem, in the language asked for', async () => {
  const { body, headers } = await api.ask('nurse', '/api/nothing', { headers: { 'accept-language': 'en' } })
  expect(body).toMatchObject({ status: 404, title: 'Not found', instance: expect.stringMatching(/^urn:uuid:/) })
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(headers.get('x-request-id')).toBe(body.instance.slice('urn:uuid:'.length))
})
