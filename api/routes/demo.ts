/** Demo sign-in, until real sign-in comes: off unless the demonstration runs. */
import { createRoute, z } from '@hono/zod-openapi'
import { answers, bodyOf, declared } from '../route.ts'
import { SessionItem, SignIn } from '../schemas/watch.ts'

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
export const demoRouteDefinitions = { signIn, session }
