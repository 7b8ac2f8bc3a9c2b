/** The hospital lint: what makes a pathway fail people although it runs. Warnings, but for what a given hospital could never grant. */
import type { Finding } from '../finding.ts'
import type { Program, ProgramNode } from '../program.ts'
import { holdAcrossCalls } from './hold-across-calls.ts'
import { holdAndWait } from './hold-and-wait.ts'
import { irreversibleDeposit } from './irreversible-deposit.ts'
import type { HospitalResources, HospitalRule } from './rule.ts'
import { shortTimer } from './short-timer.ts'
import { siteResource } from './site-resource.ts'
import { taskDuration } from './task-duration.ts'
import { taskRole } from './task-role.ts'

const RULES: HospitalRule[] = [taskRole, taskDuration, shortTimer, holdAndWait, irreversibleDeposit]

/**
 * What the rules find in a process, in the order of the rules. With a hospital, also what it could never grant, as errors. Without one, a process
 * that says nothing of people, time or resources is plain BPMN from elsewhere, and is left alone.
 * @param known pathways that it may call, itself included.
 */
export const lintHospital = (
  program: Program,
  hospital: HospitalResources | null = null,
  known: readonly Program[] = [],
): Finding[] => {
  if (!hospital && !program.nodes.some(speaksOfHospital) && program.holds.length === 0) return []
  return [...RULES, ...(hospital ? [siteResource(hospital)] : [])]
    .flatMap((rule) => rule(program))
    .concat(holdAcrossCalls(program, known))
}

const speaksOfHospital = ({ needs, takes, gives, slot, priority, duration, outcomes, task }: ProgramNode): boolean =>
  needs.length + takes.length + gives.length + outcomes.length > 0 ||
  slot !== null ||
  priority >= 0 ||
  duration !== null ||
  (task !== null && (task.role !== '' || task.form !== '' || task.activity !== '' || task.place >= 0 || task.due >= 0))
