/** The whole table. */
import type { ConformanceCase } from '../case.ts'
import { activities } from './activities.ts'
import { boundaries } from './boundaries.ts'
import { calls } from './calls.ts'
import { errors } from './errors.ts'
import { escalations } from './escalations.ts'
import { eventSubProcesses } from './event-subprocesses.ts'
import { gateways } from './gateways.ts'
import { messages } from './messages.ts'
import { multiInstances } from './multi-instances.ts'
import { resources } from './resources.ts'
import { subProcesses } from './subprocesses.ts'
import { timers } from './timers.ts'

export const cases: ConformanceCase[] = [
  ...activities,
  ...gateways,
  ...timers,
  ...messages,
  ...boundaries,
  ...errors,
  ...escalations,
  ...subProcesses,
  ...eventSubProcesses,
  ...multiInstances,
  ...calls,
  ...resources,
]
