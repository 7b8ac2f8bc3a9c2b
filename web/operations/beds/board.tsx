/** The units of a pool by place: state said by word, icon and pattern, never by colour alone. */
import { Text, Tooltip } from '@mantine/core'
import { IconCircle, IconCircleFilled, IconClock, IconLock, IconSparkles } from '@tabler/icons-react'
import type { PoolItem, UnitItem } from '../../../api/types.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { RunLink, useNames } from '../../shared/names.tsx'
import { useUnits } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { durationText, momentText, useNow } from '../../shared/times.ts'

type State = UnitItem['state']
export const STATES: State[] = ['occupied', 'reserved', 'dirty', 'free', 'closed']
const ICON: Record<State, typeof IconCircle> = {
  free: IconCircle,
  reserved: IconClock,
  occupied: IconCircleFilled,
  dirty: IconSparkles,
  closed: IconLock,
}

/** A pool's states as one bar; the words beside it say the same. */
export function StateBar({ pool }: { pool: PoolItem }) {
  return (
    <span className="state-bar" aria-hidden>
      {STATES.map((state) =>
        pool[state] > 0 ? <span key={state} data-state={state} style={{ flexGrow: pool[state] }} /> : null,
      )}
    </span>
  )
}

export function StateLegend({ pool }: { pool: PoolItem }) {
  return (
    <ul className="state-legend">
      {STATES.map((state) => {
        const Icon = ICON[state]
        return (
          <li key={state}>
            <span className="state-mark" data-state={state} aria-hidden>
              <Icon size={12} />
            </span>
            <span>{textOf('unit', state)}</span> <strong className="figures">{pool[state]}</strong>
          </li>
        )
      })}
    </ul>
  )
}

export function Board({ pool }: { pool: string }) {
  const units = useUnits(pool)
  const { say } = useNames()
  return (
    <Shown read={units}>
      {({ items, total }) => {
        if (items.length === 0) return <Empty>{text('resources.noUnits')}</Empty>
        const byPlace = new Map<string, UnitItem[]>()
        for (const unit of items) {
          const place = unit.place.split('/')[0]!.trim()
          byPlace.set(place, [...(byPlace.get(place) ?? []), unit])
        }
        return (
          <>
            {[...byPlace].map(([place, there]) => (
              <section key={place} className="place" aria-label={say(place)}>
                <Text component="h3" size="sm" fw={600} className="place-name">
                  {say(place) || text('resources.noPlace')}
                  <span className="quiet figures">
                    {' '}
                    {text('resources.freeOf', {
                      free: there.filter(({ state }) => state === 'free').length,
                      capacity: there.length,
                    })}
                  </span>
                </Text>
                <ul className="units">
                  {there.map((unit) => (
                    <UnitCard key={unit.id} unit={unit} />
                  ))}
                </ul>
              </section>
            ))}
            {total > items.length ? <Text size="xs">{text('state.more', { shown: items.length, total })}</Text> : null}
          </>
        )
      }}
    </Shown>
  )
}

function UnitCard({ unit }: { unit: UnitItem }) {
  const language = useText()
  const now = useNow(10_000)
  const { say } = useNames()
  const Icon = ICON[unit.state]
  const isSettled = unit.state === 'free' || unit.state === 'closed'
  return (
    <li className="unit" data-state={unit.state}>
      <span className="unit-name">{say(unit.name)}</span>
      <span className="unit-state">
        <Icon size={13} aria-hidden />
        {textOf('unit', unit.state)}
      </span>
      {now && !isSettled ? (
        <Tooltip label={text('resources.since', { at: momentText(unit.since, now.iso, language) })}>
          <span className="figures unit-for">{durationText(now.ms - Date.parse(unit.since), language)}</span>
        </Tooltip>
      ) : null}
      {unit.run ? <RunLink run={unit.run} /> : null}
      {unit.outOfService && unit.state !== 'closed' ? <span className="unit-for">{text('resources.closing')}</span> : null}
    </li>
  )
}
