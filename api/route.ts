/** How a route is declared: its schemas, who may call it, and what it can answer. One way, so that a test can walk them all. */
import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Env, MiddlewareHandler } from 'hono'
import { answerProblem, fieldErrors, languageOf, Problem, ProblemError } from './problems.ts'
import { type Admission, isAdmitted, STAFF } from './roles.ts'
import type { Session } from './sessions.ts'

export interface ApiEnv extends Env {
  Variables: { requestId: string; session: Session | null; log: Record<string, unknown> }
}

/** What every route declares: who may call it, as `x-roles` in the document and as a check before anything else is looked at. */
export function declared(declaration: { id: string; tag: string; summary: string; admits: Admission }) {
  const { id, tag, summary, admits } = declaration
  return {
    operationId: id,
    tags: [tag],
    summary,
    'x-roles': (admits === 'everybody' ? ['everybody'] : [...admits]) as string[],
    security: (admits === 'everybody' ? [] : [{ bearer: [] }, { cookie: [] }]) as Record<string, string[]>[],
    middleware: admit(admits),
  }
}

/** Answers 200 with `answer` as JSON; everything else is a problem, thrown. */
export function answers<Answer extends z.ZodType>(answer: Answer, description: string) {
  return {
    200: { description, content: { 'application/json': { schema: answer } } },
    default: PROBLEM_RESPONSE,
  }
}

export const PROBLEM_RESPONSE = {
  description: 'What went wrong, as RFC 9457 says it',
  content: { 'application/problem+json': { schema: Problem } },
}

/** A JSON body. */
export function bodyOf<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { 'application/json': { schema } } } } as const
}

/** Refuses callers that a route does not admit. */
function admit(admits: Admission): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const session = context.get('session')
    if (!isAdmitted(session?.role ?? null, admits)) {
      if (!session) throw new ProblemError('not-signed-in')
      const admitted = admits as readonly string[]
      const withOperations = STAFF.some((role) => admitted.includes(role)) ? [...admitted, 'operations'] : admitted
      throw new ProblemError('forbidden', { role: session.role, admitted: [...new Set(withOperations)].join(', ') })
    }
    await next()
  }
}

/** A router whose bad input is answered as a problem. */
export function newRouter(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result, context) => {
      if (result.success) return
      const language = languageOf(context.req.header('accept-language'))
      return answerProblem(context, new ProblemError('invalid-input', {}, fieldErrors(result.error.issues, language)))
    },
  })
}

/** The session of a caller that `admit` has let through. */
export function callerOf(context: { get(name: 'session'): Session | null }): Session {
  return context.get('session')!
}
