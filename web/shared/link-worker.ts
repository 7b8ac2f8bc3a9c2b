/**
 * Holds a stream of events for one page. In a worker, so that the page itself has no request that never ends: whatever waits for a page to be
 * loaded (a print, a picture, a measurement) would wait for ever.
 */

/** Where to listen. */
export interface LinkOrder {
  url: string
}
export type LinkReport =
  | { type: 'open' }
  /** `closed`: the browser does not try again. */
  | { type: 'error'; closed: boolean }
  | { type: 'fact' | 'counters' | 'sighting'; data: string }

let source: EventSource | null = null
const report = (what: LinkReport) => postMessage(what)

addEventListener('message', ({ data: { url } }: MessageEvent<LinkOrder>) => {
  source?.close()
  const opened = new EventSource(url)
  source = opened
  opened.onopen = () => report({ type: 'open' })
  opened.onerror = () => report({ type: 'error', closed: opened.readyState === EventSource.CLOSED })
  for (const type of ['fact', 'counters', 'sighting'] as const)
    opened.addEventListener(type, ({ data }: MessageEvent<string>) => report({ type, data }))
})
