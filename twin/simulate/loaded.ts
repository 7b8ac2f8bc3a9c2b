/** A Program is made executable once for all replications: nothing of one stays in it. */
import { type Executable, load } from '../../pathways/engine/index.ts'
import type { Program } from '../../pathways/language/program.ts'
import type { SiteTime } from '../../pathways/time/site.ts'

const executables = new WeakMap<Program, Executable>()

export const loaded = (program: Program, site: SiteTime): Executable => {
  const known = executables.get(program)
  if (known?.site === site) return known
  const executable = load(program, site)
  executables.set(program, executable)
  return executable
}
