/** A calibration for a program. Plain JSON. */
import type { Overload } from '../experiment/load.ts'
import type { BackTest } from './back-test.ts'
import type { Calibration } from './calibrate.ts'
import type { DurationFit } from './fit.ts'

const fitResult = (fit: DurationFit | null) =>
  fit && {
    n: fit.count,
    meanMs: fit.mean,
    deviationMs: fit.deviation,
    name: fit.name,
    duration: fit.duration,
    aic: fit.aic,
    next: fit.next,
    kolmogorovSmirnov: fit.distance,
    probability: fit.probability,
    note: fit.note,
  }

/** Times in milliseconds unless their name says otherwise. */
export const resultOf = (calibration: Calibration, overloads: Overload[], test: BackTest | null, scenario: string) => {
  const { log, replay, arrivals, elements, branches, pools, unseen, unexplained, problems, program } = calibration
  return {
    log: {
      format: log.format,
      events: log.events,
      cases: log.cases.length,
      timeZone: log.timeZone,
      roundedToMs: log.grid,
      assumptions: log.assumptions,
    },
    problems,
    replay: {
      fitting: replay.fitting,
      deviating: replay.deviating,
      unreplayed: replay.unreplayed,
      deviations: replay.deviations,
      unfollowed: replay.unfollowed,
    },
    arrivals,
    elements: elements.map(({ id, visits, fit, byClass, waits, isWaitInside }) => ({
      id,
      visits,
      fit: fitResult(fit),
      byClass: byClass && {
        attribute: byClass.attribute,
        gain: byClass.gain,
        values: Object.fromEntries(Object.entries(byClass.values).map(([value, each]) => [value, fitResult(each)])),
      },
      waits: {
        n: waits.length,
        minutesMean: waits.length > 0 ? waits.reduce((sum, each) => sum + each, 0) / waits.length : null,
      },
      isWaitInside,
    })),
    unseen,
    branches,
    pools: pools.map(({ id, nodes, units, how, names, explained }) => ({
      id,
      elements: nodes.map((node) => program.nodes[node]!.id),
      unitsByHourOfWeek: units,
      how,
      names,
      explained,
    })),
    unexplained: unexplained.map(({ node, share, over }) => ({ element: program.nodes[node]!.id, share, over })),
    overloads,
    backTest: test && { ...test, from: new Date(test.from).toISOString(), until: new Date(test.until).toISOString() },
    scenario,
  }
}
