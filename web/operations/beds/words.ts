/** What the board says of beds and of those who wait, in words. */
import type { BoardRequestItem, BoardUnitItem } from '../../../api/types.ts'
import { text, textOf } from '../../shared/language.ts'

type Filter = BoardRequestItem['needs'][number]['where'][number]

/** `spécialité : chirurgie` */
export function attributeText(name: string, value: unknown): string {
  if (value === true) return textOf('attribute', name)
  if (value === false || value === null) return text('beds.without', { attribute: textOf('attribute', name).toLowerCase() })
  return [value]
    .flat()
    .map((one) => textOf('attributeValue', String(one)))
    .join(', ')
}

export const filterText = ({ attribute, value }: Filter): string => attributeText(attribute, value)

/** The attributes that set a unit apart. */
export const attributesText = ({ attributes }: BoardUnitItem): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== false && value !== null)
    .map(([name, value]) => attributeText(name, value))
    .join(' · ')

/** Whose a bed or a request is: a name for those who may read it, else the run's short id. */
export const whoText = (one: { person: { name: string } | null; run: string | null }): string =>
  one.person?.name ?? (one.run === null ? '' : text('beds.anonymous', { id: one.run.split('-').at(-1)!.slice(0, 6) }))

/** Why a request waits, as the allocator explains it: one reason a line, the decisive one first. */
export function reasonsOf(
  request: BoardRequestItem,
  units: ReadonlyMap<string, BoardUnitItem>,
  pools: (id: string) => string,
): string[] {
  const reasons: string[] = []
  const { planned, state, needs, ahead, passed, passesMax } = request
  if (planned) {
    const unit = units.get(planned.unit)?.name ?? planned.unit
    reasons.push(
      text(planned.chosen ? 'beds.whyPromised' : 'beds.whyPlanned', { unit, state: textOf('unit', planned.state).toLowerCase() }),
    )
  }
  if (state === 'planned') reasons.push(text('beds.whyLater'))
  for (const { pool, quantity, satisfied, suitable, where } of needs) {
    if (satisfied || quantity === 0 || planned?.unit) continue
    const fitting = Object.values(suitable).reduce((sum, count) => sum + count, 0)
    const filters = where.map(filterText).join(', ')
    const name = pools(pool)
    if (suitable.kept > 0) reasons.push(text('beds.whyKept', { count: suitable.kept, pool: name }))
    else if (suitable.closed === fitting) reasons.push(text('beds.whyClosed', { pool: name, filters: filters || '–' }))
    else if (filters)
      reasons.push(
        text('beds.whyFilter', { fitting, filters, occupied: suitable.occupied + suitable.reserved, dirty: suitable.dirty }),
      )
    else
      reasons.push(text('beds.whyNone', { pool: name, occupied: suitable.occupied + suitable.reserved, dirty: suitable.dirty }))
  }
  if (ahead.length > 0) reasons.push(text('beds.whyAhead', { count: ahead.length }))
  if (state === 'reserving') reasons.push(text('beds.whyReserving', { passed, passesMax }))
  return reasons
}

/** The rule by which a unit is proposed. */
export function ruleOf(request: BoardRequestItem): string {
  const { proposal } = request
  if (!proposal) return ''
  const parts = [text(`beds.rule.${proposal.state}`)]
  if (proposal.rank > 0) parts.push(text('beds.ruleRank', { rank: proposal.rank + 1 }))
  parts.push(
    proposal.extra.length === 0
      ? text('beds.ruleExact')
      : text('beds.ruleExtra', { extra: proposal.extra.map((name) => textOf('attribute', name).toLowerCase()).join(', ') }),
  )
  if (proposal.ahead > 0) parts.push(text('beds.ruleAhead', { count: proposal.ahead }))
  return parts.join(' ')
}

/** What a tile says by icon or edge alone, for those who hear it. */
export function moreText(unit: BoardUnitItem): string {
  const isHeld = unit.state === 'occupied' || unit.state === 'reserved'
  const parts = [isHeld ? textOf('unit', unit.state) : '', unit.isolation ? text('beds.isolated') : '']
  if (isHeld && unit.keptFor) parts.push(text(`beds.kept.${unit.keptFor.rule}`))
  return parts.filter(Boolean).join(', ')
}

/** `sortie lun. 5 janv.` */
export function exitText({ at, state }: NonNullable<BoardUnitItem['exit']>, language: string): string {
  if (state === 'ready') return text('beds.exitReady')
  const day = new Date(`${at.slice(0, 10)}T12:00:00Z`)
  const date = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    day,
  )
  return text(state === 'overdue' ? 'beds.exitOverdue' : 'beds.exitPlanned', { date })
}
