// Goal: which way each case went, and when work became possible, is told from the log and the drawing. Method: small drawings, cases worked by hand.
import { describe, expect, it } from 'vitest'
import { labelsOf } from '../../../twin/calibrate/labels.ts'
import { replay } from '../../../twin/calibrate/replay.ts'
import { calibrated, drawing, readCsv } from './logs.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 5, 8, 0, 7) + minutes * 60_000).toISOString()
/** Cases as `A0-10 B12-20`: activity, begin and end in minutes. */
const log = (...cases: string[]) =>
  readCsv(
    [
      'case,activity,start,end',
      ...cases.flatMap((works, id) =>
        works.split(' ').map((work) => {
          const [, activity, from, until] = /^(\D+)(\d+)-(\d+)$/.exec(work)!
          return `${id},${activity},${at(id * 1000 + Number(from))},${at(id * 1000 + Number(until))}`
        }),
      ),
    ].join('\n'),
  )

const taken = async (elements: string, flows: string, ...cases: string[]) => {
  const program = await drawing(elements, flows)
  const of = log(...cases)
  const done = replay(of, program, labelsOf(of, program, new Map()).nodes)
  const shares = Object.fromEntries(
    program.flows.flatMap(({ id, source }, flow) => (done.decided[source]! > 0 ? [[id, done.taken[flow]!]] : [])),
  )
  const waits = Object.fromEntries(
    program.nodes.flatMap(({ id }, node) =>
      done.visits[node]!.length > 0
        ? [[id, done.visits[node]!.map(({ asked, work }) => Math.round((work.start - asked) / 60_000))]]
        : [],
    ),
  )
  return { ...done, shares, waits }
}

describe('replay', () => {
  it('counts what an exclusive gateway decides, and a loop’s rounds', async () => {
    const { shares, fitting } = await taken(
      '<startEvent id="s"/><exclusiveGateway id="m"/><task id="A"/><exclusiveGateway id="x"/><task id="B"/><endEvent id="e"/>',
      's>m m>A A>x x>m x>B B>e',
      'A0-1 B2-3',
      'A0-1 A2-3 A4-5 B6-7',
      'A0-1 B1-2',
    )
    expect(shares).toEqual({ x_m: 2, x_B: 3 })
    expect(fitting).toBe(3)
  })

  it('lets parallel branches be in any order; a wait begins when all that must be done is', async () => {
    const { waits, fitting } = await taken(
      '<startEvent id="s"/><task id="A"/><parallelGateway id="f"/><task id="B"/><task id="C"/><task id="D"/><parallelGateway id="j"/><task id="E"/><endEvent id="e"/>',
      's>A A>f f>B f>C C>D B>j D>j j>E E>e',
      'A0-10 C12-20 B15-40 D25-30 E47-50',
      'A0-10 B10-11 C10-14 D14-15 E15-16',
    )
    expect(fitting).toBe(2)
    expect(waits).toEqual({ A: [Number.NaN, Number.NaN], B: [5, 0], C: [2, 0], D: [5, 0], E: [7, 0] })
  })

  it('counts each flow of an inclusive gateway by itself', async () => {
    const { shares } = await taken(
      '<startEvent id="s"/><inclusiveGateway id="f"/><task id="B"/><task id="C"/><inclusiveGateway id="j"/><task id="E"/><endEvent id="e"/>',
      's>f f>B f>C B>j C>j j>E E>e',
      'B0-1 E2-3',
      'B0-1 C0-2 E3-4',
      'C0-1 E2-3',
      'C0-1 B2-3 E4-5',
    )
    expect(shares).toMatchObject({ f_B: 3, f_C: 3 })
  })

  it('goes through subprocesses, and out of them by a boundary event', async () => {
    const { shares, fitting } = await taken(
      '<startEvent id="s"/><subProcess id="S"><startEvent id="i"/><task id="A"/><task id="B"/><endEvent id="o"/><sequenceFlow id="i_A" sourceRef="i" targetRef="A"/><sequenceFlow id="A_B" sourceRef="A" targetRef="B"/><sequenceFlow id="B_o" sourceRef="B" targetRef="o"/></subProcess><boundaryEvent id="t" attachedToRef="S"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><exclusiveGateway id="x"/><task id="C"/><task id="L"/><endEvent id="e"/><endEvent id="g"/>',
      's>S S>x x>C x>e C>e t>L L>g',
      'A0-1 B2-3 C4-5',
      'A0-1 B2-3',
      'A0-1 L60-61',
    )
    expect(fitting).toBe(3)
    expect(shares).toEqual({ x_C: 1, x_e: 1 })
  })

  it('says what deviates, and counts the rest of such cases', async () => {
    const { deviations, deviating, shares } = await taken(
      '<startEvent id="s"/><task id="A"/><task id="B"/><exclusiveGateway id="x"/><task id="C"/><endEvent id="e"/>',
      's>A A>B B>x x>C x>e C>e',
      'A0-1 C2-3',
      'A0-1 B2-3 A4-5 C6-7',
      'A0-1 B2-3',
    )
    expect(deviating).toBe(2)
    expect(deviations).toEqual([
      { count: 1, what: 'no "B" where it is drawn' },
      { count: 1, what: '"A" where the drawing has none' },
    ])
    expect(shares).toEqual({ x_C: 2, x_e: 1 })
  })

  it('gives up what cannot be found, and still counts its work', async () => {
    const branches = Array.from({ length: 14 }, (_, index) => `T${String.fromCharCode(97 + index)}`)
    const elements = `<startEvent id="s"/><parallelGateway id="f"/>${branches.map((id) => `<task id="${id}"/>`).join('')}<parallelGateway id="j"/><endEvent id="e"/>`
    const flows = `s>f ${branches.map((id) => `f>${id} ${id}>j`).join(' ')} j>e`
    // Nothing of what is drawn twice can be left out cheaply: too many orders are possible.
    const twice = [...branches, ...branches].map((id, index) => `${id}${index}-${index + 1}`).join(' ')
    const { unreplayed, visits, problems } = await taken(elements, flows, twice)
    expect(unreplayed).toBe(1)
    expect(problems.map(({ kind }) => kind)).toContain('unreplayed')
    expect(visits.flat().length).toBe(28)
  })
})

describe('labels', () => {
  it('are ids or names, whatever their accents, spaces and case; others are told', async () => {
    const program = await drawing(
      '<startEvent id="s"/><task id="A" name="Première échographie"/><task id="B"/><endEvent id="e"/>',
      's>A A>B B>e',
    )
    const of = log('PREMIERE_ECHOGRAPHIE0-1 b2-3', 'A0-1 Bloc2-3')
    const { elements } = calibrated(of, program, { Bloc: 'B' })
    expect(elements.map(({ id, visits }) => [id, visits])).toEqual([
      ['A', 2],
      ['B', 2],
    ])
    expect(() => labelsOf(of, program, new Map([['Bloc', 'C']]))).toThrow('there is no element "C"')
  })
})
