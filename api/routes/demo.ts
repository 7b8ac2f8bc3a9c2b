/** Demo sign-in, until real sign-in comes: off unless the demonstration runs. */
import { createRoute, z } from '@hono/zod-openapi'
import { noteColleague } from '../../records/colleagues.ts'
import type { Dependencies } from '../dependencies.ts'
import { ProblemError } from '../problems.ts'
import { answers, bodyOf, declared, newRouter } from '../route.ts'
import { SessionItem, SignIn } from '../schemas/watch.ts'
import { refuseOtherSites, setSessionCookie } from '../sessions.ts'

const tag = 'demo'

const signIn = createRoute({
  method: 'post',
  path: '/demo/sign-in',
  ...declared({ id: 'signIn', tag, summary: 'Take a role; 404 unless the demonstration runs', admits: 'everybody' }),
  request: bodyOf(SignIn),
  responses: answers(z.object({ token: z.string() }), 'A token for a bearer header; a cookie is set too'),
})
const session = createRoute({
  method: 'get',
  path: '/session',
  ...declared({ id: 'readSession', tag, summary: 'Who you are here', admits: 'everybody' }),
  responses: answers(SessionItem, 'Your role, or none'),
})
export function demoRoutes({ records, sessions, demo }: Pick<Dependencies, 'records' | 'sessions' | 'demo'>) {
  return newRouter()
    .openapi(signIn, async (context) => {
      if (!demo) throw new ProblemError('not-found')
      // A browser says where a request comes from; a program has nothing to be protected from.
      const isBrowser = ['sec-fetch-site', 'origin'].some((name) => context.req.header(name) !== undefined)
      if (isBrowser) refuseOtherSites(context)
      const { role, actor, synthetic, patient } = context.req.valid('json')
      const { token, session: opened } = sessions.open(role, { name: actor, synthetic, patient })
      if (!synthetic && role !== 'patient') await noteColleague(records, opened.actor, role)
      setSessionCookie(context, token)
      context.header('cache-control', 'no-store')
      return context.json({ token }, 200)
    })
    .openapi(session, (context) => {
      const current = context.get('session')
      const { role, actor, expiresAt } = current ?? { role: null, actor: null, expiresAt: null }
      context.header('cache-control', 'no-store')
      return context.json({ role, actor, demo, expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() }, 200)
    })
}
