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
import { isFresh, type Sightings } from './sightings.ts'

const PEOPLE_MAX = 60

interface FactsProps {
  view: View
  trace: Trace
  selected: Selection
  /** What beacons last saw; null where there is no real hospital. */
  sightings: Sightings | null
  onSelect: (selected: Selection | null, follow?: boolean) => void
}

export function Facts({ selected, ...props }: FactsProps) {
  if (selected.kind === 'room') return <RoomFacts {...props} room={selected.room} />
  return selected.id >= UNIT ? <UnitFacts {...props} unit={selected.id - UNIT} /> : <RunFacts {...props} run={selected.id} />
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

function RunFacts({ view, trace, run, sightings, onSelect }: Omit<FactsProps, 'selected'> & { run: number }) {
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
      <Fact label={text('hospital.location')}>
        {place === NONE ? '–' : roomName(roomOfPlace(trace, place))}
        {sightings ? <Beacon trace={trace} at={view.at} sighting={sightings.get(`Patient ${runId(trace, run)}`)} /> : null}
      </Fact>
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

function UnitFacts({ view, trace, unit, sightings, onSelect }: Omit<FactsProps, 'selected'> & { unit: number }) {
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
        {sightings ? <Beacon trace={trace} at={view.at} sighting={sightings.get(`Device ${trace.units[unit]!.id}`)} /> : null}
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

/** What says where somebody is: a beacon, and how long ago; or the pathway, when no beacon has said so for a while. */
function Beacon({ trace, at, sighting }: { trace: Trace; at: number; sighting: ReturnType<Sightings['get']> }) {
  const language = useText()
  const names = usePlaceNames()
  const age = sighting ? durationText(Math.max(0, at - sighting.at), language) : ''
  const said = (): string => {
    if (!sighting) return text('hospital.byPathway')
    if (isFresh(sighting.at, at)) return text('hospital.byBeacon', { age })
    const room = trace.places.rooms.findIndex(({ id }) => id === sighting.location)
    return text('hospital.beaconStale', {
      age,
      place: room < 0 ? names.place(sighting.location) : names.room(trace.places, room),
    })
  }
  return (
    <Text size="xs" className="quiet">
      {said()}
    </Text>
  )
}

function RoomFacts({ view, trace, room, onSelect }: Omit<FactsProps, 'selected' | 'sightings'> & { room: number }) {
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
