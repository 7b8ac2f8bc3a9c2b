/** What an incident says to people: what went wrong and what to do about it, in their language; nothing of the patient. */
import type { z } from '@hono/zod-openapi'
import type { ImpossibleReason } from '../pathways/resources/index.ts'
import { isoOf, type SiteTime } from '../pathways/time/site.ts'
import type { IncidentRow, RefusedRequest } from '../records/incidents.ts'
import { FAILURE } from '../workflows/messages.ts'
import { timeOrNull } from './presenting.ts'
import type { Language } from './problems.ts'
import type { IncidentItem } from './schemas/watch.ts'

type Item = z.infer<typeof IncidentItem>
type Words = Record<Language, { reason: string; remedy: string }>

/** A request can be asked again or given up; only a system activity can be passed over: a step without its bed would go on without one. */
const ACTIONS = {
  request: ['retry', 'cancel'],
  failure: ['retry', 'cancel'],
  activity: ['retry', 'skip', 'cancel'],
} satisfies Record<string, Item['actions']>

const REMEDIES: Record<Language, string> = {
  fr: 'Réessayez quand le service répond de nouveau, passez l’étape, ou annulez le parcours.',
  en: 'Retry when the service answers again, skip the step, or cancel the run.',
}

/** The run stands still before what failed, with all it holds. */
const FAILED: Words = {
  fr: {
    reason: 'Rien n’intercepte l’erreur « {code} » : le parcours ne peut pas continuer.',
    remedy: 'Corrigez ses données et réessayez, faites-le passer à une version corrigée puis réessayez, ou mettez-y fin.',
  },
  en: {
    reason: 'Nothing catches the error "{code}": the pathway cannot go on.',
    remedy: 'Correct its data and retry, move it to a mended version and retry, or end it.',
  },
}

const CORRECT = {
  fr: 'Corrigez le parcours et publiez-le, puis annulez celui-ci et recommencez-le.',
  en: 'Correct the pathway and publish it, then cancel this run and start it again.',
}

const IMPOSSIBLE: Record<ImpossibleReason, Words> = {
  'unknown pool': {
    fr: {
      reason: 'Ce site n’a pas de groupe « {pool} ».',
      remedy: 'Ajoutez-le à l’hôpital puis réessayez, ou annulez le parcours.',
    },
    en: { reason: 'This site has no pool "{pool}".', remedy: 'Add it to the hospital and retry, or cancel the run.' },
  },
  'more than there are': {
    fr: {
      reason: '« {pool} » n’a pas assez d’unités qui conviennent, même toutes libres : {wanted}.',
      remedy: 'Ajoutez-en à l’hôpital puis réessayez, ou annulez le parcours.',
    },
    en: {
      reason: '"{pool}" has too few units that fit, even when all are free: {wanted}.',
      remedy: 'Add some to the hospital and retry, or cancel the run.',
    },
  },
  'bad quantity': {
    fr: { reason: 'Une quantité demandée à « {pool} » n’en est pas une : {wanted}.', remedy: CORRECT.fr },
    en: { reason: 'A quantity asked of "{pool}" is none: {wanted}.', remedy: CORRECT.en },
  },
  'filter on stock': {
    fr: { reason: '« {pool} » est un stock : il n’a pas d’attributs à choisir ({wanted}).', remedy: CORRECT.fr },
    en: { reason: '"{pool}" is a stock: it has no attributes to choose by ({wanted}).', remedy: CORRECT.en },
  },
  'unknown planned unit': {
    fr: {
      reason: 'L’unité prévue « {unit} » n’existe pas sur ce site.',
      remedy: 'Ajoutez-la à l’hôpital puis réessayez, ou annulez le parcours.',
    },
    en: { reason: 'This site has no planned unit "{unit}".', remedy: 'Add it to the hospital and retry, or cancel the run.' },
  },
  'planned unit not asked for': {
    fr: { reason: 'L’unité « {unit} » est prévue, mais rien n’est demandé à son groupe « {pool} ».', remedy: CORRECT.fr },
    en: { reason: 'The unit "{unit}" is planned, but nothing is asked of its pool "{pool}".', remedy: CORRECT.en },
  },
  'planned unit does not fit': {
    fr: {
      reason: 'L’unité prévue « {unit} » ne convient pas : {wanted}.',
      remedy: 'Annulez le parcours et planifiez une autre unité.',
    },
    en: { reason: 'The planned unit "{unit}" does not fit: {wanted}.', remedy: 'Cancel the run and plan another unit.' },
  },
}

/** One incident as the API answers it. */
export function incidentItem(row: IncidentRow, site: SiteTime, language: Language): Item {
  const { run, pathway, element, name, activity, owner, state, resolvedBy } = row
  const wanted = row.request ? wantedBy(row.request) : []
  return {
    ...{ id: String(row.id), run, pathway, element, name, activity, owner, state, resolvedBy, wanted },
    ...(row.request ? impossible(row.request, wanted, language) : wordsOf(row, language)),
    actions: actionsFor(row),
    resolution: row.remedy,
    resolutionReason: row.remedyReason,
    openedAt: isoOf(row.openedAt, site),
    resolvedAt: timeOrNull(row.resolvedAt, site),
  }
}

/** What may be decided about an incident. */
export const actionsFor = ({ activity }: Pick<IncidentRow, 'activity'>): Item['actions'] =>
  activity === 'request' ? ACTIONS.request : activity === FAILURE ? ACTIONS.failure : ACTIONS.activity

function wordsOf({ activity, reason }: IncidentRow, language: Language) {
  if (activity !== FAILURE) return { reason, remedy: REMEDIES[language] }
  const [code = ''] = reason.split(': ')
  return { ...FAILED[language], reason: FAILED[language].reason.replace('{code}', code) }
}

/** The attributes that count, without the values: those may say something of the patient. */
const wantedBy = ({ needs }: RefusedRequest): Item['wanted'] =>
  needs.map(({ pool, quantity, where }) => ({
    pool,
    quantity,
    filters: where.filter(({ value }) => value !== null).map(({ attribute }) => attribute),
  }))

function impossible({ slot, refused }: RefusedRequest, wanted: Item['wanted'], language: Language) {
  const { reason, remedy } = IMPOSSIBLE[refused.reason][language]
  const inPool = wanted
    .filter(({ pool }) => pool === refused.pool)
    .map(({ quantity, filters }) => `${quantity}${filters.length > 0 ? ` (${filters.join(', ')})` : ''}`)
  const parameters: Record<string, string> = { pool: refused.pool, unit: slot?.unit ?? '', wanted: inPool.join(' + ') }
  return { reason: reason.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? ''), remedy }
}
