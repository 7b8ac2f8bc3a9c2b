/** A forecast of a live hospital: what is known of it now, and who comes as the hospital has said. */
import type { StreamFile } from '../experiment/schema.ts'
import { createHospital } from '../simulate/index.ts'
import { type ForecastData, questionOf } from './data.ts'
import { type Observed, withLearnt } from './learnt.ts'
import { type LiveHospital, stateOfLive } from './live.ts'
import { Series, Watch } from './watch.ts'

/** The pathway that orders more of a stock, when the hospital has one. */
const RESTOCK_PATHWAY = 'restock'

/** @param observed how long work took lately, as the hospital's log has it: what of it is enough to learn from counts instead of the drawing. */
export const dataOfLive = (
  live: LiveHospital,
  demand: StreamFile[],
  asked: Pick<ForecastData, 'seed' | 'hours' | 'whatIf'>,
  observed: Observed[] = [],
): ForecastData => {
  const [current, former] = [withLearnt(live.programs, observed), withLearnt(live.formerPrograms, observed)]
  return {
    ...asked,
    ...drawnData(live, demand),
    programs: current.programs,
    formerPrograms: former.programs,
    learnt: current.learnt,
  }
}

const drawnData = (live: LiveHospital, demand: StreamFile[]) => ({
  state: stateOfLive(live),
  site: live.site,
  demand,
  calendars: live.ledger.calendars,
  surges: [],
  changes: [],
  conduct: {},
  ...(live.programs.some(({ process }) => process === RESTOCK_PATHWAY) && { reorder: { pathway: RESTOCK_PATHWAY } }),
  timersAreKnown: true,
})

/** How a live hospital is, by series: its levels now. */
export const levelsOfLive = (live: LiveHospital): Record<string, number> => {
  const data = dataOfLive(live, [], { seed: 0, hours: 1, whatIf: null })
  const { model, state } = questionOf(data)
  const series = new Series([...model.programs, ...live.formerPrograms], state.ledger)
  const watch = new Watch(series)
  watch.begin(createHospital({ ...model, ledger: state.ledger, start: state.at, state }))
  const values = watch.read()
  return Object.fromEntries(
    series.names.flatMap(({ name, kind }, place) => (kind === 'level' ? [[name, values[place]!]] : [])),
  ) as Record<string, number>
}
