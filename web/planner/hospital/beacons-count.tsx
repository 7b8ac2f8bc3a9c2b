/** How many patients are shown where a beacon saw them, and how many where their pathway says. */
import { Text } from '@mantine/core'
import { runId, type Trace } from '../../../twin/trace/trace.ts'
import { Role } from '../../../twin/view/agents.ts'
import type { View } from '../../../twin/view/contract.ts'
import { text, useText } from '../../shared/language.ts'
import { FRESH_MINUTES, isFresh, type Sightings } from './sightings.ts'

export function BeaconsCount({ view, trace, sightings }: { view: View; trace: Trace; sightings: Sightings }) {
  useText()
  const agents = view.agents!
  let count = 0
  for (let index = 0; index < agents.count; index++) {
    if (agents.role[index] !== Role.patient) continue
    const seen = sightings.get(`Patient ${runId(trace, agents.id[index]!)}`)
    if (seen && isFresh(seen.at, view.at)) count++
  }
  return (
    <Text size="xs" className="quiet" data-beacons={count}>
      {text('hospital.beacons', { count, minutes: FRESH_MINUTES })}
    </Text>
  )
}
