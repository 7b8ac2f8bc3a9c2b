/** A Program as it comes by reference, made ready to run once for all the runs of a worker. */
import { type Executable, load } from '../pathways/engine/index.ts'
import type { Program } from '../pathways/language/program.ts'
import type { ProgramReference, RunInput } from './messages.ts'
import { remembered } from './program-cache.ts'

export function executableOf({ $program, text }: ProgramReference, { site }: RunInput): Executable {
  return remembered(`${$program}/${site.epoch}/${site.timeZone}`, () => {
    if (text === undefined) throw new Error(`The worker's codec did not expand program ${$program}`)
    return load(JSON.parse(text) as Program, site)
  })
}
