import { describe, expect, it } from 'vitest'
import { Sessions } from '../../api/sessions.ts'

const sessions = new Sessions(new Uint8Array(32).fill(7))

describe('sessions', () => {
  it('reads back what it signed', () => {
    const { session, token } = sessions.open('nurse', { name: 'nurse-07', synthetic: true })
    expect(sessions.read(token)).toEqual(session)
    expect(session).toMatchObject({ role: 'nurse', actor: 'nurse/synthetic-nurse-07', synthetic: true })
  })

  it('refuses a token that was changed, that another key signed, or that has expired', () => {
    const { token } = sessions.open('porter')
    const [body, signature] = token.split('.') as [string, string]
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), role: 'administrator' }),
    ).toString('base64url')
    expect(sessions.read(`${forged}.${signature}`)).toBeNull()
    expect(sessions.read(`${body}.${signature.slice(0, -2)}AA`)).toBeNull()
    expect(sessions.read(`${body}.${signature}.x`)).toBeNull()
    expect(sessions.read('')).toBeNull()
    expect(new Sessions(new Uint8Array(32).fill(8)).read(token)).toBeNull()
    expect(sessions.read(token, Date.now() + 13 * 3_600_000)).toBe('expired')
  })
})
