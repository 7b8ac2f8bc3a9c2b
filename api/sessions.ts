/** Who is calling. A session is a signed, expiring token, in a bearer header or in a cookie; no state is kept on the server. */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { ProblemError } from './problems.ts'
import { ROLES, type Role } from './roles.ts'

export const COOKIE = 'parcours'
/** How long somebody stays signed in. */
export const SESSION_HOURS = 12
const LIFETIME_MS = SESSION_HOURS * 3_600_000
/** How the names of synthetic staff begin; nobody else's may. */
export const SYNTHETIC = 'synthetic'

export interface Session {
  role: Role
  /** Who, by a pseudonymous name: `nurse/4f21ab`. Recorded with what they do. */
  actor: string
  /** Synthetic staff of a demonstration say themselves when they did what. */
  synthetic: boolean
  /** For the role `patient`: whose eyes these are; '' otherwise. */
  patient: string
  /** Unix milliseconds. */
  expiresAt: number
}

export class Sessions {
  readonly #key: Buffer

  /** @param key 32 bytes, PARCOURS_KEY; the signing key is derived from it. */
  constructor(key: Uint8Array) {
    this.#key = Buffer.from(hkdfSync('sha256', key, '', 'parcours sessions', 32))
  }

  /** A new token for `role`; `name` keeps an actor's name over sign-ins. */
  open(role: Role, options: { name?: string | undefined; synthetic?: boolean; patient?: string | undefined; now?: number } = {}) {
    const session: Session = {
      role,
      actor: `${role}/${options.synthetic ? [SYNTHETIC, options.name].filter(Boolean).join('-') : (options.name ?? randomBytes(4).toString('hex'))}`,
      synthetic: options.synthetic ?? false,
      patient: options.patient ?? '',
      expiresAt: (options.now ?? Date.now()) + LIFETIME_MS,
    }
    const body = Buffer.from(JSON.stringify(session)).toString('base64url')
    return { session, token: `${body}.${this.#sign(body)}` }
  }

  /** @returns the session, or 'expired', or null when the token is none of ours. */
  read(token: string, now = Date.now()): Session | 'expired' | null {
    const [body, signature, ...rest] = token.split('.')
    if (!body || !signature || rest.length > 0) return null
    const expected = Buffer.from(this.#sign(body))
    const given = Buffer.from(signature)
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
    const session = JSON.parse(Buffer.from(body, 'base64url').toString()) as Session
    if (!ROLES.includes(session.role)) return null
    return session.expiresAt > now ? session : 'expired'
  }

  #sign(body: string): string {
    return createHmac('sha256', this.#key).update(body).digest('base64url')
  }
}

/** Whether an actor is of the synthetic staff. */
export function isSynthetic(actor: string | null): boolean {
  return actor?.split('/')[1]?.startsWith(SYNTHETIC) ?? false
}

/**
 * The caller's session, or null when there is none. A bearer header goes before the cookie.
 * @throws ProblemError `session-expired`, or `cross-site` when another site makes a browser change something by its cookie.
 */
export function sessionOf(context: Context, sessions: Sessions): Session | null {
  const authorization = context.req.header('authorization')
  const bearer = authorization?.match(/^Bearer\s+(\S+)$/i)?.[1]
  const token = bearer ?? (authorization === undefined ? getCookie(context, COOKIE) : undefined)
  if (token === undefined) return null
  const session = sessions.read(token)
  if (session === 'expired') throw new ProblemError('session-expired')
  if (session && bearer === undefined) refuseOtherSites(context)
  return session
}

/** A cookie travels with requests that other sites start; those may read nothing by CORS, and must change nothing either. */
export function refuseOtherSites(context: Context): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(context.req.method)) return
  const site = context.req.header('sec-fetch-site')
  if (site === 'same-origin') return
  const origin = context.req.header('origin')
  // Without either header it is no browser of our time: nothing proves that our own page asks.
  const sameOrigin = site === undefined && origin !== undefined && hostOf(origin) === context.req.header('host')
  if (!sameOrigin) throw new ProblemError('cross-site')
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

export function setSessionCookie(context: Context, token: string): void {
  setCookie(context, COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: LIFETIME_MS / 1000,
    secure: new URL(context.req.url).protocol === 'https:',
  })
}
