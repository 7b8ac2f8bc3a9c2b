/** Rehearsal lines as the text that the conformance table compares. */
import type { RehearsalEnd, RehearsalLine } from '../../twin/rehearse/rehearse.ts'
import type { ConformanceCase } from './case.ts'

export interface Trace {
  text: string
  variables: Record<string, unknown>
}

export function traceOf({ process = 'main', flows }: ConformanceCase, lines: (RehearsalLine | RehearsalEnd)[]): Trace {
  const texts: string[] = []
  let variables: Record<string, unknown> = {}
  for (const line of lines) {
    if ('outcome' in line) {
      texts.push(endText(line))
      variables = line.variables
    } else if (line.event !== 'taken' || flows) texts.push(lineText(line, process))
  }
  return { text: texts.join('\n'), variables }
}

function lineText(line: RehearsalLine, main: string): string {
  const where = line.process === main ? '' : `${line.process}:`
  const counter = line.instance === undefined ? '' : ` #${line.instance}`
  const count = line.instances === undefined ? '' : ` ×${line.instances}`
  return `${line.at} ${line.event} ${where}${line.element}${counter}${count}`
}

function endText({ outcome, at, error, open }: RehearsalEnd): string {
  const cause = error ? ` ${error.code} ${error.element}` : ''
  return `=> ${outcome} ${at}${cause}${open.length > 0 ? ` open ${open.join(' ')}` : ''}`
}

/** The lines of a literal in the table, without its indentation. */
export const linesOf = (expected: string) =>
  expected
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
