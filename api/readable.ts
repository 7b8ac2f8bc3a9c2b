/**
 * What a request must be before anybody looks at what it says: JSON where it has a body, and texts that Postgres can keep. A NUL or half a
 * surrogate pair would otherwise fail deep inside, and a run that took one among its variables could never be made durable again.
 */
import type { MiddlewareHandler } from 'hono'
import { ProblemError } from './problems.ts'
import type { ApiEnv } from './route.ts'

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i
const WITH_BODY = ['POST', 'PUT', 'PATCH']

/** Answers what cannot be read with `bad-request`. */
export const refuseUnreadable: MiddlewareHandler<ApiEnv> = async (context, next) => {
  if (/%00/.test(context.req.url)) throw new ProblemError('bad-request')
  if (WITH_BODY.includes(context.req.method)) {
    const body = await context.req.text()
    const isJson = JSON_TYPE.test(context.req.header('content-type') ?? '')
    if (body !== '' && !(isJson && isReadable(body))) throw new ProblemError('bad-request')
  }
  await next()
}

function isReadable(json: string): boolean {
  let isKept = true
  try {
    JSON.parse(json, (key, value: unknown) => {
      isKept &&= canBeKept(key) && (typeof value !== 'string' || canBeKept(value))
      return value
    })
  } catch {
    // No JSON, or nested too deeply to be looked at.
    return false
  }
  return isKept
}

const canBeKept = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text)
