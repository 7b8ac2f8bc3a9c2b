/** alerts.raise: opens an alert on a patient, for the people who watch over the follow-up at home. */
import { type Connector, optionalText, requiredText } from '../connector.ts'
import type { ActivityDependencies } from '../dependencies.ts'
import { uuidOf } from '../documents/identifiers.ts'

/** Inputs `patient`, `level` and `reason`. Gives `alertId`; a repetition finds the same alert. */
export const raiseAlert =
  ({ records, clock }: ActivityDependencies): Connector =>
  async (input) => {
    const id = uuidOf(`${input.run}/${input.wait}/alert`)
    await records.openAlert({
      id,
      run: input.run,
      patient: requiredText(input, 'patient'),
      level: requiredText(input, 'level'),
      reason: optionalText(input.inputs.reason),
      at: await clock.hospitalNow(),
    })
    return { alertId: id }
  }
