/** What a pathway asks for, held against what a hospital has: what it could never be given is said before a patient waits for it. */
import type { ImpossibleRequest } from '../../resources/impossible.ts'
import { createLedger } from '../../resources/ledger.ts'
import type { Finding } from '../finding.ts'
import type { ProgramNode } from '../program.ts'
import { impossibleRequests } from './impossible-requests.ts'
import { about, type HospitalResources, type HospitalRule } from './rule.ts'

/**
 * The rule for one hospital: an error for each element whose request the allocator would refuse there, and for each declared hold that could
 * never be filled. Quantities and filters that depend on the patient are left out: what is said holds for every patient.
 */
export const siteResource = (hospital: HospitalResources): HospitalRule => {
  const { site, calendars, pools, units, lots } = hospital
  const ledger = createLedger({ calendars, pools, units, lots, requests: [], held: [], nextSequence: 1 }, site)
  return (program) => impossibleRequests(program, ledger).map(({ node, refusal }) => told(node, refusal, site.name))
}

const told = (node: ProgramNode, { pool, reason }: ImpossibleRequest, hospital: string): Finding => {
  if (reason === 'unknown pool')
    return about(
      node,
      'resource-unknown',
      'error',
      [
        `asks for "${pool}", which the hospital "${hospital}" does not have: the patient would wait for nothing.`,
        'Correct the name of the resource here, or add it to the hospital.',
      ],
      [
        `demande « ${pool} », que l’établissement « ${hospital} » n’a pas : le patient attendrait pour rien.`,
        'Corrigez ici le nom de la ressource, ou ajoutez-la à l’établissement.',
      ],
    )
  if (reason === 'filter on stock')
    return about(
      node,
      'resource-impossible',
      'error',
      [`chooses among "${pool}", which the hospital "${hospital}" keeps as stock: one is like another.`, 'Remove the filter.'],
      [
        `choisit parmi « ${pool} », que l’établissement « ${hospital} » tient en stock : rien n’y distingue l’un de l’autre.`,
        'Retirez le filtre.',
      ],
    )
  return about(
    node,
    'resource-impossible',
    'error',
    [
      `asks for more of "${pool}" than the hospital "${hospital}" will ever have that fits.`,
      'Ask for fewer, for another kind, or add to the hospital what is missing.',
    ],
    [
      `demande plus de « ${pool} » que l’établissement « ${hospital} » n’en aura jamais qui conviennent.`,
      'Demandez-en moins, ou d’une autre sorte, ou ajoutez à l’établissement ce qui manque.',
    ],
  )
}
