/** The same in English. */
import type { planner as French } from '../fr/planner.ts'

export const planner: Record<keyof typeof French, string> = {}
