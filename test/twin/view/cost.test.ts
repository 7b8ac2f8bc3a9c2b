// Goal: a frame costs little, however many are in the hospital. Method: 10,000 patients in the hospital of 500 beds, some of them walking, through all that a
// frame does but the drawing; the best of many frames, for other work
// runs on this machine too.
import { expect, it } from 'vitest'
import { layOut } from '../../../twin/hospital/layout.ts'
import { Tracer } from '../../../twin/trace/tracer.ts'
import { Agents } from '../../../twin/view/agents.ts'
import { Crowd } from '../../../twin/view/crowd.ts'
import { Playback } from '../../../twin/view/playback.ts'
import { RoomPads } from '../../../twin/view/room-pads.ts'
import { Storeys } from '../../../twin/view/storeys.ts'
import { readHospital } from '../hospital/read-hospital.ts'

const AGENTS = 10_000
const FRAME_MS_MAX = 2
/** Of what a frame leaves behind: a few counters' worth, however many people there are. */
const FRAME_BYTES_MAX = 3_000

it(`a frame with ${AGENTS} people takes at most ${FRAME_MS_MAX} ms, and leaves next to nothing behind`, () => {
  const { pools, units, calendars, places: file } = readHospital('hopital-500')
  const places = layOut(units, file)
  const site = { epoch: '2026-01-05T00:00:00+01:00', timeZone: 'Europe/Paris' }
  const tracer = new Tracer({ ...{ name: '', seed: 1, replication: 0, site, start: 0, places, pools, units, calendars } })
  const asked = ['admission-clerk', 'triage-nurse', 'theatre', 'imaging-room', 'consultation-room', 'recovery-place']
  for (let run = 0; run < AGENTS; run++) {
    // The last ones are on their way when it is looked at.
    const at = run < AGENTS * 0.9 ? run : 3_600_000 + run
    tracer.began(`visit-${run}`, 'visit', run, at)
    const pool = asked[run % asked.length]!
    tracer.waits(`visit-${run}`, tracer.element('visit', pool, pool), [pool], at)
  }
  const playback = new Playback(tracer.finish(7_200_000))
  playback.index()
  const agents = new Agents(playback)
  const storeys = new Storeys(places)
  const [crowd, pads] = [new Crowd(agents, storeys), new RoomPads(playback, storeys)]
  const frame = (number: number) => {
    playback.seek(3_640_000 + number * 16)
    agents.update()
    crowd.update()
    pads.update()
  }
  for (let number = 0; number < 40; number++) frame(number)
  expect(agents.count).toBeGreaterThan(AGENTS)
  let best = Number.POSITIVE_INFINITY
  let grown = Number.POSITIVE_INFINITY
  for (let round = 0; round < 60 && (best >= FRAME_MS_MAX / 2 || grown >= FRAME_BYTES_MAX / 2); round++) {
    const before = process.memoryUsage().heapUsed
    const begun = performance.now()
    for (let number = 0; number < 10; number++) frame(40 + round * 10 + number)
    best = Math.min(best, (performance.now() - begun) / 10)
    grown = Math.min(grown, Math.abs(process.memoryUsage().heapUsed - before) / 10)
  }
  expect(best).toBeLessThan(FRAME_MS_MAX)
  expect(grown).toBeLessThan(FRAME_BYTES_MAX)
})
