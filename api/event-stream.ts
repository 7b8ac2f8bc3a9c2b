/** A stream of server-sent events: counted while it is open, over when its reader goes, their session ends or the server stops. */
import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Dependencies } from './dependencies.ts'
import type { Metrics } from './observing.ts'
import { type ApiEnv, callerOf } from './route.ts'

/** A comment this often keeps proxies from closing a quiet stream. */
export const HEARTBEAT_MS = 15_000
/** When a browser is to ask again for a stream that has ended. */
export const RECONNECT_MS = 1_500

/** Whether a stream goes on. */
export interface Line {
  /** Aborted when its reader goes. */
  readonly signal: AbortSignal
  readonly isOpen: boolean
}

interface Served {
  log: Dependencies['log']
  metrics: Metrics
  /** What tells of all that happens: streams end with it. */
  source: { readonly isStopped: boolean }
  /** What it is called in the log when it breaks. */
  name: string
}

/** @param follow writes events while the line is open; what goes wrong in it ends the stream, and its reader comes back. */
export function eventStream(
  context: Context<ApiEnv>,
  { log, metrics, source, name }: Served,
  follow: (stream: SSEStreamingApi, line: Line) => Promise<void>,
) {
  const { expiresAt } = callerOf(context)
  context.header('x-accel-buffering', 'no')
  return streamSSE(context, async (stream) => {
    const ended = new AbortController()
    stream.onAbort(() => ended.abort())
    const line: Line = {
      signal: ended.signal,
      get isOpen() {
        return !ended.signal.aborted && !source.isStopped && Date.now() < expiresAt
      },
    }
    metrics.streams.inc()
    try {
      await follow(stream, line)
    } catch (error) {
      log.warn(
        { requestId: context.get('requestId'), error: error instanceof Error ? error.name : 'error' },
        `${name} stream broken`,
      )
    } finally {
      metrics.streams.dec()
    }
  }) as never
}
