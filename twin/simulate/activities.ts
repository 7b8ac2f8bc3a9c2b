/** System activities that change the hospital itself, as their live connectors do. */
import { availabilityOf, restock } from '../../pathways/resources/index.ts'
import type { SimulatedActivity } from './options.ts'

/** As live: sterile single-use supplies keep for a year, an assumption of the demonstration. */
const shelfLifeMs = 365 * 86_400_000

/** A delivery of inputs `pool` and `quantity` enters the stock as a lot of its own. */
const orderStock: SimulatedActivity = ({ inputs, at, run, wait, ledger }) => {
  const { pool, quantity } = inputs
  if (typeof pool !== 'string' || typeof quantity !== 'number')
    throw new Error(`Run "${run}" ordered stock without saying what or how much.`)
  const lot = `L-${run}-${wait}`
  restock(ledger, pool, lot, quantity, at + shelfLifeMs)
  return { lot, quantity }
}

/** How full the pool of input `pool` is. */
const readAvailability: SimulatedActivity = ({ inputs: { pool }, at, run, ledger }) => {
  if (typeof pool !== 'string') throw new Error(`Run "${run}" asked how full a pool is without saying which.`)
  return availabilityOf(ledger, pool, at)
}

/** By activity name. */
export const standardActivities: Record<string, SimulatedActivity> = {
  'stock.order': orderStock,
  'resources.availability': readAvailability,
}
