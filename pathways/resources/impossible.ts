/** A request that no release, delivery or opening could ever satisfy. */
export type ImpossibleReason =
  | 'unknown pool'
  | 'bad quantity'
  | 'more than there are'
  | 'filter on stock'
  | 'unknown planned unit'
  | 'planned unit not asked for'
  | 'planned unit does not fit'

export class ImpossibleRequest extends Error {
  readonly pool: string
  readonly reason: ImpossibleReason

  constructor(pool: string, reason: ImpossibleReason, message: string) {
    super(message)
    this.name = 'ImpossibleRequest'
    this.pool = pool
    this.reason = reason
  }
}

/** What is asked about does not exist: a hold, a unit or a pool. The caller's books and the ledger's disagree. */
export class UnknownToLedger extends Error {
  constructor(what: string) {
    super(`The ledger knows no ${what}.`)
    this.name = 'UnknownToLedger'
  }
}
