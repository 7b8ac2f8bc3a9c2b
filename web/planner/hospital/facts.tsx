/** Who or what is selected: where, waiting for what, holding what, apart; and the way to it in operations. */
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { isoOf } from '../../../pathways/time/site.ts'
import { NONE, roomOfPlace, runId, type Trace } from '../../../twin/trace/trace.ts'
import { Role, UNIT } from '../../../twin/view/agents.ts'
import type { View } from '../../../twin/view/contract.ts'
import type { Selection } from '../../../twin/view/picking.ts'
import { unitState } from '../../../twin/view/unit-state.ts'
import { text, useText } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { RunLink, useNames } from '../../shared/names.tsx'
import { durationText, momentText } from '../../shared/times.ts'
import classes from './hospital.module.css'
import { usePlaceNames } from './place-names.ts'

const PEOPLE_MAX = 60

interface FactsProps {
  view: View
  trace: Trace
  selected: Selection
  onSelect: (selected: Selection | null, follow?: boolean) => void
}

export function Facts({ view, trace, selected, onSelect }: FactsProps) {
  if (selected.kind === 'room') return <RoomFacts view={view} trace={trace} room={selected.room} onSelect={onSelect} />
  return selected.id >= UNIT ? (
    <UnitFacts view={view} trace={trace} unit={selected.id - UNIT} onSelect={onSelect} />
  ) : (
    <RunFacts view={view} trace={trace} run={selected.id} onSelect={onSelect} />
  )
}

const useRoomName = (trace: Trace) => {
  const names = usePlaceNames()
  return (room: number): string => names.room(trace.places, room)
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" className="quiet">
        {label}
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  )
}

function RunFacts({ view, trace, run, onSelect }: Omit<FactsProps, 'selected'> & { run: number }) {
  const language = useText()
  const names = useNames()
  const roomName = useRoomName(trace)
  const playback = view.playback!
  const pathway = trace.pathways[trace.runs.pathway[run]!]!
  const place = playback.place[run]!
  const step = trace.elements[playback.step[run]!]
  const waits = playback.waiting[run]! > 0 ? trace.elements[playback.waitsFor[run]!] : undefined
  const held = heldBy(view, run)
  const since = playback.waitsSince[run]!
  const urgency = playback.urgency[run]!
  const isGone = !!playback.isOver[run]
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {names.pathway(pathway)} {trace.runs.ids ? '' : trace.runs.number[run]}
      </Title>
      {isGone ? <Text size="sm">{text('hospital.gone')}</Text> : null}
      {urgency > 0 ? <Fact label={text('hospital.urgency')}>{text(`hospital.urgency.${urgency as 1}`)}</Fact> : null}
      <Fact label={text('hospital.location')}>{place === NONE ? '–' : roomName(roomOfPlace(trace, place))}</Fact>
      {step ? <Fact label={text('hospital.step')}>{names.say(step.name, trace.pathways[step.pathway]!)}</Fact> : null}
      <Fact label={text('hospital.waitsFor')}>
        {waits
          ? `${names.say(waits.name, trace.pathways[waits.pathway]!)} (${waits.pools.map((pool) => names.say(trace.pools[pool]!.name)).join(', ')}) · ${durationText(view.at - since, language)}`
          : text('hospital.nothing')}
      </Fact>
      <Fact label={text('hospital.holds')}>
        {held.length > 0 ? held.map((unit) => names.say(trace.units[unit]!.name)).join(', ') : text('hospital.nothing')}
      </Fact>
      <Group gap="xs" mt={4}>
        <Button size="compact-sm" variant="light" onClick={() => onSelect({ kind: 'agent', id: run }, true)}>
          {text('hospital.follow')}
        </Button>
        {trace.runs.ids ? (
          <RunLink run={runId(trace, run)} />
        ) : step ? (
          <TextLink size="sm" to="/pathways" search={{ pathway: trace.pathways[step.pathway]!, element: step.id }}>
            {text('hospital.toStep')}
          </TextLink>
        ) : null}
      </Group>
    </Stack>
  )
}

function UnitFacts({ view, trace, unit, onSelect }: Omit<FactsProps, 'selected'> & { unit: number }) {
  const language = useText()
  const { say } = useNames()
  const roomName = useRoomName(trace)
  const playback = view.playback!
  const { name, pool } = trace.units[unit]!
  const holder = playback.holder[unit]!
  const moved = isoOf(playback.unitMovedAt[unit]!, trace.site)
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {say(name)}
      </Title>
      <Fact label={text('hospital.pool')}>{say(trace.pools[pool]!.name)}</Fact>
      <Fact label={text('hospital.location')}>
        {roomName(roomOfPlace(trace, playback.unitPlace[unit]!))} · {momentText(moved, isoOf(view.at, trace.site), language)}
      </Fact>
      <Fact label={text('hospital.with')}>
        {holder === NONE ? (
          text('hospital.nobody')
        ) : (
          <Button size="compact-sm" variant="subtle" onClick={() => onSelect({ kind: 'agent', id: holder })}>
            {runId(trace, holder)}
          </Button>
        )}
      </Fact>
      <Group gap="xs">
        <Button size="compact-sm" variant="light" onClick={() => onSelect({ kind: 'agent', id: UNIT + unit }, true)}>
          {text('hospital.follow')}
        </Button>
        {trace.runs.ids ? (
          <TextLink size="sm" to="/beds" search={{ pool: trace.pools[pool]!.id }}>
            {text('hospital.toBoard')}
          </TextLink>
        ) : null}
      </Group>
    </Stack>
  )
}

function RoomFacts({ view, trace, room, onSelect }: Omit<FactsProps, 'selected'> & { room: number }) {
  const { say } = useNames()
  const names = usePlaceNames()
  const roomName = useRoomName(trace)
  const agents = view.agents!
  const { rooms, areas } = trace.places
  // The room where one waits stands for its whole area: everybody there is found by it, by keys too.
  const { kind, area } = rooms[room]!
  const isArea = kind === 'waiting' && area >= 0
  const inside = Array.from({ length: agents.count }, (_, index) => index).filter((index) =>
    isArea ? rooms[agents.room[index]!]!.area === area : agents.room[index] === room,
  )
  const patients = inside.filter((index) => agents.role[index] === Role.patient)
  const units = trace.places.spots.flatMap((spot, unit) => (spot.room === room && !view.playback!.isMobile[unit] ? [unit] : []))
  const pool = units.length > 0 ? trace.pools[trace.units[units[0]!]!.pool]!.id : null
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {isArea ? names.place(areas[area]!.place) : roomName(room)}
      </Title>
      <Fact label={text('hospital.inside')}>
        {text('hospital.counts', {
          patients: patients.length,
          waiting: patients.filter((index) => agents.waiting[index]).length,
          staff: inside.length - patients.length,
        })}
      </Fact>
      {units.slice(0, 8).map((unit) => (
        <Fact key={unit} label={say(trace.units[unit]!.name)}>
          {text(`hospital.unit.${unitState(view.playback!, unit)}`)}
        </Fact>
      ))}
      <Group gap={4} className={classes.people}>
        {inside.slice(0, PEOPLE_MAX).map((index) => (
          <Button
            key={agents.id[index]}
            size="compact-xs"
            variant="default"
            onClick={() => onSelect({ kind: 'agent', id: agents.id[index]! })}
          >
            {agents.id[index]! >= UNIT ? say(trace.units[agents.id[index]! - UNIT]!.name) : runId(trace, agents.id[index]!)}
          </Button>
        ))}
      </Group>
      {pool && trace.runs.ids ? (
        <TextLink size="sm" to="/beds" search={{ pool }}>
          {text('hospital.toBoard')}
        </TextLink>
      ) : null}
    </Stack>
  )
}

const heldBy = ({ playback }: View, run: number): number[] => {
  const held: number[] = []
  for (let unit = playback!.heldFirst[run]!; unit >= 0; unit = playback!.heldNext[unit]!) held.push(unit)
  return held.reverse()
}
