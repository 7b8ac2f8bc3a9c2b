// Goal: what is wrong with a log is named before anything is fitted: how often, where, what to do. Method: small logs, each with one fault.
import { describe, expect, it } from 'vitest'
import { JsonLogReader } from '../../../twin/calibrate/facts.ts'
import { XesReader } from '../../../twin/calibrate/xes.ts'
import { calibrated, drawing, options, readCsv, readWith } from './logs.ts'

const time = (minutes: number) => new Date(Date.UTC(2026, 0, 5, 8, 0, 7) + minutes * 60_000).toISOString()
const HEAD = 'case,activity,start,end,resource'
const row = (id: number, activity: string, from: number, until: number, resource = '') =>
  `${id},${activity},${time(from)},${time(until)},${resource}`
/** Two days of cases that are as they should be. */
const GOOD = Array.from({ length: 40 }, (_, id) => [
  row(id, 'A', id * 71, id * 71 + 10),
  row(id, 'B', id * 71 + 12, id * 71 + 31),
]).flat()

const program = drawing('<startEvent id="s"/><task id="A" name="Accueil"/><task id="B"/><endEvent id="e"/>', 's>A A>B B>e')
const problems = async (lines: string[]) => {
  const { problems: found } = calibrated(readCsv([HEAD, ...lines].join('\n')), await program)
  return found.map(({ kind, count, example }) => ({ kind, count, example }))
}

describe('problems of a table', () => {
  it('of a good log there are none', async () => {
    expect(await problems(GOOD)).toEqual([])
  })

  it.each([
    ['no time', ['90,A,,,'], { kind: 'noTime', count: 1, example: 'line 82' }],
    ['a time that is none', ['90,A,2026-13-45,2026-01-05T09:00:00Z,'], { kind: 'badTime', count: 1, example: 'line 82' }],
    ['no case', [`,A,${time(1)},${time(2)},`], { kind: 'noCase', count: 1, example: 'line 82' }],
    [
      'an end before its start',
      [row(90, 'A', 20, 10), row(90, 'B', 21, 22)],
      { kind: 'endBeforeStart', count: 1, example: 'line 82' },
    ],
    ['an event twice', [GOOD[0]!], { kind: 'duplicate', count: 1, example: 'line 82' }],
    [
      'an unknown activity',
      [row(3, 'Acceuil', 1, 2), row(5, 'Acceuil', 1, 2)].map((each) => each.replace('Acceuil', 'Aceuil')),
      { kind: 'unknownActivity', count: 2, example: 'line 82' },
    ],
    ['a case under way at the end', [row(90, 'A', 40 * 71, 40 * 71 + 10)], { kind: 'incomplete', count: 1, example: 'case 90' }],
    ['a case under way at the beginning', [row(90, 'B', -5, 2)], { kind: 'beganBefore', count: 1, example: 'case 90' }],
    ['work that never ends', [`90,A,${time(40 * 71)},,`], { kind: 'incomplete', count: 1, example: 'case 90' }],
    [
      'mixed dates',
      [`90,A,31/01/2026 10:00:00,31/01/2026 10:00:01,`, `90,B,01/31/2026 11:00:00,01/31/2026 11:00:01,`],
      { kind: 'mixedDates', count: 2, example: '2 of the rarer kind' },
    ],
    [
      'clock times that summer time skips',
      ['90,A,2026-03-29T02:30:00,2026-03-29T02:45:00,', '90,B,2026-03-29T04:00:00,2026-03-29T04:45:00,'],
      { kind: 'zoneChange', count: 2, example: 'Europe/Paris' },
    ],
    ['a quote that stays open', ['90,"A,'], { kind: 'openQuote', count: 1, example: 'line 82' }],
  ])('%s', async (_, lines, expected) => {
    expect(await problems([...GOOD, ...lines])).toContainEqual(expected)
  })

  it('times rounded to the minute, the hour and the day', async () => {
    const rounded = (step: number) =>
      calibrated(
        readCsv(
          [
            HEAD,
            ...GOOD.map((line) =>
              line.replace(/2026[^,]+/g, (at) => new Date(Math.floor(Date.parse(at) / step) * step).toISOString()),
            ),
          ].join('\n'),
        ),
        programOf,
      )
    const programOf = await program
    expect(rounded(60_000).problems[0]).toMatchObject({ kind: 'rounded', message: 'times are rounded to the minute' })
    expect(rounded(3_600_000).log.grid).toBe(3_600_000)
    expect(rounded(86_400_000).problems[0]!.remedy).toMatch(/export the log with the time of day/)
  })

  it('somebody who does two things at once', async () => {
    const busy = GOOD.map((line, index) => `${line}nurse ${index % 4}`)
    const both = [row(90, 'A', 0, 60, 'nurse 0'), row(91, 'A', 20, 50, 'nurse 0')]
    const found = await problems([...busy, ...both])
    expect(found.find(({ kind }) => kind === 'busyTwice')!.count).toBeGreaterThanOrEqual(1)
  })

  it('days without anybody', async () => {
    const daily = Array.from({ length: 28 }, (_, day) =>
      day === 16
        ? []
        : Array.from({ length: 8 }, (_, each) => [
            row(day * 8 + each, 'A', day * 1440 + each * 30, day * 1440 + each * 30 + 5),
            row(day * 8 + each, 'B', day * 1440 + each * 30 + 5, day * 1440 + each * 30 + 9),
          ]).flat(),
    ).flat()
    const { arrivals, problems: found } = calibrated(readCsv([HEAD, ...daily].join('\n')), await program)
    expect(found).toContainEqual(expect.objectContaining({ kind: 'gap', count: 1, example: '2026-01-21' }))
    // The day that is missing does not make the others fewer.
    const perDay = arrivals.rates.reduce((sum, each) => sum + each, 0) / 7
    expect(perDay).toBeGreaterThan(7.5)
    expect(perDay).toBeLessThan(8.5)
  })
})

describe('XES', () => {
  const event = (name: string, at: string, step = 'complete', more = '') =>
    `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="${at}"/><string key="lifecycle:transition" value="${step}"/>${more}</event>`
  const xes = (traces: string) =>
    `<?xml version="1.0"?><log xes.version="1849-2016" xmlns="http://www.xes-standard.org/"><string key="concept:name" value="l"/>${traces}</log>`

  it('is read trace by trace, in whatever pieces, with attributes, entities and nested values', () => {
    const text = xes(
      `<trace><string key="concept:name" value="c &amp; 1"/><string key="acuity" value="high"/>${event('A &lt; B', '2026-01-05T08:00:00.000+01:00', 'start')}${event('A &lt; B', '2026-01-05T08:20:00.000+01:00', 'complete', '<string key="org:resource" value="x"><string key="concept:name" value="nested"/></string>')}</trace><trace><string key="concept:name" value="2"/><string key="acuity" value="low"/>${event('C', '2026-01-05T09:00:00+01:00')}</trace>`,
    )
    for (const size of [1, 7, 10_000]) {
      const reader = new XesReader(options())
      for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size))
      const log = reader.finish()
      expect(log.activities).toEqual(['A < B', 'C'])
      expect(log.resources).toEqual(['x'])
      expect(log.cases.map(({ id, attributes }) => [id, attributes])).toEqual([
        ['c & 1', { acuity: 'high' }],
        ['2', { acuity: 'low' }],
      ])
      const [work] = log.cases[0]!.works
      expect((work!.end - work!.start) / 60_000).toBe(20)
    }
  })

  it('names events without a name or a time, broken traces, and files that are none', () => {
    const log = readWith(
      new XesReader(options()),
      xes(
        `<trace>${event('A', '2026-01-05T08:00:00Z')}<event><string key="concept:name" value="B"/></event><event><date key="time:timestamp" value="2026-01-05T08:00:00Z"/></event>${event('A', 'yesterday')}</trace><trace><event></trace><trace>${event('A', '2026-01-05T08:00:00Z')}`,
      ),
    )
    expect(log.problems.map(({ kind }) => kind).sort()).toEqual(['badTime', 'brokenXml', 'noCase', 'noTime'])
    expect(() => readWith(new XesReader(options()), '<html></html>')).toThrow('no XES log')
    expect(() => readWith(new XesReader(options()), '<log></log>')).toThrow('it holds no trace')
  })
})

describe('Parcours’ own facts', () => {
  it('are read as lines of JSON, as a list and as a table alike', () => {
    const facts = [
      ['entered', 'A', 0],
      ['requested', 'A', 0],
      ['granted', 'A', 600_000],
      ['completed', 'A', 900_000],
      ['taken', 'A_e', 900_000],
    ].map(([event, element, at]) => ({ run: 'r', event, element, at: Number(at), activation: 1, instance: 0 }))
    const table = ['run,event,element,at,activation,instance', ...facts.map((fact) => Object.values(fact).join(','))].join('\n')
    // As the API gives them: the newest first, by the clock.
    const presented = facts.map((fact) => ({ ...fact, at: new Date(Date.UTC(2026, 0, 4, 23) + fact.at).toISOString() })).reverse()
    const logs = [
      readWith(new JsonLogReader(options()), facts.map((fact) => JSON.stringify(fact)).join('\n')),
      readWith(new JsonLogReader(options()), JSON.stringify(facts)),
      readWith(new JsonLogReader(options()), JSON.stringify({ items: presented, next: null })),
      readCsv(table.replace('run,event,element,at', 'run,event,element,at')),
    ]
    for (const log of logs) {
      const { asked, start, end } = log.cases[0]!.works[0]!
      expect([start - asked, end - start]).toEqual([600_000, 300_000])
      expect(log.taken!.get('A_e')).toBe(1)
    }
  })

  it('of several pathways are kept apart, whatever the ids of their elements are', async () => {
    const fact = (run: string, pathway: string, event: string, element: string, minutes: number) =>
      JSON.stringify({ run, pathway, event, element, at: minutes * 60_000 })
    const runs = Array.from({ length: 5 }, (_, id) => [
      ...['p', 'other'].flatMap((pathway) => [
        fact(`${pathway}-${id}`, pathway, 'entered', 'A', id * 60),
        fact(`${pathway}-${id}`, pathway, 'completed', 'A', id * 60 + (pathway === 'p' ? 10 : 30)),
        fact(`${pathway}-${id}`, pathway, 'taken', 'A_B', id * 60 + 30),
      ]),
    ]).flat()
    const { elements, replay, log } = calibrated(readWith(new JsonLogReader(options()), runs.join('\n')), await program)
    expect(elements.map(({ id, fit }) => [id, fit!.mean / 60_000, fit!.count])).toEqual([['A', 10, 5]])
    expect(log.taken!.get('A_B')).toBe(5)
    expect(replay.problems.map(({ kind, count }) => [kind, count])).toEqual([['incomplete', 5]])
  })

  it('are told from other JSON', () => {
    expect(() => readWith(new JsonLogReader(options()), '{"a":1}')).toThrow('neither a trace of the twin nor facts')
    expect(() => readWith(new JsonLogReader(options()), '{"a":')).toThrow('it is no JSON')
  })
})
