/** An event log from somebody's disk, read in the page: it leaves the machine for nobody. */
import { type ArrivalFit, fitArrivals, siteIn } from '../../../twin/calibrate/arrivals.ts'
import { CsvLogReader } from '../../../twin/calibrate/csv-log.ts'
import { JsonLogReader } from '../../../twin/calibrate/facts.ts'
import { firstHeard, type Log } from '../../../twin/calibrate/log.ts'
import type { Problem } from '../../../twin/calibrate/problems.ts'
import { type LogReader, type ReadingOptions, UnreadableLog } from '../../../twin/calibrate/reading.ts'
import { XesReader } from '../../../twin/calibrate/xes.ts'

const PIECE = 1 << 20

export interface ArrivalsOfLog {
  fit: ArrivalFit
  /** Cases that arrived. */
  cases: number
  problems: Problem[]
  assumptions: string[]
}

/** When its cases begin, fitted. @throws UnreadableLog with what to do. */
export async function arrivalsOfLog(file: Blob): Promise<ArrivalsOfLog> {
  const log = await readLog(await textOf(file))
  const times = log.cases.flatMap(({ works }) => {
    const heard = works.map(firstHeard).filter((at) => !Number.isNaN(at))
    return heard.length > 0 ? [Math.min(...heard)] : []
  })
  if (times.length < 2) throw new UnreadableLog(['fewer than two of its cases have a time'])
  times.sort((one, other) => one - other)
  return {
    fit: fitArrivals(times, siteIn(log.timeZone)),
    cases: times.length,
    problems: [...log.problems],
    assumptions: log.assumptions,
  }
}

/** UTF-8, or what Excel writes. */
async function textOf(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8: as Excel writes a CSV in western Europe.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

async function readLog(text: string): Promise<Log> {
  const found = await readWith(text, { timeZone: '', columns: {} })
  // What the dates are shows only at the end: once more, knowing it.
  return 'cases' in found ? found : ((await readWith(text, { timeZone: '', columns: {}, ...found })) as Log)
}

async function readWith(text: string, options: ReadingOptions): Promise<Log | { dayFirst: boolean }> {
  const head = text.slice(0, 4096).trimStart()
  const reader: LogReader = head.startsWith('<')
    ? new XesReader(options)
    : /^[[{]/.test(head)
      ? new JsonLogReader(options)
      : new CsvLogReader(options)
  for (let at = 0; at < text.length; at += PIECE) {
    reader.push(text.slice(at, at + PIECE))
    // The page stays quick meanwhile.
    await new Promise((resolve) => setTimeout(resolve))
  }
  return reader.finish()
}
