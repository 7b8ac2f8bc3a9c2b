/** What scrolling costs: how many rows are drawn at most, and the processor time of the page's main thread, step by step. */
import type { Page } from 'playwright-core'

/** A task as long as this one is felt: the limit of a long task. Milliseconds. */
export const LONG_TASK_MS = 50

export interface Scrolling {
  /** Rows in the document at once, at most. */
  rowsMost: number
  /** Processor milliseconds of the main thread by step: all its tasks together, so none of them was longer. */
  stepsMs: number[]
  /** Of which scripts. */
  scriptsMs: number[]
}

/**
 * Scrolls what scrolls above the first row, step by step.
 * @param row selects what is counted. @param positions where to, px, one after the other.
 */
export async function scroll(page: Page, row: string, positions: readonly number[]): Promise<Scrolling> {
  const session = await page.context().newCDPSession(page)
  // By the thread's own clock: what other processes do meanwhile does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((metric) => metric.name === name)!.value * 1_000
    return { task: of('TaskDuration'), script: of('ScriptDuration') }
  }
  const scrolling: Scrolling = { rowsMost: 0, stepsMs: [], scriptsMs: [] }
  const step = async (top: number) => {
    const before = await spent()
    const rows = await page.evaluate(
      async ({ selector, to }) => {
        let scroller = document.querySelector(selector)!.parentElement!
        while (scroller.scrollHeight <= scroller.clientHeight || getComputedStyle(scroller).overflowY === 'visible')
          scroller = scroller.parentElement!
        scroller.scrollTop = to
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        return document.querySelectorAll(selector).length
      },
      { selector: row, to: top },
    )
    const after = await spent()
    return { rows, task: after.task - before.task, script: after.script - before.script }
  }
  let last = 0
  for (const top of positions) {
    let done = await step(top)
    if (done.task > LONG_TASK_MS) {
      // What was read anew just then has nothing to do with scrolling.
      await step(last)
      done = await step(top)
    }
    last = top
    scrolling.rowsMost = Math.max(scrolling.rowsMost, done.rows)
    scrolling.stepsMs.push(done.task)
    scrolling.scriptsMs.push(done.script)
  }
  await session.detach()
  return scrolling
}

export const median = (values: readonly number[]): number => [...values].sort((one, other) => one - other)[values.length >> 1]!
