/** BPMN, DMN and forms in, Programs out: one for each process, with whatever there is to say about the files. */
import { type CheckedFile, checkFile } from './bpmn/check-file.ts'
import { compileProcess } from './bpmn/compile-process.ts'
import { type Element, elementsOf, idOf } from './bpmn/element.ts'
import { isGlobalTask, ofDrawingOnly, processOf } from './bpmn/global-tasks.ts'
import { readBpmn } from './bpmn/read.ts'
import { compileDecisions } from './dmn/compile.ts'
import { readDmn } from './dmn/read.ts'
import { type Finding, hasError, notCompilable } from './finding.ts'
import type { Program, ProgramDecision } from './program.ts'

export type { Finding } from './finding.ts'

export interface Source {
  /** BPMN 2.0 XML. */
  bpmn: string
  /** DMN XML files whose decisions business rule tasks use. */
  dmn?: string[]
  /** form-js schemas by form id. */
  forms?: Record<string, unknown>
}

export interface Compiled {
  /** What can be published and run live. */
  programs: Program[]
  /** What cannot be published for something is missing in it, and can be rehearsed, simulated and proven. */
  drawings: Program[]
  /** Id of every process of the file, of those that do not compile too. */
  processes: string[]
  /** Id of every global task of the file, likewise. */
  globalTasks: string[]
  findings: Finding[]
}

/**
 * Compiles a pathway's files. Never rejects for bad input: whatever cannot be read or executed is a finding that names the element,
 * the reason and the remedy, and a process with an error finding has no Program.
 */
export const compile = (source: Source): Promise<Compiled> =>
  Promise.all([readBpmn(source.bpmn), Promise.all((source.dmn ?? []).map(readDmn))]).then(([bpmn, dmn]) => {
    const decisions = dmn.map((file) => compileDecisions(file, dmn))
    const findings = [...bpmn.findings, ...decisions.flatMap((file) => file.findings)]
    if (!bpmn.definitions) return { programs: [], drawings: [], processes: [], globalTasks: [], findings }
    const known = decisions.flatMap((file) => [...file.decisions, ...file.services])
    return compileDefinitions(bpmn.definitions, known, source.forms ?? {}, findings, hasError(bpmn.findings))
  })

const compileDefinitions = (
  definitions: Element,
  decisions: ProgramDecision[],
  forms: Record<string, unknown>,
  read: Finding[],
  unreadable: boolean,
): Compiled => {
  const whole = guarded<CheckedFile>(() => checkFile(definitions, read), { findings: [], style: [] }, definitions)
  const findings = [...read, ...whole.findings]
  const programs: Program[] = []
  const drawings: Program[] = []
  const processes = elementsOf(definitions, 'rootElements').filter((element) => element.$type === 'bpmn:Process')
  const globalTasks = elementsOf(definitions, 'rootElements').filter(isGlobalTask).map(processOf)
  const drawn = processes.filter(isDrawn)
  if (drawn.length + globalTasks.length === 0) {
    findings.push({
      rule: 'no-process',
      // Pools that show nothing of themselves, conversations and choreographies are BPMN too: nothing of them runs.
      severity: elementsOf(definitions, 'rootElements').some(isOfCollaboration) ? 'warning' : 'error',
      element: idOf(processes[0]),
      message: 'The file holds no process with anything in it.',
      help: 'Draw a process.',
      french: {
        message: 'Le fichier ne contient aucun processus où quelque chose soit dessiné.',
        help: 'Dessinez un processus.',
      },
    })
  }
  for (const process of [...drawn, ...globalTasks]) {
    const compiled = guarded(
      () => compileProcess(process, decisions, forms),
      { program: null as Program | null, drawing: null as Program | null, findings: [] as Finding[] },
      process,
    )
    const isGlobal = globalTasks.includes(process)
    findings.push(...compiled.findings.filter(({ rule }) => !isGlobal || !ofDrawingOnly.has(rule)))
    // What could not be read may have been anywhere: then nothing of the file is trusted to run.
    if (unreadable) continue
    if (compiled.program) programs.push(compiled.program)
    if (compiled.drawing) drawings.push(compiled.drawing)
  }
  findings.push(...whole.style)
  return { programs, drawings, processes: idsOf(processes), globalTasks: idsOf(globalTasks), findings }
}

const isOfCollaboration = (element: Element): boolean =>
  /^bpmn:(Choreography|GlobalChoreographyTask|GlobalConversation)$/.test(element.$type) ||
  (element.$type === 'bpmn:Collaboration' && elementsOf(element, 'participants').length > 0)

/** What a pool that shows nothing of itself refers to in some tools' files is an empty process: it is none of ours to run. */
const isDrawn = (process: Element): boolean => process.isExecutable !== false || elementsOf(process, 'flowElements').length > 0

const idsOf = (elements: Element[]): string[] => elements.flatMap(({ id }) => (id ? [id] : []))

/** A model that defeats the compiler itself is refused like any other: hostile input must end in a finding. */
const guarded = <Result extends { findings: Finding[] }>(work: () => Result, otherwise: Result, element: Element): Result => {
  try {
    return work()
  } catch (error) {
    return { ...otherwise, findings: [notCompilable(error, idOf(element))] }
  }
}
