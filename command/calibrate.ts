/** `parcours calibrate`: from an event log and a drawing to a scenario. */
import { basename, dirname, relative } from 'node:path'
import { parseArgs } from 'node:util'
import type { Program } from '../pathways/language/program.ts'
import { isKnownZone } from '../pathways/time/zones.ts'
import { type Around, type BackTest, backTest, experimentOf, weeksToHoldOut } from '../twin/calibrate/back-test.ts'
import { type Calibration, calibrate, NothingToFit } from '../twin/calibrate/calibrate.ts'
import { type Role, roles } from '../twin/calibrate/columns.ts'
import { type Labels, labelsOf, UnknownElement } from '../twin/calibrate/labels.ts'
import type { Log } from '../twin/calibrate/log.ts'
import type { ReadingOptions } from '../twin/calibrate/reading.ts'
import { reportOf } from '../twin/calibrate/report.ts'
import { resultOf } from '../twin/calibrate/result.ts'
import { type ScenarioTextOptions, scenarioText } from '../twin/calibrate/scenario-text.ts'
import { extended } from '../twin/experiment/extend.ts'
import { isImpossible } from '../twin/experiment/impossible.ts'
import { type Overload, overloadsOf } from '../twin/experiment/load.ts'
import { parsedYaml, problemText } from '../twin/yaml/checked.ts'
import { nearest } from '../twin/yaml/nearest.ts'
import { type Command, InputError, type Terminal } from './command.ts'
import { readEventLog } from './event-log.ts'
import { compileFile, problemLines, readText } from './files.ts'
import { wholeNumber } from './number.ts'
import { writeOne } from './output.ts'

export const command: Command = {
  help: `Learns a scenario from an event log: who comes when, which way they go, how long work takes, who does it. What is wrong with the log is said first;
then the scenario of the first weeks is simulated over the last ones, and compared with what was observed.

usage: parcours calibrate LOG --pathway DRAWING.bpmn [--out SCENARIO.yaml] [--hospital hospital.yaml] [--also OTHER.bpmn]… [--process ID] [--column ROLE=HEADING]…
       [--activity NAME=ELEMENT]… [--time-zone ZONE] [--dates day-first|month-first] [--hold-out WEEKS] [--replications N] [--json]

  LOG               CSV (any separator, UTF-8 or as Excel writes it), XES, the trace of \`simulate --trace\`, or the facts of live runs as CSV, JSON or
                    lines of JSON; also packed, as .gz
  --pathway FILE    the drawing that its cases go through
  --out FILE        where to write the scenario (stdout otherwise; what is said goes to stderr then)
  --hospital FILE   who there is; otherwise that is learnt from the log
  --also FILE       another drawing that the scenario needs: what makes used beds usable again, what is called
  --process ID      which process of the drawing (the one that knows most activities)
  --column ROLE=HEADING  what a column of the table is: ${roles.join(', ')}
  --activity NAME=ELEMENT  which element of the drawing an activity of the log is, where names differ
  --time-zone ZONE  of times without an offset, and of the hours of the day (Europe/Paris, or the zone that offsets tell)
  --dates           how 03/04/2026 is to be read, where the log itself does not show
  --hold-out WEEKS  weeks held out for the back-test (a quarter of the log, at most 4); 0 for none
  --replications N  of the back-test (20; of long logs fewer)
  --json            all figures as JSON, on stdout

docs/calibrate.md tells what is fitted and how to read it.
Exit code 0: done; 1: done, and the back-test shows more outside than chance explains; 2: unusable input.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        pathway: { type: 'string' },
        out: { type: 'string' },
        hospital: { type: 'string' },
        process: { type: 'string' },
        also: { type: 'string', multiple: true, default: [] },
        column: { type: 'string', multiple: true, default: [] },
        activity: { type: 'string', multiple: true, default: [] },
        'time-zone': { type: 'string', default: '' },
        dates: { type: 'string' },
        'hold-out': { type: 'string' },
        replications: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [file, ...rest] = positionals
    if (!file || rest.length > 0) throw new InputError('name one log: parcours calibrate LOG --pathway DRAWING.bpmn')
    if (!values.pathway) throw new InputError('--pathway: name the drawing that the cases of the log go through')
    const holdOut = wholeNumber('hold-out', values['hold-out'], 0)
    const replications = wholeNumber('replications', values.replications, 2)
    const reading = readingOptions(values['time-zone'], values.dates, values.column)
    const told = new Map(values.activity.map((each) => pair('activity', each, 'NAME=ELEMENT')))
    const programs = await programsOf(values.pathway)
    const also = await Promise.all(values.also.map(async (path) => [path, await programsOf(path)] as const))
    const log = await readEventLog(file, reading)
    const { program, labels } = labelled(log, programs, told, values.process, values.pathway)
    const calibration = calibrated(file, log, program, labels)
    const hospital = values.hospital === undefined ? undefined : hospitalOf(values.hospital)
    const beside = (path: string) =>
      (values.out === undefined ? path : relative(dirname(values.out), path) || basename(path)).replaceAll('\\', '/')
    const options: ScenarioTextOptions = {
      name: `${program.name || program.process}, calibrated`,
      drawing: beside(values.pathway),
      logName: basename(file),
      also: values.also.map(beside),
      ...(hospital && { hospital: { file: beside(values.hospital!), pools: hospital.pools } }),
    }
    const text = scenarioText(calibration, options)
    const weeks = holdOut ?? weeksToHoldOut(calibration)
    const around: Around = {
      withHospital: (scenario) => (hospital ? onHospital(scenario, hospital.value) : scenario),
      programs: new Map([[options.drawing, programs], ...also.map(([path, found]) => [beside(path), found] as const)]),
    }
    const overloads = simulating(values.hospital ?? values.pathway, () => overloadsOf(experimentOf(text, around)))
    const test =
      weeks === 0
        ? null
        : simulating(values.hospital ?? values.pathway, () => backTest(calibration, labels, weeks, options, around, replications))
    if (values.out !== undefined) writeOne(values.out, text)
    say(terminal, values, { calibration, overloads, test, weeks, text })
    return test !== null && isOutside(test) ? 1 : 0
  },
}

/** More rows outside than one in twenty and two besides: chance alone hardly does that. */
const isOutside = ({ rows }: BackTest): boolean => rows.filter(({ isInside }) => !isInside).length > 2 + rows.length / 20

function say(
  { out, err }: Terminal,
  values: { json: boolean; out?: string | undefined },
  { calibration, overloads, test, weeks, text }: Said,
): void {
  const noTest =
    weeks === 0
      ? 'none: it takes three weeks of arrivals, or --hold-out WEEKS above 0'
      : 'none: too little is left to learn from before the weeks held out; hold out fewer'
  if (values.json) {
    out(`${JSON.stringify(resultOf(calibration, overloads, test, text), null, 2)}\n`)
    return
  }
  const toPerson = values.out === undefined ? err : out
  toPerson(reportOf(calibration, overloads, test, noTest))
  if (values.out === undefined) out(text)
  else toPerson(`\nwritten: ${values.out}; simulate it: parcours simulate ${values.out}\n`)
}

interface Said {
  calibration: Calibration
  overloads: Overload[]
  test: BackTest | null
  weeks: number
  text: string
}

function readingOptions(timeZone: string, dates: string | undefined, columns: string[]): ReadingOptions {
  if (timeZone !== '' && !isKnownZone(timeZone))
    throw new InputError(`--time-zone ${timeZone}: there is no such zone; use a name of the IANA database, as Europe/Paris`)
  if (dates !== undefined && dates !== 'day-first' && dates !== 'month-first')
    throw new InputError(`--dates ${dates}: expected day-first or month-first`)
  const told: Partial<Record<Role, string>> = {}
  for (const each of columns) {
    const [role, heading] = pair('column', each, 'ROLE=HEADING')
    if (!(roles as readonly string[]).includes(role))
      throw new InputError(`--column ${each}: "${role}" is nothing a column is; use one of ${roles.join(', ')}`)
    told[role as Role] = heading
  }
  return { timeZone, columns: told, ...(dates !== undefined && { dayFirst: dates === 'day-first' }) }
}

/** At the last `=`: an element's id and a role have none; a heading may. */
function pair(option: string, text: string, form: string): [string, string] {
  const at = option === 'column' ? text.indexOf('=') : text.lastIndexOf('=')
  if (at < 1 || at === text.length - 1) throw new InputError(`--${option} ${text}: expected ${form}`)
  return [text.slice(0, at), text.slice(at + 1)]
}

async function programsOf(file: string): Promise<Program[]> {
  const { programs, drawings, findings, beside } = await compileFile(file)
  const problems = problemLines(file, [...findings, ...beside])
  if (problems.length > 0) throw new InputError(problems)
  return [...programs, ...drawings]
}

/** The process that is asked for, or that knows most of the log's activities. */
function labelled(log: Log, programs: Program[], told: Map<string, string>, process: string | undefined, file: string) {
  const names = programs.map((program) => program.process)
  const asked = process === undefined ? programs : programs.filter((program) => program.process === process)
  if (asked.length === 0)
    throw new InputError(
      `--process ${process}: ${file} has no such process; ${nearest(process!, names) ? `did you mean ${nearest(process!, names)}?` : `it has ${names.join(', ')}`}`,
    )
  try {
    const found = asked.map((program) => ({ program, labels: labelsOf(log, program, told) }))
    const known = ({ labels }: { labels: Labels }) => labels.nodes.filter((nodes) => nodes.length > 0).length
    return found.reduce((best, each) => (known(each) > known(best) ? each : best))
  } catch (error) {
    if (error instanceof UnknownElement) throw new InputError(`--activity: ${error.message}`)
    throw error
  }
}

function calibrated(file: string, log: Log, program: Program, labels: Labels): Calibration {
  try {
    return calibrate(log, program, labels)
  } catch (error) {
    if (!(error instanceof NothingToFit)) throw error
    const said = [...log.problems, ...labels.problems].slice(0, 8)
    throw new InputError([
      `${file}: ${error.message}`,
      ...said.map(({ example, message, remedy }) => `${file}: ${example}: ${message}. ${remedy}`),
    ])
  }
}

/** What is learnt may turn out to be impossible: with a hospital that does not go with the drawing, say. @throws InputError */
function simulating<Result>(file: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (!isImpossible(error)) throw error
    throw new InputError(`${file}: what is learnt cannot be simulated: ${error.message}`)
  }
}

function hospitalOf(file: string): { value: unknown; pools: string[] } {
  const { value, problems } = parsedYaml(readText(file))
  if (problems.length > 0) throw new InputError(problems.map((problem) => `${file}: ${problemText(problem)}`))
  const { pools } = (value ?? {}) as { pools?: { id?: unknown }[] }
  if (!Array.isArray(pools)) throw new InputError(`${file}: it has no pools; name a hospital.yaml (docs/add-a-hospital.md)`)
  return { value, pools: pools.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])) }
}

/** A scenario with the hospital that it names, read. */
function onHospital(scenario: unknown, hospital: unknown): unknown {
  const { hospital: named, ...rest } = scenario as { hospital: Record<string, unknown> }
  const { file: _, ...over } = named
  return { ...rest, hospital: extended(hospital, over) }
}
