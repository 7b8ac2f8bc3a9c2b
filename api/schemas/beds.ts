import { z } from '@hono/zod-openapi'
import { AnyJson, Id, Time, Values } from './common.ts'
import { Suitable, UnitStateName } from './resources.ts'

const Revision = z.string().min(1).max(40)
export const Person = z.object({ name: z.string(), sex: z.enum(['M', 'F', 'UN']), birthDate: z.string() })
const WhoHas = {
  run: Id.nullable(),
  pathway: Id.nullable(),
  patient: Id.nullable(),
  person: Person.nullable().openapi({ description: 'For roles that see identities.' }),
}

export const BoardUnitItem = z
  .object({
    id: Id,
    name: z.string(),
    place: z.string(),
    attributes: Values,
    state: UnitStateName,
    since: Time,
    revision: Revision.openapi({ description: 'Goes with what you decide about it: as it was when you saw it.' }),
    outOfService: z.boolean(),
    blocked: z.object({ by: z.string(), reason: z.string() }).nullable(),
    ...WhoHas,
    heldSince: Time.nullable().openapi({ description: 'Since when, through other units too.' }),
    isolation: z.boolean().openapi({ description: 'Whether whoever has it must be isolated.' }),
    exit: z
      .object({ at: Time, state: z.enum(['planned', 'overdue', 'ready']) })
      .nullable()
      .openapi({ description: '`at` is good for the day; `ready`: nothing medical keeps the patient.' }),
    cleaning: z.object({ run: Id, state: z.enum(['waiting', 'underWay']), since: Time }).nullable(),
    keptFor: z
      .object({ run: Id, wait: z.number().int(), rule: z.enum(['promised', 'planned', 'reserved']) })
      .nullable()
      .openapi({ description: '`promised` by a person, `planned` by its pathway, `reserved` for who was passed too often.' }),
  })
  .openapi('BoardUnit')

export const BoardRequestItem = z
  .object({
    run: Id,
    wait: z.number().int(),
    pathway: Id.nullable(),
    patient: Id.nullable(),
    person: Person.nullable(),
    isolation: z.boolean(),
    revision: Revision,
    element: z.string(),
    name: z.string(),
    since: Time,
    priority: z.number(),
    position: z.number().int().openapi({ description: '1 is served next.' }),
    state: z.enum(['planned', 'waiting', 'reserving']),
    passed: z.number().int(),
    passesMax: z.number().int(),
    planned: z.object({ unit: Id, state: UnitStateName, start: Time, chosen: z.boolean() }).nullable(),
    needs: z.array(
      z.object({
        pool: Id,
        quantity: z.number(),
        satisfied: z.boolean(),
        where: z.array(z.object({ attribute: z.string(), operator: z.enum(['=', '!=', '<=', '>=', 'in']), value: AnyJson })),
        suitable: Suitable,
      }),
    ),
    ahead: z
      .array(z.object({ run: Id, person: Person.nullable(), priority: z.number() }))
      .openapi({ description: 'Served before it.' }),
    proposal: z
      .object({
        unit: Id,
        state: z.enum(['free', 'dirty', 'occupied']),
        usableAt: Time,
        rank: z.number().int(),
        extra: z.array(z.string()),
        ahead: z.number().int(),
      })
      .nullable()
      .openapi({ description: 'What it would get next if nothing else came, and by which rule.' }),
  })
  .openapi('BoardRequest')

export const BoardAnswer = z
  .object({
    at: Time,
    pool: z.object({ id: Id, name: z.string(), turnover: z.string() }),
    units: z.array(BoardUnitItem),
    requests: z.array(BoardRequestItem),
  })
  .openapi('Board')

const Reason = z.string().trim().min(3).max(500)

export const BedDecisionIn = z
  .discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('assign'),
      run: Id,
      wait: z.number().int(),
      unit: Id,
      despite: z.boolean().default(false).openapi({ description: 'Although it lacks what was asked for.' }),
      accepted: z.boolean().default(false).openapi({ description: 'It is the unit that was proposed.' }),
      reason: Reason,
      expected: z.strictObject({ unit: Revision, request: Revision }),
    }),
    z.strictObject({
      action: z.literal('unassign'),
      run: Id,
      wait: z.number().int(),
      reason: Reason,
      expected: z.strictObject({ request: Revision }),
    }),
    z.strictObject({
      action: z.literal('move'),
      from: Id,
      to: Id,
      reason: Reason,
      expected: z.strictObject({ from: Revision, to: Revision }),
    }),
    z.strictObject({
      action: z.enum(['block', 'unblock', 'soil', 'cleaned']),
      unit: Id,
      reason: Reason,
      expected: z.strictObject({ unit: Revision }),
    }),
  ])
  .openapi('BedDecision')
