/** What reads badly in a file as a whole: warnings, after the rules of bpmnlint. */
import type { FileElements } from '../bpmn/file-elements.ts'
import type { Finding } from '../finding.ts'
import { lintEnds } from './ends.ts'
import { lintGlobals } from './globals.ts'
import { lintLabels } from './labels.ts'
import { lintShapes } from './shapes.ts'

/** Warnings only: nothing of this stops a pathway. */
export const lintFile = (file: FileElements): Finding[] => [
  ...lintLabels(file),
  ...lintGlobals(file),
  ...lintEnds(file),
  ...lintShapes(file),
]
