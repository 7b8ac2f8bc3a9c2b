/** What somebody drew and the server has not yet: kept in this browser, so that neither a lost link nor a closed window loses it. */
import type { Sources } from '../versions.ts'

export interface LocalCopy {
  sources: Sources
  /** The revision that it was drawn on. */
  revision: string
  /** Unix ms. */
  at: number
}

const keyOf = (pathway: string, version: number) => `parcours.draft.${pathway}.${version}`

export function readLocalCopy(pathway: string, version: number): LocalCopy | null {
  const kept = localStorage.getItem(keyOf(pathway, version))
  if (kept === null) return null
  try {
    return JSON.parse(kept) as LocalCopy
  } catch {
    // Nobody can use what cannot be read.
    forgetLocalCopy(pathway, version)
    return null
  }
}

/** @returns false when this browser has no room for it. */
export function keepLocalCopy(pathway: string, version: number, copy: LocalCopy): boolean {
  try {
    localStorage.setItem(keyOf(pathway, version), JSON.stringify(copy))
    return true
  } catch {
    return false
  }
}

export const forgetLocalCopy = (pathway: string, version: number): void => localStorage.removeItem(keyOf(pathway, version))
