/** What the page says wherever one is, and where the day of operations begins. */
import { frame } from './frame.ts'
import { operations } from './operations.ts'
import { shared } from './shared.ts'

export const first = { ...shared, ...frame, ...operations } as const
