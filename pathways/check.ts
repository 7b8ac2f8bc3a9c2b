/** Everything there is to say about a pathway before it runs: what the compiler finds, and what its states prove. */
import { type Compiled, compile, type Source } from './language/compile.ts'
import { hasError } from './language/finding.ts'
import { lintHospital } from './language/lint/hospital.ts'
import type { HospitalResources } from './language/lint/rule.ts'
import type { Program } from './language/program.ts'
import {
  type CollaborationVerdict,
  type ProofOptions,
  proveCollaboration,
  proveProcess,
  type Verdict,
} from './soundness/prove.ts'

export interface CheckedPathway extends Compiled {
  /** By process id. */
  verdicts: Map<string, Verdict>
  /** Of a file with several processes; null for one alone. */
  collaboration: CollaborationVerdict | null
}

export interface CheckOptions extends ProofOptions {
  /** What the pathway is held against: without one, nobody knows what there is. */
  hospital?: HospitalResources
  /** Pathways of other files, which these may call. */
  known?: readonly Program[]
}

/** Compiles, lints and proves. Never rejects for bad input: a process that is refused has findings, and no verdict. */
export const checkPathway = (source: Source, { hospital, known = [], ...options }: CheckOptions = {}): Promise<CheckedPathway> =>
  compile(source).then((compiled) => {
    const drawn = [...compiled.programs, ...compiled.drawings]
    const findings = [...compiled.findings, ...drawn.flatMap((program) => lintHospital(program, hospital, [...drawn, ...known]))]
    const verdicts = new Map(drawn.map((program) => [program.process, proveProcess(program, options)]))
    // A global task begins only when it is called.
    const participants = drawn.filter(({ process }) => compiled.processes.includes(process))
    const isTogether = participants.length > 1 && !hasError(compiled.findings)
    return { ...compiled, findings, verdicts, collaboration: isTogether ? proveCollaboration(participants, options) : null }
  })
