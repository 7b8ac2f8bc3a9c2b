/** Something a person can put right. It is shown without a stack trace, and the command ends with 1. */
export class StartError extends Error {
  override name = 'StartError'
  /** Lines shown under the message: causes and remedies. */
  readonly details: string[]

  constructor(message: string, details: string[] = []) {
    super(message)
    this.details = details
  }
}
