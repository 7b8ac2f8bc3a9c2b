/** The whole table. */
import type { ConformanceCase } from '../case.ts'
import { activities } from './activities.ts'
import { adHocSubProcesses } from './ad-hoc.ts'
import { boundaries } from './boundaries.ts'
import { calls } from './calls.ts'
import { compensation } from './compensation.ts'
import { compensationOfScopes } from './compensation-scopes.ts'
import { conditionalEvents } from './conditional-events.ts'
import { data } from './data.ts'
import { errors } from './errors.ts'
import { escalations } from './escalations.ts'
import { eventSubProcesses } from './event-subprocesses.ts'
import { gateways } from './gateways.ts'
import { inclusiveGateways } from './inclusive-gateways.ts'
import { lanes } from './lanes.ts'
import { links } from './links.ts'
import { messages } from './messages.ts'
import { multiInstanceBehaviours } from './multi-instance-behaviours.ts'
import { multiInstances } from './multi-instances.ts'
import { multipleEvents } from './multiple-events.ts'
import { ownSignals } from './own-signals.ts'
import { resources } from './resources.ts'
import { standardLoops } from './standard-loops.ts'
import { subProcesses } from './subprocesses.ts'
import { timers } from './timers.ts'
import { tokens } from './tokens.ts'
import { transactions } from './transactions.ts'

export const cases: ConformanceCase[] = [
  ...activities,
  ...gateways,
  ...tokens,
  ...inclusiveGateways,
  ...links,
  ...standardLoops,
  ...conditionalEvents,
  ...timers,
  ...messages,
  ...multipleEvents,
  ...ownSignals,
  ...boundaries,
  ...errors,
  ...escalations,
  ...subProcesses,
  ...eventSubProcesses,
  ...multiInstances,
  ...multiInstanceBehaviours,
  ...calls,
  ...compensation,
  ...compensationOfScopes,
  ...transactions,
  ...adHocSubProcesses,
  ...data,
  ...lanes,
  ...resources,
]
