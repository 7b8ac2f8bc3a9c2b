/** Tells an unreachable database from a fault of ours. */

const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  // Postgres is shutting down, was shut down, is starting up.
  '57P01',
  '57P02',
  '57P03',
])

/** Whether an error, or what caused it, is a lost or refused connection to Postgres. */
export function isDatabaseUnreachable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code
    if (typeof code === 'string' && (CONNECTION_CODES.has(code) || code.startsWith('08'))) return true
    if (cause instanceof AggregateError && cause.errors.some(isDatabaseUnreachable)) return true
  }
  return false
}
