/** The runs that hold or ask for something, and those that called them. */
import type { HolderEntry, Ledger } from './ledger.ts'

/** A run among them, from now on. */
export const holderOf = (ledger: Ledger, id: string): HolderEntry => {
  let entry = ledger.holders.get(id)
  if (!entry) {
    const dot = id.lastIndexOf('.')
    const caller = dot > 0 ? holderOf(ledger, id.slice(0, dot)) : null
    entry = { run: id, caller, called: [], requests: [], held: [], mark: 0 }
    caller?.called.push(entry)
    ledger.holders.set(id, entry)
  }
  return entry
}

/** A run that holds nothing, asks for nothing and has called nobody who does is none of them any more. */
export const forgetIfIdle = (ledger: Ledger, entry: HolderEntry): void => {
  const { run, caller, called, requests, held } = entry
  if (requests.length > 0 || held.length > 0 || called.length > 0) return
  ledger.holders.delete(run)
  if (caller === null) return
  caller.called.splice(caller.called.indexOf(entry), 1)
  forgetIfIdle(ledger, caller)
}
