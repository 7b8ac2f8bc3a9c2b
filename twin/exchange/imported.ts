/** What parameter files of other tools become: a scenario, and what could not be carried over. */
import type { z } from 'zod'
import type { Finding } from '../../pathways/language/finding.ts'
import type { ScenarioFile } from '../experiment/schema.ts'

/** As it is written to a file: before defaults are filled in. */
export type WrittenScenario = z.input<typeof ScenarioFile>

/** What it says of elements, by their ids. */
export type WrittenElements = NonNullable<Exclude<WrittenScenario['pathways'][number], string>['elements']>

export interface Imported {
  /** Null when something in the file is wrong. */
  scenario: WrittenScenario | null
  findings: Finding[]
}

/** An id as scenarios write them, `Senior doctor` as `senior-doctor`; never one of those taken. */
export const slugOf = (text: string, taken: Set<string>): string => {
  const plain = text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
  const base = plain || 'pool'
  let slug = base
  for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`
  taken.add(slug)
  return slug
}

/** Seconds as an ISO 8601 duration, to the millisecond. */
export const isoSeconds = (seconds: number): string => {
  const milliseconds = Math.round(seconds * 1_000)
  const whole = Math.floor(milliseconds / 1_000)
  const rest = milliseconds - whole * 1_000
  return `PT${whole}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}S`
}

/** When a scenario begins: hours are those of the wall clock that its start is written by, which knows no summer time. */
export const siteOf = (start: string) => ({ epoch: `${start.replace(/(Z|[+-]\d\d:?\d\d)$/, '')}Z`, timeZone: 'UTC' })

/** Something in the file that is wrong, or that is not carried over. */
export const finding = (
  severity: Finding['severity'],
  rule: string,
  element: string,
  [message, help]: [string, string],
  [french, frenchHelp]: [string, string],
): Finding => ({ rule, severity, element, message, help, french: { message: french, help: frenchHelp } })

/** Probabilities of a gateway that are not 1 together. */
export const badSum = (gateway: string, sum: number): Finding =>
  finding(
    'error',
    'probability-sum',
    gateway,
    [`gateway "${gateway}": its probabilities are ${Number(sum.toFixed(6))} together.`, 'Make them 1 together.'],
    [`La passerelle « ${gateway} » : ses probabilités font ${Number(sum.toFixed(6))} ensemble.`, 'Faites que leur somme soit 1.'],
  )

/** An element that the drawing has not. */
export const unknownElement = (what: string, french: string, id: string): Finding =>
  finding(
    'error',
    'unknown-element',
    id,
    [`The drawing has no ${what} "${id}".`, 'Give the parameters of this very drawing, or correct the id.'],
    [`Le dessin n’a pas de ${french} « ${id} ».`, 'Donnez les paramètres de ce dessin, ou corrigez l’identifiant.'],
  )

/** A name that nothing in the file stands behind. */
export const unknownReference = (what: string, french: string, id: string): Finding =>
  finding(
    'error',
    'unknown-reference',
    id,
    [`The file has no ${what} "${id}", which it refers to.`, 'Add it, or correct the id.'],
    [`Le fichier n’a pas de ${french} « ${id} », auquel il renvoie.`, 'Ajoutez-le, ou corrigez l’identifiant.'],
  )

/** What is read, and says something that a scenario cannot. */
export const notCarried = (element: string, what: string, french: string): Finding =>
  finding(
    'warning',
    'not-carried',
    element,
    [`${what} is not carried over.`, 'Say it in the scenario or in the drawing, if it matters.'],
    [`${french} : non repris.`, 'Dites-le dans le scénario ou dans le dessin, si cela compte.'],
  )
