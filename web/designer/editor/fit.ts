/** The whole of a drawing in sight, with a margin around it. */
import type { Canvas } from './diagram-js.ts'

const MARGIN = 24
/** The palette stands at the left, over the drawing. */
export const PALETTE_WIDTH = 116
const SCALE_MAX = 1.2

/** @param left pixels that something else stands over. @returns false where there is nothing to see it in yet. */
export function showWhole(canvas: Canvas, left = MARGIN): boolean {
  const { inner, outer } = canvas.viewbox()
  if (outer.width === 0 || outer.height === 0 || inner.width === 0) return false
  const scale = Math.min(
    SCALE_MAX,
    Math.max(0.1, (outer.width - left - MARGIN) / inner.width),
    Math.max(0.1, (outer.height - 2 * MARGIN) / inner.height),
  )
  const [width, height] = [outer.width / scale, outer.height / scale]
  const free = outer.width - left - MARGIN - inner.width * scale
  const x = inner.x - (left + Math.max(0, free) / 2) / scale
  canvas.viewbox({ x, y: inner.y + inner.height / 2 - height / 2, width, height })
  return true
}
