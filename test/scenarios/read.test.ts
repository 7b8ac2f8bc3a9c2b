/** Scenarios as files: what the demonstration hospital is, and what a wrong file is answered. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createLedger } from '../../pathways/resources/index.ts'
import { localTime } from '../../pathways/time/site.ts'
import { readScenario, ScenarioError } from '../../scenarios/read.ts'
import { translateHospital } from '../../scenarios/texts.ts'
import { ROOM } from '../../twin/hospital/expand.ts'
import { HospitalFile } from '../../twin/hospital/schema.ts'
import { nearest } from '../../twin/yaml/nearest.ts'
import { programs } from '../pathways/library/library.ts'

const demo = fileURLToPath(new URL('../../scenarios/hopital-demo', import.meta.url))

describe('the demonstration hospital', () => {
  const scenario = readScenario(demo)
  const { pools, units, lots, calendars, site } = scenario

  it('has every pool that the library asks for, and asks for nothing else to turn units over', () => {
    const ids = pools.map(({ id }) => id)
    for (const program of programs.values()) {
      const asked = [...program.holds, ...program.nodes.flatMap(({ needs }) => needs)].map(({ pool }) => pool)
      for (const pool of asked) expect(ids, program.process).toContain(pool)
    }
    for (const { turnover } of pools) if (turnover !== '') expect(programs.has(turnover), turnover).toBe(true)
  })

  it('has a bed for every specialty, with isolation and without', () => {
    const beds = units.filter(({ pool }) => pool === 'ward-bed')
    for (const specialty of ['medicine', 'surgery', 'short-stay', 'intensive-care']) {
      for (const isolation of [true, false]) {
        const some = beds.filter(({ attributes }) => attributes.specialty === specialty && attributes.isolation === isolation)
        expect(some.length, `${specialty}, isolation ${isolation}`).toBeGreaterThan(0)
      }
    }
  })

  it('is a ledger that starts: unique units, known calendars, stock above its thresholds', () => {
    expect(new Set(units.map(({ id }) => id)).size).toBe(units.length)
    expect(() => createLedger({ pools, units, lots, calendars, requests: [], held: [], nextSequence: 0 }, site)).not.toThrow()
    for (const { id, kind, reorderThreshold } of pools) {
      const quantity = lots.filter(({ pool }) => pool === id).reduce((sum, lot) => sum + lot.quantity, 0)
      if (kind === 'stock') expect(quantity, id).toBeGreaterThan(reorderThreshold)
    }
    for (const lot of lots) expect(lot.expiresAt).toBeGreaterThan(0)
  })

  it('begins on a Monday at midnight, and has somebody for everything at any hour of any day', () => {
    expect(localTime(0, site)).toMatchObject({ weekday: 1, hour: 0, minute: 0 })
    const open = (id: string, minute: number) =>
      id === '' ||
      calendars
        .find((calendar) => calendar.id === id)!
        .open.some(({ fromMinute, toMinute }) => [minute, minute + 10_080].some((at) => at >= fromMinute && at < toMinute))
    const dayOnly = ['remote-nurse', 'remote-physician']
    for (const { id, kind } of pools) {
      if (kind === 'stock' || dayOnly.includes(id)) continue
      const own = units.filter(({ pool }) => pool === id)
      const gaps = Array.from({ length: 10_080 / 15 }, (_, quarter) => quarter * 15).filter(
        (minute) => !own.some(({ calendar }) => open(calendar, minute)),
      )
      expect(gaps, id).toEqual([])
    }
  })

  it('starts pathways of the library, with arrivals by published totals', () => {
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
    for (const { pathway } of [...scenario.arrivals, scenario.home]) expect(programs.has(pathway)).toBe(true)
    const emergency = scenario.arrivals.find(({ id }) => id === 'emergency')!
    expect(sum(emergency.hourShares.slice(8, 20))).toBeCloseTo(0.74)
    expect(sum(emergency.hourShares.slice(0, 8))).toBeCloseTo(0.12)
    expect(sum(emergency.weekdayFactors) / 7).toBeCloseTo(1)
  })
})

describe('the demonstration hospital in English', () => {
  it('has a word for each name and place, and no other', () => {
    const shown = new Set([ROOM])
    translateHospital(HospitalFile.parse(parse(readFileSync(join(demo, 'hospital.yaml'), 'utf8'))), (text) => {
      shown.add(text)
      return text
    })
    for (const { name } of readScenario(demo).commandCentre!.emergency.levels) shown.add(name)
    expect(Object.keys(JSON.parse(readFileSync(join(demo, 'en.json'), 'utf8'))).sort()).toEqual([...shown].sort())
  })

  it('numbers its units and rooms as the French one does', () => {
    const { units, texts } = readScenario(demo)
    expect(units.filter(({ name, place }) => !texts.en![name] || !texts.en![place])).toEqual([])
    expect(texts.en).toMatchObject({
      'Box 3': 'Cubicle 3',
      'Lit 104 B': 'Bed 104 B',
      'Médecine A/Chambre 104': 'Medicine A/Room 104',
      Déchocage: 'Resuscitation',
      "Lits d'hospitalisation": 'Ward beds',
    })
  })
})

describe('a wrong file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scenario-'))
    cpSync(demo, folder, { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const edited = (file: string, from: string | RegExp, to: string): ScenarioError => {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    expect(text).toMatch(from)
    writeFileSync(path, text.replace(from, to))
    try {
      readScenario(folder)
    } catch (error) {
      expect(error).toBeInstanceOf(ScenarioError)
      return error as ScenarioError
    }
    throw new Error('The scenario was read.')
  }

  it.each([
    [
      'hospital.yaml',
      'turnover: bed-cleaning',
      'turnovre: bed-cleaning',
      '"turnovre" is not a known key',
      'Did you mean "turnover"?',
    ],
    [
      'hospital.yaml',
      'place: Urgences, attributes',
      'plaice: Urgences, attributes',
      '"plaice" is not a known key',
      'Did you mean "place"?',
    ],
    ['demand.yaml', 'perDay: 50', 'perDya: 50', '"perDya" is not a known key', 'Did you mean "perDay"?'],
    [
      'demand.yaml',
      'surgeryShare: 0.05',
      'surgeryShares: 0.05',
      '"surgeryShares" is not a known key',
      'Did you mean "surgeryShare"?',
    ],
    ['demand.yaml', 'mix: planned', 'mix: plannned', 'the mix "plannned" does not exist', 'Did you mean "planned"?'],
    [
      'hospital.yaml',
      'calendar: morning',
      'calendar: mornings',
      'the calendar "mornings" does not exist',
      'Did you mean "morning"?',
    ],
    ['hospital.yaml', 'id: theatre-team', 'id: theatre', '"theatre" is there twice', 'Give each an id of its own.'],
    ['en.json', '"Lit": "Bed"', '"Lit": 3', 'expected string', 'Correct the value.'],
    ['demand.yaml', /0\.022,\s+0\.017/, '0.022, 0.117', 'must sum to 1', 'Correct the value.'],
  ])('%s: %s written as %s', (file, from, to, message, help) => {
    const { problems } = edited(file, from, to)
    expect(problems.map((problem) => problem.message).join('\n')).toContain(message)
    expect(problems.map((problem) => problem.help)).toContain(help)
    for (const problem of problems) {
      expect(problem.file).toBe(join(folder, file))
      expect(problem.path).not.toBe('')
    }
  })

  it('names the line where YAML breaks off', () => {
    const [problem] = edited('hospital.yaml', '  name: Hôpital de démonstration', '  name: [').problems
    expect(problem!.path).toMatch(/^line \d+$/)
  })

  it('says which file is missing', () => {
    rmSync(join(folder, 'demand.yaml'))
    expect(() => readScenario(folder)).toThrow(/demand\.yaml: cannot be read \(ENOENT\)/)
  })

  it('finds no word where none is near', () => {
    expect(nearest('giraffe', ['perDay', 'mix'])).toBe('')
  })
})
