// Goal: no route answers a role that it does not declare. Method: walk the OpenAPI document, and the router, which must agree.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAdmitted, ROLES, type Role, STAFF, taskRolesOf, visibleVariables } from '../../api/roles.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

interface Operation {
  method: string
  path: string
  roles: string[]
}
const operations = async (): Promise<Operation[]> => {
  const { body } = await api.ask(null, '/api/openapi.json')
  return Object.entries(body.paths as Record<string, Record<string, { 'x-roles': string[] }>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, roles: operation['x-roles'] })),
  )
}

describe('roles', () => {
  it('are declared by every route that the router knows', async () => {
    const declared = (await operations()).map(({ method, path }) => `${method} ${path}`)
    const routed = api.application.routes
      .filter(({ path, method }) => method !== 'ALL' && !path.endsWith('*'))
      .map(({ path, method }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`)
    expect(declared.length).toBeGreaterThan(35)
    expect([...new Set(routed)].sort()).toEqual([...declared, 'get /api/openapi.json'].sort())
  })

  it('are refused where they are not declared, before anything is looked at', async () => {
    const admitted: string[] = []
    for (const { method, path, roles } of await operations()) {
      if (roles.includes('everybody')) continue
      const address = path.replace('{version}', '1').replace(/\{\w+\}/g, 'nothing-of-this-name')
      const unknown = await api.ask(null, address, { method: method.toUpperCase() })
      expect(unknown.status, `${method} ${path} without a session`).toBe(401)
      for (const role of ROLES) {
        if (isAdmitted(role, roles as Role[])) {
          admitted.push(`${role} ${path}`)
          continue
        }
        const { status, body } = await api.ask(role, address, { method: method.toUpperCase() })
        expect(status, `${method} ${path} as ${role}`).toBe(403)
        expect(body.type).toBe('urn:parcours:problem:forbidden')
      }
    }
    expect(admitted.some((line) => line.startsWith('designer'))).toBe(true)
  })

  it('let those through that are declared: whatever is wrong then is something else', async () => {
    for (const { method, path, roles } of await operations()) {
      if (roles.includes('everybody') || path.endsWith('/events')) continue
      const address = path.replace('{version}', '1').replace(/\{\w+\}/g, 'nothing-of-this-name')
      const { status } = await api.ask(roles[0] as Role, address, { method: method.toUpperCase() })
      expect(status, `${method} ${path} as ${roles[0]}`).not.toBe(401)
      expect(status, `${method} ${path} as ${roles[0]}`).toBeLessThan(500)
    }
  })

  it('make operations all of the staff at once, and nothing more', () => {
    for (const role of STAFF) expect(isAdmitted('operations', [role])).toBe(true)
    for (const role of ['designer', 'planner', 'patient', 'administrator'] as const)
      expect(isAdmitted('operations', [role])).toBe(false)
    expect(taskRolesOf('operations')).toEqual([...STAFF, 'operations'])
    expect(taskRolesOf('porter')).toEqual(['porter'])
  })

  it('show a porter and a cleaner where, never who or why', () => {
    const variables = { place: 'Bloc', unit: 'T1', patient: 'p-1', diagnosis: 'x', familyName: 'y', somethingNew: 1 }
    for (const role of ['porter', 'cleaner'] as const)
      expect(visibleVariables(variables, role)).toEqual({ place: 'Bloc', unit: 'T1' })
    expect(visibleVariables(variables, 'physician')).toEqual(variables)
    expect(visibleVariables(variables, 'bed-manager')).not.toHaveProperty('somethingNew')
    expect(visibleVariables(variables, 'designer')).toEqual({})
  })
})
