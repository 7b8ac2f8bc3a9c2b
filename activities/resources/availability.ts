/** resources.availability: how full a pool is, for a pathway that decides by it. */

import { type Connector, ConnectorError, requiredText } from '../connector.ts'
import type { ActivityDependencies } from '../dependencies.ts'

/** Input `pool`. Gives `free`, `waiting`, `inUse` and `units`, as they are now. */
export const readAvailability =
  ({ records }: ActivityDependencies): Connector =>
  async (input) => {
    const pool = requiredText(input, 'pool')
    const availability = await records.readAvailability(pool)
    if (!availability)
      throw new ConnectorError(`The task ${input.element} asks about the pool "${pool}", which the hospital does not have.`, {
        retryable: false,
      })
    return availability
  }
