/** Tokens that come together: two where one should be, or so many that there may be no end of them. */
import type { Instance } from '../engine/instance.ts'
import { endKey } from './state.ts'

/** Two tokens on one flow, or two in one activity that is no multi-instance one. */
export function isUnsafe({ marking: { tokens, activations } }: Instance): boolean {
  if (tokens.some(({ count }) => count > 1)) return true
  return activations.some(({ node, scope, whole, undoes }, place) => {
    if (whole >= 0 || undoes) return false
    for (let before = 0; before < place; before++) {
      const other = activations[before]!
      if (other.node === node && other.scope === scope && other.whole < 0 && !other.undoes) return true
    }
    return false
  })
}

/** So many tokens at one place are taken for a number without end: what comes after is not looked at. */
const TOKENS_MAX = 4

export function isGrowing({ marking: { tokens, activations } }: Instance): boolean {
  if (tokens.some(({ count }) => count >= TOKENS_MAX)) return true
  if (activations.length < TOKENS_MAX) return false
  const counts = new Map<number, number>()
  return activations.some(({ node, scope, whole }) => {
    const key = endKey(scope, node)
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return whole < 0 && count >= TOKENS_MAX
  })
}
