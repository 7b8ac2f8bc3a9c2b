/** Workers that simulate for the page: begun one way, and failing one way, whichever view asks. */

/** What a worker says when it cannot go on; what else it says is up to it. */
export interface Failed {
  say: 'failed'
  message: string
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** In the page: asks a new worker, once. It is over when it fails. @returns how to end it. */
export const begun = <Asked, Said extends { say: string }>(
  worker: Worker,
  asked: Asked,
  hear: (said: Exclude<Said, Failed>) => void,
  fail: (message: string) => void,
): (() => void) => {
  const lost = (message: string) => {
    worker.terminate()
    fail(message)
  }
  worker.onmessage = ({ data }: MessageEvent<Exclude<Said, Failed> | Failed>) =>
    data.say === 'failed' ? lost((data as Failed).message) : hear(data as Exclude<Said, Failed>)
  // It could not be loaded, or broke.
  worker.onerror = ({ message }) => lost(message)
  worker.postMessage(asked)
  return () => worker.terminate()
}

/** In the worker: answers each question; what is thrown is said. */
export const answering = <Asked, Said extends { say: string }>(
  answer: (asked: Asked, say: (said: Said, transfer?: Transferable[]) => void) => void,
): void => {
  const say = (said: Said | Failed, transfer: Transferable[] = []) => self.postMessage(said, { transfer })
  self.onmessage = ({ data }: MessageEvent<Asked>) => {
    try {
      answer(data, say)
    } catch (error) {
      say({ say: 'failed', message: messageOf(error) })
    }
  }
}
