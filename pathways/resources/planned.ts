/** Which activity of a pathway plans a unit: an operation its theatre, a visit its room. */
import type { Program, ProgramNode } from '../language/program.ts'

/** The activity that asks for a planned unit of a pool, as a need or a hold it takes; null when none does. */
export const plannedAt = ({ nodes, holds }: Program, pool: string): ProgramNode | null =>
  nodes.find(
    ({ slot, needs, takes }) =>
      slot && (needs.some((need) => need.pool === pool) || takes.some((take) => holds[take]!.pool === pool)),
  ) ?? null
