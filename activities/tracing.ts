/** OpenTelemetry for a process: on when `OTEL_EXPORTER_OTLP_ENDPOINT` says where traces go, otherwise costs nothing. */
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { NodeSDK } from '@opentelemetry/sdk-node'

/** @returns how to send what is left and stop. */
export function startTracing(serviceName: string): () => Promise<void> {
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return async () => {}
  const sdk = new NodeSDK({ serviceName, traceExporter: new OTLPTraceExporter(), instrumentations: [] })
  sdk.start()
  return () => sdk.shutdown()
}
