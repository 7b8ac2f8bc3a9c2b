/** Logs, drawings and calibrations for tests. */
import { compile } from '../../../pathways/language/compile.ts'
import type { Program } from '../../../pathways/language/program.ts'
import { calibrate } from '../../../twin/calibrate/calibrate.ts'
import { CsvLogReader } from '../../../twin/calibrate/csv-log.ts'
import { labelsOf } from '../../../twin/calibrate/labels.ts'
import type { Log } from '../../../twin/calibrate/log.ts'
import type { LogReader, ReadingOptions } from '../../../twin/calibrate/reading.ts'

export const options = (changes: Partial<ReadingOptions> = {}): ReadingOptions => ({ timeZone: '', columns: {}, ...changes })

export const readWith = (reader: LogReader, text: string): Log => {
  reader.push(text)
  const found = reader.finish()
  if ('dayFirst' in found) throw new Error(`to be read again, day first: ${found.dayFirst}`)
  return found
}

export const readCsv = (text: string, changes: Partial<ReadingOptions> = {}): Log =>
  readWith(new CsvLogReader(options(changes)), text)

/** The first process of a drawing of these elements; flows as `a>b`, by their ids `a_b`. */
export const drawing = async (elements: string, flows: string): Promise<Program> => {
  const drawn = flows
    .trim()
    .split(/\s+/)
    .map((flow) => flow.split('>'))
    .map(([source, target]) => `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}"/>`)
  const bpmn = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="p">${elements}${drawn.join('')}</process></definitions>`
  const { programs, drawings } = await compile({ bpmn })
  return [...programs, ...drawings][0]!
}

export const calibrated = (log: Log, program: Program, told: Record<string, string> = {}) =>
  calibrate(log, program, labelsOf(log, program, new Map(Object.entries(told))), false)
