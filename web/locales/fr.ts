/** All that is said, in French, the page's first language: its keys are those of every other catalogue. Messages are ICU MessageFormat. */
import { boards } from './fr/boards.ts'
import { care } from './fr/care.ts'
import { designer } from './fr/designer.ts'
import { first } from './fr/first.ts'
import { hospital } from './fr/hospital.ts'
import { planner } from './fr/planner.ts'

export const fr = { ...first, ...boards, ...care, ...designer, ...planner, ...hospital } as const

export type MessageKey = keyof typeof fr
