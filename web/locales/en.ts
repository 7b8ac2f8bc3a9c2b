/** English; area by area, as the French. */
import { boards } from './en/boards.ts'
import { care } from './en/care.ts'
import { designer } from './en/designer.ts'
import { first } from './en/first.ts'
import { hospital } from './en/hospital.ts'
import { planner } from './en/planner.ts'
import type { MessageKey } from './fr.ts'

export const en: Record<MessageKey, string> = { ...first, ...boards, ...care, ...designer, ...planner, ...hospital }
