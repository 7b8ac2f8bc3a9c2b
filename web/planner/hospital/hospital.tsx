/** One hospital as it goes, alone or beside another: the stage, what is set beside it, and its time. */
import '@mantine/core/styles/Progress.css'
import '@mantine/core/styles/Slider.css'
import '@mantine/core/styles/Switch.css'
import { Button, Group, SegmentedControl, Select, Slider, Stack, Switch, Text } from '@mantine/core'
import { IconHome, IconLink, IconMaximize, IconPlane } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Trace } from '../../../twin/trace/trace.ts'
import type { TintKind } from '../../../twin/view/agents.ts'
import type { View } from '../../../twin/view/contract.ts'
import type { HeatKind } from '../../../twin/view/heat.ts'
import { type Overview, overviewOf } from '../../../twin/view/overview.ts'
import type { Selection } from '../../../twin/view/picking.ts'
import { HospitalView } from '../../../twin/view/view.ts'
import { text, useText } from '../../shared/language.ts'
import { Alarms } from './alarms.tsx'
import { AreasList } from './areas-list.tsx'
import { BeaconsCount } from './beacons-count.tsx'
import { Facts } from './facts.tsx'
import classes from './hospital.module.css'
import { keyed } from './keys.ts'
import { HeatScale, Legend } from './legend.tsx'
import { useSaidAlarms } from './said-alarms.ts'
import { Stage } from './stage.tsx'
import { StoreyPicker } from './storey-picker.tsx'
import { SPEEDS, TimeBar } from './time-bar.tsx'
import { ExportTrace } from './trace-files.tsx'
import type { useLiveHospital } from './use-live.ts'

const route = getRouteApi('/hospital')
const TINTS: TintKind[] = ['urgency', 'pathway']
/** Panels are drawn anew so often while time goes on. */
const PANEL_MS = 400

interface HospitalProps {
  trace: Trace
  other: Trace | null
  live: ReturnType<typeof useLiveHospital> | null
  search: ReturnType<typeof route.useSearch>
  change: (next: Partial<ReturnType<typeof route.useSearch>>) => void
}

export function Hospital({ trace, other, live, search, change }: HospitalProps) {
  useText()
  const [view, setView] = useState<View | null>(null)
  const [second, setSecond] = useState<View | null>(null)
  const [selected, setSelected] = useState<Selection | null>(null)
  const [overview, setOverview] = useState<Overview | null>(null)
  const [, draw] = useState(0)
  const [speed, setSpeed] = useState(600)
  const [isPlaying, setPlaying] = useState(false)
  const [noWebGl, setNoWebGl] = useState(false)
  const [followed, setFollowed] = useState<number | null>(null)
  const floors = trace.places.floors
  const top = Math.min(floors.length - 1, Number(search.floor ?? floors.length - 1))
  const isAlone = search.only === '1'
  const apart = Math.min(1, Math.max(0, Number(search.apart ?? 0) || 0))
  const heat = (['occupancy', 'waiting', 'walking'].includes(search.heat ?? '') ? search.heat : null) as HeatKind | null
  const tint: TintKind = search.tint === 'pathway' ? 'pathway' : 'urgency'
  const isFlat = search.plan === '1' || noWebGl
  const said = useSaidAlarms(trace, live !== null)
  const at = useRef(trace.start)
  const whole = useRef<HTMLDivElement>(null)

  const seek = useCallback(
    (time: number) => {
      at.current = time
      view?.seek(time)
      second?.seek(time)
      draw((count) => count + 1)
    },
    [view, second],
  )
  const opened = useRef(false)
  useEffect(() => {
    if (!view) return
    if (!opened.current) {
      opened.current = true
      const asked = Number(search.at)
      // A scenario opens on its busiest hour: at its beginning it is empty.
      const found = trace.runs.ids ? null : overviewOf(view.playback!)
      setOverview(found)
      at.current =
        search.at && asked ? asked * 60_000 : (found?.notes.find(({ kind }) => kind === 'mostWaiting')?.at ?? trace.end)
    }
    view.seek(at.current)
    const unselect = view.onSelect((next) => {
      setSelected(next)
      if (!next || next.kind === 'room') setFollowed(null)
    })
    return unselect
  }, [view, trace, search.at])
  useEffect(() => view?.showStoreys(top, isAlone, apart), [view, top, isAlone, apart])
  // Whole beside whole, however many storeys each has.
  const secondTop = top === floors.length - 1 ? Number.POSITIVE_INFINITY : top
  useEffect(() => second?.showStoreys(secondTop, isAlone, apart), [second, secondTop, isAlone, apart])
  useEffect(() => view?.showTint(tint), [view, tint])
  useEffect(() => second?.showTint(tint), [second, tint])
  useEffect(() => view?.showHeat(heat), [view, heat])
  useEffect(() => second?.showHeat(heat), [second, heat])
  // Lock step: the second shows the first one's time, through the first one's eyes.
  useEffect(() => {
    if (!view || !second) return
    second.seek(view.at)
    const forget = [
      view.onTime((time) => second.seek(time)),
      view instanceof HospitalView && second instanceof HospitalView ? view.onLook(() => second.lookAs(view)) : () => {},
    ]
    return () => {
      for (const each of forget) each()
    }
  }, [view, second])
  useEffect(() => {
    if (!live) view?.play(isPlaying ? speed : 0)
  }, [view, isPlaying, speed, live])
  useEffect(() => {
    if (!view) return
    let drawnAt = 0
    return view.onTime((time) => {
      at.current = time
      if (time >= trace.end) setPlaying(false)
      if (performance.now() - drawnAt < PANEL_MS) return
      drawnAt = performance.now()
      draw((count) => count + 1)
    })
  }, [view, trace])
  useEffect(() => view?.setAlarms(said), [view, said])
  // The real hospital goes on by its own clock.
  useEffect(() => {
    if (!live || !view) return
    const timer = setInterval(() => {
      view.seek(live.now())
      draw((count) => count + 1)
    }, 250)
    return () => clearInterval(timer)
  }, [live, view])

  const showUpTo = (floor: number) => change({ floor: floor === floors.length - 1 ? undefined : String(floor) })
  const select = (next: Selection | null, follow = false) => {
    if (next?.kind === 'agent') showStoreyOf(next.id)
    setFollowed(follow && next?.kind === 'agent' ? next.id : null)
    view?.select(next, follow)
  }
  /** What is above somebody would hide them. */
  const showStoreyOf = (id: number) => {
    const index = view?.agents?.indexOf(id) ?? -1
    const floor = index < 0 ? top : Math.round(view!.agents!.floor[index]!)
    if (floor !== top) showUpTo(floor)
  }
  // Whoever is followed takes the storeys along.
  useEffect(() => {
    if (followed !== null) showStoreyOf(followed)
  })
  const go = (room: number) => {
    showUpTo(trace.places.rooms[room]!.floor)
    view?.goTo(room)
    view?.select({ kind: 'room', room })
  }
  const onKey = (key: string) =>
    keyed(key, view, {
      play: () => setPlaying((before) => !before),
      speed: (step) => setSpeed((before) => SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(before) + step))]!),
      floor: (step) => change({ floor: String(Math.max(0, Math.min(floors.length - 1, top + step))) }),
      time: (minutes) => seek(Math.max(trace.start, Math.min(trace.end, at.current + minutes * 60_000))),
    })
  const stage = { flat: isFlat, onFallback: () => setNoWebGl(true), onKey }
  return (
    <div className={classes.whole} ref={whole} data-live={live ? true : undefined}>
      <div className={classes.stages}>
        <figure>
          <Stage
            {...stage}
            trace={trace}
            label={text('hospital.label', { name: trace.name || text('hospital.live') })}
            onView={setView}
          />
          {other ? <figcaption>{trace.name}</figcaption> : null}
          <StoreyPicker floors={floors} top={top} onPick={showUpTo} />
        </figure>
        {other ? (
          <figure>
            <Stage {...stage} trace={other} label={text('hospital.label', { name: other.name })} onView={setSecond} />
            <figcaption>{other.name}</figcaption>
          </figure>
        ) : null}
      </div>
      {noWebGl ? (
        <Text size="xs" className={classes.hint} role="status">
          {text('hospital.noWebGl')}
        </Text>
      ) : null}
      <aside className={classes.side}>
        <Stack gap="sm">
          <SegmentedControl
            size="xs"
            fullWidth
            value={isFlat ? '1' : ''}
            disabled={noWebGl}
            onChange={(value) => change({ plan: value || undefined })}
            data={[
              { value: '', label: text('hospital.threeD') },
              { value: '1', label: text('hospital.plan') },
            ]}
          />
          <Switch
            size="xs"
            label={text('hospital.only')}
            checked={isAlone}
            onChange={({ currentTarget }) => change({ only: currentTarget.checked ? '1' : undefined })}
          />
          {isFlat ? null : (
            <div>
              <Text size="xs" id="hospital-apart">
                {text('hospital.apart')}
              </Text>
              <Slider
                size="sm"
                min={0}
                max={1}
                step={0.1}
                label={null}
                defaultValue={apart}
                thumbLabel={text('hospital.apart')}
                onChangeEnd={(value) => change({ apart: value > 0 ? String(value) : undefined })}
              />
            </div>
          )}
          <Select
            size="xs"
            label={text('hospital.heat')}
            value={heat ?? ''}
            allowDeselect={false}
            data={[
              { value: '', label: text('hospital.heat.none') },
              { value: 'occupancy', label: text('hospital.heat.occupancy') },
              { value: 'waiting', label: text('hospital.heat.waiting') },
              { value: 'walking', label: text('hospital.heat.walking') },
            ]}
            onChange={(value) => change({ heat: value || undefined })}
          />
          {heat && view?.heat ? <HeatScale heat={view.heat} kind={heat} /> : null}
          <Select
            size="xs"
            label={text('hospital.tint')}
            value={tint}
            allowDeselect={false}
            data={TINTS.map((each) => ({ value: each, label: text(`hospital.tint.${each}`) }))}
            onChange={(value) => change({ tint: value === 'pathway' ? value : undefined })}
          />
          <Group gap={6}>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconHome size={14} aria-hidden />}
              onClick={() => view?.home()}
            >
              {text('hospital.home')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconPlane size={14} aria-hidden />}
              onClick={() => view?.tour()}
            >
              {text('hospital.tour')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconLink size={14} aria-hidden />}
              onClick={() => change({ at: String(Math.floor(at.current / 60_000)) })}
            >
              {text('hospital.keep')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconMaximize size={14} aria-hidden />}
              onClick={() => void whole.current?.requestFullscreen()}
            >
              {text('hospital.full')}
            </Button>
            {live ? null : <ExportTrace trace={trace} />}
          </Group>
          {view && selected ? (
            <Facts view={view} trace={trace} selected={selected} sightings={live?.sightings ?? null} onSelect={select} />
          ) : null}
          {view ? <Alarms view={view} trace={trace} onGo={go} /> : null}
          {live && view ? <BeaconsCount view={view} trace={trace} sightings={live.sightings} /> : null}
          {view ? <AreasList view={view} trace={trace} onGo={go} /> : null}
          <Legend tint={tint} pathways={trace.pathways} />
          <Text size="xs" className="quiet">
            {text('hospital.keys')}
          </Text>
        </Stack>
      </aside>
      {live ? null : (
        <TimeBar
          {...{ trace, overview, speed, isPlaying }}
          at={at.current}
          onSeek={seek}
          onSpeed={setSpeed}
          onPlay={setPlaying}
        />
      )}
    </div>
  )
}
