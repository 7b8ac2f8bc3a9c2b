/** A board as a role may see it: names for those who see identities, filters and stays for those who steer patients. */
import type { z } from '@hono/zod-openapi'
import type { Value } from '../pathways/language/feel/value.ts'
import type { SiteTime } from '../pathways/time/site.ts'
import type { Board, BoardRequest, BoardUnit } from '../records/bed-board.ts'
import type { Person, Stay } from '../records/stays.ts'
import { seesPatients, timeOf, timeOrNull } from './presenting.ts'
import { type Role, seesIdentity, visibleVariables } from './roles.ts'
import type { BoardAnswer, BoardRequestItem, BoardUnitItem } from './schemas/beds.ts'
import type { Json } from './schemas/common.ts'

type UnitItem = z.infer<typeof BoardUnitItem>
type RequestItem = z.infer<typeof BoardRequestItem>

export function boardAnswer(board: Board, role: Role, site: SiteTime): z.infer<typeof BoardAnswer> {
  const people = new Map(board.requests.map(({ request, stay }) => [request.holder, stay?.person ?? null]))
  return {
    at: timeOf(board.at, site),
    pool: board.pool,
    units: board.units.map((unit) => unitItem(unit, role, site)),
    requests: board.requests.map((request) => requestItem(request, people, role, site)),
  }
}

function unitItem(unit: BoardUnit, role: Role, site: SiteTime): UnitItem {
  const { id, name, place, attributes, state, since, revision, outOfService, blocked, stay, heldSince } = unit
  const { exit, cleaning, keptFor } = unit
  const planned = exit && seesStays(role) ? { at: timeOf(exit.at, site), state: exit.state } : null
  return {
    ...{ id, name, place, state, revision, outOfService, blocked, keptFor, exit: planned, ...whoHas(stay, role) },
    attributes: attributes as Json,
    since: timeOf(since, site),
    heldSince: timeOrNull(heldSince, site),
    isolation: mustIsolate(stay, role),
    cleaning: cleaning && { ...cleaning, since: timeOf(cleaning.since, site) },
  }
}

function requestItem(row: BoardRequest, people: ReadonlyMap<string, Person | null>, role: Role, site: SiteTime): RequestItem {
  const { request, stay, revision, element, name, explanation, proposal } = row
  const { state, since, passed, passesMax, position, planned, ahead, needs } = explanation
  const { run: _, ...whose } = whoHas(stay, role)
  return {
    ...{ run: request.holder, wait: request.wait, priority: request.priority, ...whose },
    ...{ revision, element, name, position, state, passed, passesMax },
    isolation: mustIsolate(stay, role),
    since: timeOf(since, site),
    planned: planned && { ...planned, start: timeOf(planned.start, site) },
    needs: needs.map(({ pool, quantity, satisfied, suitable }, index) => ({
      ...{ pool, quantity, satisfied, suitable },
      where: seesStays(role) ? request.needs[index]!.where.map(filterItem) : [],
    })),
    ahead: ahead.map(({ holder, priority }) => ({
      ...{ run: holder, priority },
      person: seesIdentity(role) ? (people.get(holder) ?? null) : null,
    })),
    proposal: proposal && proposalItem(proposal, site),
  }
}

const proposalItem = ({ unit, state, usableAt, rank, extra, ahead }: NonNullable<BoardRequest['proposal']>, site: SiteTime) => ({
  ...{ unit, state, rank, extra, ahead },
  usableAt: timeOf(usableAt, site),
})

const filterItem = ({ attribute, operator, value }: BoardRequest['request']['needs'][number]['where'][number]) => ({
  attribute,
  operator,
  value: value as Exclude<Value, object>,
})

const whoHas = (stay: Stay | null, role: Role) => ({
  run: stay?.run ?? null,
  pathway: stay?.pathway ?? null,
  patient: seesPatients(role) ? (stay?.patient ?? null) : null,
  person: seesIdentity(role) ? (stay?.person ?? null) : null,
})

/** What the pathways call `flow`: isolation, how long a stay is to last, by what a bed is chosen. */
const seesStays = (role: Role): boolean => 'isolation' in visibleVariables({ isolation: true }, role)

const mustIsolate = (stay: Stay | null, role: Role): boolean => seesStays(role) && stay?.variables.isolation === true
