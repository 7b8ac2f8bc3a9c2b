/** A command in this very process: what it says, and how it ends. */
import type { Terminal } from '../../command/command.ts'

export const said = async (run: (terminal: Terminal) => Promise<number>): Promise<{ code: number; out: string; err: string }> => {
  let [out, err] = ['', '']
  const code = await run({
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    colour: false,
    input: (async function* () {})(),
  })
  return { code, out, err }
}
