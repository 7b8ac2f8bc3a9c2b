// Goal: the contract of `parcours calibrate`: a log and a drawing become a scenario that `simulate` takes; what is said, what is refused. Method: the command, on real files.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { command as calibrate } from '../../command/calibrate.ts'
import { InputError } from '../../command/command.ts'
import { command as simulate } from '../../command/simulate.ts'
import { file, folder } from './parcours.ts'
import { said } from './terminal.ts'

const DRAWING = `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">
  <process id="visit"><startEvent id="In"/><task id="Exam" name="Examen"/><endEvent id="Out"/><sequenceFlow id="a" sourceRef="In" targetRef="Exam"/><sequenceFlow id="b" sourceRef="Exam" targetRef="Out"/></process></definitions>`
const drawing = () => file('learn/visit.bpmn', DRAWING)
/** One examination every half hour or so for three weeks, by two who take turns, as a spreadsheet in French writes it. */
const rows = Array.from({ length: 1100 }, (_, id) => {
  const from = Date.UTC(2026, 0, 5) + id * 30 * 60_000 + ((id * 7919) % 1801) * 1000
  const until = from + (6 + ((id * 104_729) % 25)) * 60_000 + ((id * 31) % 60) * 1000
  const written = (at: number) => new Date(at).toISOString().replace(/^(\d+)-(\d+)-(\d+)T([\d:]+)\..*$/, '$3/$2/$1 $4')
  return `${id};Examen;${written(from)};${written(until)};Médecin ${id % 2}`
})
const TABLE = `Dossier;Activité;Début;Fin;Intervenant\r\n${rows.join('\r\n')}\r\n`
const run = (...args: string[]) => said((terminal) => calibrate.run(args, terminal))
const refused = async (...args: string[]) => {
  try {
    await run(...args)
  } catch (error) {
    if (error instanceof InputError) return error.problems.join('\n')
    throw error
  }
  return ''
}

describe('parcours calibrate', () => {
  it('writes a scenario that can be simulated; the same from a packed file in the encoding of Excel, and as JSON', async () => {
    const plain = file('learn/log.csv', TABLE)
    const packed = join(folder, 'learn/log.csv.gz')
    writeFileSync(packed, gzipSync(Buffer.from(TABLE, 'latin1')))
    const out = join(folder, 'learn/scenario.yaml')
    const first = await run(plain, '--pathway', drawing(), '--out', out, '--hold-out', '1', '--replications', '5')
    expect(first.err).toBe('')
    expect(first.out).toContain('CSV: 1,100 events, 1,100 cases')
    expect(first.out).toContain('case "Dossier", activity "Activité", start "Début", end "Fin", resource "Intervenant"')
    expect(first.out).toMatch(/Back-test\n {2}learnt from \d+ cases before 2026-01-20; 1 week held out/)
    const text = readFileSync(out, 'utf8')
    expect(text).toMatch(/# Examen \(Exam\): n 1,100, mean 18\.\d min/)
    expect(text).toContain('needs: [{ pool: medecin }]')
    const again = await run(packed, '--pathway', drawing(), '--hold-out', '0')
    expect(again.err).toContain('it was read as Windows-1252')
    expect(again.out.replaceAll('log.csv.gz', 'log.csv').replace(/file: .*/, '')).toBe(text.replace(/file: .*/, ''))
    const simulated = await said((terminal) => simulate.run([out, '--replications', '2', '--workers', '1', '--json'], terminal))
    expect([simulated.code, simulated.err]).toEqual([0, ''])
    const result = JSON.parse((await run(plain, '--pathway', drawing(), '--hold-out', '0', '--json')).out) as {
      elements: { id: string; fit: { n: number } }[]
      backTest: unknown
    }
    expect(result.elements[0]).toMatchObject({ id: 'Exam', fit: { n: 1100 } })
    expect(result.backTest).toBeNull()
  })

  it('takes who there is from a hospital.yaml', async () => {
    const hospital = file(
      'learn/hospital.yaml',
      'site: { id: h, name: H, epoch: "2026-01-05T00:00:00+01:00", timeZone: Europe/Paris }\ncalendars: []\npools: [{ id: doctor, name: Doctor, units: [{ name: Doctor, count: 3, place: a }] }]\n',
    )
    const needing = file(
      'learn/needing.bpmn',
      DRAWING.replace('targetNamespace', 'xmlns:hospital="urn:parcours:hospital:1" targetNamespace').replace(
        '<task id="Exam" name="Examen"/>',
        '<task id="Exam" name="Examen"><extensionElements><hospital:need pool="doctor"/></extensionElements></task>',
      ),
    )
    const out = join(folder, 'learn/with-hospital.yaml')
    await run(
      file('learn/log.csv', TABLE),
      '--pathway',
      needing,
      '--hospital',
      hospital,
      '--out',
      out,
      '--hold-out',
      '1',
      '--replications',
      '5',
    )
    expect(readFileSync(out, 'utf8')).toMatch(/hospital:\n {2}file: hospital\.yaml\npathways:\n {2}- file: needing\.bpmn/)
    const simulated = await said((terminal) => simulate.run([out, '--replications', '1', '--workers', '1'], terminal))
    expect(simulated.code).toBe(0)
  })

  it.each([
    ['no log', [], /name one log/],
    ['no drawing', ['x.csv'], /--pathway: name the drawing/],
    ['a log that is not there', ['/nowhere.csv', '--pathway', 'D'], /\/nowhere\.csv: there is no such file/],
    [
      'a zone that is none',
      ['L', '--pathway', 'D', '--time-zone', 'Europe/Pari'],
      /--time-zone Europe\/Pari: there is no such zone/,
    ],
    [
      'a role that is none',
      ['L', '--pathway', 'D', '--column', 'begin=Début'],
      /"begin" is nothing a column is; use one of case, activity/,
    ],
    [
      'a heading that is not there',
      ['L', '--pathway', 'D', '--column', 'start=Debu'],
      /there is no column "Debu"; did you mean "Début"\?/,
    ],
    [
      'an element that is not there',
      ['L', '--pathway', 'D', '--activity', 'Examen=Exem'],
      /no element "Exem" in the drawing; did you mean "Exam"\?/,
    ],
    ['a process that is not there', ['L', '--pathway', 'D', '--process', 'visite'], /no such process; did you mean visit\?/],
    [
      'a log of something else',
      ['OTHER', '--pathway', 'D'],
      /only 0 of its 1 cases has an activity of the drawing "visit"[\s\S]*"Examne" is not in the drawing "visit"; the nearest is "Examen"/,
    ],
    ['a workbook', ['ZIP', '--pathway', 'D'], /it is a ZIP file or a workbook; unpack it, or save the sheet as CSV/],
    ['an empty file', ['EMPTY', '--pathway', 'D'], /it is empty; export it again/],
    ['a packed file that is broken', ['BROKEN', '--pathway', 'D'], /it cannot be unpacked; download it again/],
  ])('refuses %s', async (_, args, expected) => {
    const files: Record<string, string> = {
      D: drawing(),
      L: file('learn/small.csv', TABLE.slice(0, 2000)),
      OTHER: file('learn/other.csv', 'case,activity,end\n1,Examne,2026-01-05T10:00:00Z\n'),
      ZIP: file('learn/book.xlsx', 'PK\u0003\u0004'),
      EMPTY: file('learn/empty.csv', ''),
      BROKEN: file('learn/broken.csv.gz', 'no gzip at all'),
    }
    expect(await refused(...args.map((each) => files[each] ?? each))).toMatch(expected)
  })
})
