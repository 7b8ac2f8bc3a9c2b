/** French, the page's first language; its keys are those of every other catalogue. Messages are ICU MessageFormat. */
import { boards } from './fr/boards.ts'
import { care } from './fr/care.ts'
import { designer } from './fr/designer.ts'
import { frame } from './fr/frame.ts'
import { hospital } from './fr/hospital.ts'
import { operations } from './fr/operations.ts'
import { planner } from './fr/planner.ts'
import { shared } from './fr/shared.ts'

export const fr = { ...shared, ...frame, ...operations, ...boards, ...care, ...designer, ...planner, ...hospital } as const

export type MessageKey = keyof typeof fr
