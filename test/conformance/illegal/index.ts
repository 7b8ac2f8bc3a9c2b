/** Every illegal file of the table, by what it is about. */
import { activities } from './activities.ts'
import { events } from './events.ts'
import { exchanged } from './exchanged.ts'
import { flows } from './flows.ts'
import { lanesData } from './lanes-data.ts'
import { pools } from './pools.ts'
import type { Row } from './row.ts'

export const illegal: Record<string, Row[]> = { ...flows, ...pools, ...activities, ...events, ...lanesData, ...exchanged }
