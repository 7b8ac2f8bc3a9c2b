/** Follows a request into the activities it causes: spans whose parent is the W3C trace context that came with the message. */
import { context, propagation, type Span, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('parcours')

/** Runs `work` in a span under `traceparent` ('' for a new trace); a failure marks the span and is thrown on. */
export async function traced<T>(
  name: string,
  traceparent: string | undefined,
  attributes: Record<string, string | number>,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const parent = traceparent ? propagation.extract(context.active(), { traceparent }) : context.active()
  return tracer.startActiveSpan(name, { attributes }, parent, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
      throw error
    } finally {
      span.end()
    }
  })
}

/** The W3C `traceparent` of the active span, or '' when nothing is traced. */
export function currentTraceparent(): string {
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent ?? ''
}
