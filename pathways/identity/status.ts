/**
 * What an identity is worth, by the RNIV, from least to most: provisional; recovered, its INS answered by INSi but no document of high trust
 * seen; validated, such a document seen but no INS that agrees; qualified, both. Only a qualified INS may leave with its matricule.
 */
export const IDENTITY_STATUSES = ['PROV', 'RECUP', 'VALI', 'QUAL'] as const
export type IdentityStatus = (typeof IDENTITY_STATUSES)[number]

/** Whether a value is one of the statuses: variables of a run may hold anything. */
export const isIdentityStatus = (value: unknown): value is IdentityStatus =>
  (IDENTITY_STATUSES as readonly unknown[]).includes(value)
