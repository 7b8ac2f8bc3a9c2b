/** A trace as it grows. */
import type { Trace, TraceHeader } from './trace.ts'

const FIRST = 1 << 14

/** An empty trace. */
export const emptyTrace = (header: TraceHeader, isNamed: boolean): Trace => ({
  ...header,
  rows: 0,
  columns: {
    ms: new Uint16Array(FIRST),
    run: new Uint32Array(FIRST),
    change: new Uint8Array(FIRST),
    value: new Uint32Array(FIRST),
  },
  minuteRows: new Uint32Array(FIRST),
  minutes: 0,
  runs: { count: 0, pathway: new Uint16Array(FIRST), number: new Uint32Array(FIRST), ids: isNamed ? [] : null },
})

/** @returns the row's index. Rows come in order of time. */
export const addRow = (trace: Trace, at: number, run: number, change: number, value: number): number => {
  const minute = Math.floor((at - trace.start) / 60_000)
  while (trace.minutes <= minute) {
    if (trace.minutes === trace.minuteRows.length) trace.minuteRows = grown(trace.minuteRows)
    trace.minuteRows[trace.minutes++] = trace.rows
  }
  const { columns } = trace
  const row = trace.rows++
  if (row === columns.ms.length) {
    columns.ms = grown(columns.ms)
    columns.run = grown(columns.run)
    columns.change = grown(columns.change)
    columns.value = grown(columns.value)
  }
  columns.ms[row] = at - trace.start - minute * 60_000
  columns.run[row] = run
  columns.change[row] = change
  columns.value[row] = value
  return row
}

/** @returns the run's index. */
export const addRun = (trace: Trace, pathway: number, number: number, id: string): number => {
  const { runs } = trace
  if (runs.count === runs.pathway.length) {
    runs.pathway = grown(runs.pathway)
    runs.number = grown(runs.number)
  }
  runs.pathway[runs.count] = pathway
  runs.number[runs.count] = number
  runs.ids?.push(id)
  return runs.count++
}

/** All columns as long as what they hold, the index to its end: what is stored and sent. */
export const closeTrace = (trace: Trace): Trace => {
  const minutes = Math.floor((trace.end - trace.start) / 60_000) + 1
  while (trace.minutes < minutes) {
    if (trace.minutes === trace.minuteRows.length) trace.minuteRows = grown(trace.minuteRows)
    trace.minuteRows[trace.minutes++] = trace.rows
  }
  const { columns, runs, rows } = trace
  columns.ms = columns.ms.slice(0, rows)
  columns.run = columns.run.slice(0, rows)
  columns.change = columns.change.slice(0, rows)
  columns.value = columns.value.slice(0, rows)
  trace.minuteRows = trace.minuteRows.slice(0, trace.minutes)
  runs.pathway = runs.pathway.slice(0, runs.count)
  runs.number = runs.number.slice(0, runs.count)
  return trace
}

const grown = <Column extends Uint8Array | Uint16Array | Uint32Array>(column: Column): Column => {
  const larger = new (column.constructor as new (length: number) => Column)(column.length * 2)
  larger.set(column)
  return larger
}
