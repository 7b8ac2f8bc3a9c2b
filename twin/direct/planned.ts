/** What is planned in a hospital of direct runs, and what they hear. */
import type { Grant, ThrownError } from '../../pathways/engine/contract.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import type { Passed } from './holding.ts'
import type { Node } from './model.ts'
import type { Run, Wait } from './run.ts'

export type Planned =
  | { type: 'calendar'; chained: boolean }
  | { type: 'closing'; units: string[]; closed: boolean }
  | { type: 'wait'; wait: Wait }
  | { type: 'arrival'; source: number }
  | { type: 'delivery'; pool: string; lot: string; quantity: number; expiresAt: number }

/** What a run hears at this very time. */
export type Delivery =
  | { type: 'started'; run: Run; start: Node | null; variables: Variables; holds: Passed[] }
  | { type: 'granted'; run: Run; wait: Wait; grants: Grant[] }
  | { type: 'failed'; run: Run; wait: Wait; message: string }
  | { type: 'received'; run: Run; wait: Wait; payload: Variables }
  | { type: 'runEnded'; run: Run; wait: Wait; outcome: Outcome; variables: Variables; error: ThrownError | null }
  | { type: 'cancelled'; run: Run }

export type Outcome = 'completed' | 'failed' | 'cancelled'
