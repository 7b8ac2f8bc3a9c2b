/** What the terminal shows while the system comes up: one line for each step when it is done and, on a terminal, what is still awaited. */
import { clearLine, cursorTo } from 'node:readline'

export class Screen {
  #out: NodeJS.WriteStream
  #open = new Map<string, number>()
  #colour: boolean

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out
    this.#colour = Boolean(out.isTTY) && !process.env.NO_COLOR
  }

  /** Shows a piece of work as a step; a failure is shown, and thrown on. */
  async step<T>(name: string, work: (detail: (text: string) => void) => Promise<T>): Promise<T> {
    const begin = Date.now()
    this.#open.set(name, begin)
    this.#await()
    let detail = ''
    try {
      const result = await work((text) => {
        detail = text
      })
      this.#close(name, this.#paint('32', '✓'), detail, begin)
      return result
    } catch (error) {
      this.#close(name, this.#paint('31', '✗'), '', begin)
      throw error
    }
  }

  say(line: string): void {
    this.#erase()
    this.#out.write(`${line}\n`)
    this.#await()
  }

  #close(name: string, mark: string, detail: string, begin: number): void {
    this.#open.delete(name)
    const seconds = ((Date.now() - begin) / 1000).toFixed(1).padStart(6)
    this.say(`  ${mark} ${name.padEnd(34)}${seconds} s${detail ? `  ${this.#paint('2', detail)}` : ''}`)
  }

  #await(): void {
    if (this.#out.isTTY && this.#open.size > 0) {
      const text = `  … ${[...this.#open.keys()].join(', ')}`
      this.#erase()
      this.#out.write(this.#paint('2', text.slice(0, Math.max(20, (this.#out.columns || 80) - 1))))
    }
  }

  #erase(): void {
    if (!this.#out.isTTY) return
    clearLine(this.#out, 0)
    cursorTo(this.#out, 0)
  }

  #paint(code: string, text: string): string {
    return this.#colour ? `\u001b[${code}m${text}\u001b[0m` : text
  }
}
