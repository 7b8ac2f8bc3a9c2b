/** English; area by area, as the French. */
import { boards } from './en/boards.ts'
import { care } from './en/care.ts'
import { designer } from './en/designer.ts'
import { frame } from './en/frame.ts'
import { hospital } from './en/hospital.ts'
import { operations } from './en/operations.ts'
import { planner } from './en/planner.ts'
import { shared } from './en/shared.ts'
import type { MessageKey } from './fr.ts'

export const en: Record<MessageKey, string> = {
  ...shared,
  ...frame,
  ...operations,
  ...boards,
  ...care,
  ...designer,
  ...planner,
  ...hospital,
}
