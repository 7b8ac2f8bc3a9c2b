/** The same in English. */
import type { designer as French } from '../fr/designer.ts'

export const designer: Record<keyof typeof French, string> = {}
