/** stock.order: a delivery enters the stock as a lot of its own. */

import { type Connector, ConnectorError, requiredText } from '../connector.ts'
import type { ActivityDependencies } from '../dependencies.ts'
import { uuidOf } from '../documents/identifiers.ts'

/** How long a delivered lot keeps: sterile single-use supplies, an assumption of the demonstration. */
const SHELF_LIFE_MS = 365 * 86_400_000

/** Inputs `pool` and `quantity`. Gives `lot` and `quantity`; a repetition finds the same lot and adds nothing. */
export const orderStock =
  ({ records, clock }: ActivityDependencies): Connector =>
  async (input) => {
    const pool = requiredText(input, 'pool')
    const { quantity } = input.inputs
    if (typeof quantity !== 'number' || !Number.isSafeInteger(quantity) || quantity <= 0) {
      throw new ConnectorError(`The task ${input.element} must give "quantity" as a whole number above 0.`, { retryable: false })
    }
    const lot = `L${uuidOf(`${input.run}/${input.wait}/lot`).replaceAll('-', '').slice(0, 12).toUpperCase()}`
    const at = await clock.hospitalNow()
    await records.receiveLot({ pool, lot, quantity, expiresAt: at + SHELF_LIFE_MS, at })
    return { lot, quantity }
  }
