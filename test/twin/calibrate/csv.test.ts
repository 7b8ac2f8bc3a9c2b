// Goal: tables as people export them. Method: the standard's cases and spreadsheets' habits; cut anywhere, a text gives the same records.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvReader } from '../../../twin/calibrate/csv.ts'
import { CsvLogReader } from '../../../twin/calibrate/csv-log.ts'
import { options, readCsv } from './logs.ts'

const read = (pieces: string[], separator = '') => {
  const records: [number, string[]][] = []
  const reader = new CsvReader((fields, line) => records.push([line, fields]), separator)
  for (const piece of pieces) reader.push(piece)
  const open = reader.end()
  return { records, open, separator: reader.separator }
}

describe('records', () => {
  it.each([
    [
      'plain',
      'a,b\n1,2\n',
      [
        [1, ['a', 'b']],
        [2, ['1', '2']],
      ],
    ],
    [
      'without a last line end',
      'a,b\n1,2',
      [
        [1, ['a', 'b']],
        [2, ['1', '2']],
      ],
    ],
    [
      'CRLF and a byte order mark',
      '\ufeffa,b\r\n1,2\r\n',
      [
        [1, ['a', 'b']],
        [2, ['1', '2']],
      ],
    ],
    [
      'lone CR',
      'a,b\r1,2\r',
      [
        [1, ['a', 'b']],
        [2, ['1', '2']],
      ],
    ],
    [
      'quotes, doubled quotes, separators and line ends in fields',
      '"a ""x""",b\n"1,1\n2",2\n3,4',
      [
        [1, ['a "x"', 'b']],
        [2, ['1,1\n2', '2']],
        [4, ['3', '4']],
      ],
    ],
    [
      'semicolons',
      'a;b\n1,5;2\n',
      [
        [1, ['a', 'b']],
        [2, ['1,5', '2']],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t\n',
      [
        [1, ['a', 'b']],
        [2, ['1', '']],
      ],
    ],
    [
      'Excel’s hint',
      'sep=;\r\na;b\r\n1;2\r\n',
      [
        [2, ['a', 'b']],
        [3, ['1', '2']],
      ],
    ],
    [
      'empty lines',
      'a,b\n\n1,2\n\n',
      [
        [1, ['a', 'b']],
        [3, ['1', '2']],
      ],
    ],
    [
      'an empty last field',
      'a,b\n1,',
      [
        [1, ['a', 'b']],
        [2, ['1', '']],
      ],
    ],
    [
      'text after a closing quote',
      'a,b\n"1"x,2\n',
      [
        [1, ['a', 'b']],
        [2, ['1x', '2']],
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(read([text]).records).toEqual(expected)
  })

  it('says where a quote stays open', () => {
    expect(read(['a,b\n1,"2\n3,4\n'])).toMatchObject({
      open: 2,
      records: [
        [1, ['a', 'b']],
        [2, ['1', '2\n3,4\n']],
      ],
    })
  })

  it('are the same wherever the text is cut, and are what was written', () => {
    const field = fc.stringMatching(/^[a-c";,\r\n ]{0,6}$/)
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(80)),
        (rows, cuts) => {
          const written = `x,y\r\n${rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\r\n')}`
          const places = [...new Set(cuts.filter((cut) => cut < written.length))].sort((one, other) => one - other)
          const pieces = [0, ...places].map((from, index) => written.slice(from, places[index] ?? written.length))
          expect(read(pieces).records.map(([, fields]) => fields)).toEqual([['x', 'y'], ...rows])
          expect(read(pieces).records).toEqual(read([written]).records)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a log in a table', () => {
  const work = (log: ReturnType<typeof readCsv>) => {
    const { start, end } = log.cases[0]!.works[0]!
    return [new Date(start).toISOString(), new Date(end).toISOString()]
  }

  it.each([
    [
      'ISO with offsets',
      'case_id,activity,start_time,end_time\n1,A,2026-03-31T08:15:00+02:00,2026-03-31T09:00:00+02:00',
      ['2026-03-31T06:15:00.000Z', '2026-03-31T07:00:00.000Z'],
    ],
    [
      'French Excel',
      'Numéro dossier;Activité;Date de début;Date de fin\r\n1;A;31/03/2026 08:15;31/03/2026 09:00\r\n',
      ['2026-03-31T06:15:00.000Z', '2026-03-31T07:00:00.000Z'],
    ],
    [
      'French words and hours',
      'dossier;acte;debut;fin\n1;A;31 mars 2026 8h15;31 mars 2026 9h00\n',
      ['2026-03-31T06:15:00.000Z', '2026-03-31T07:00:00.000Z'],
    ],
    ['American halves of the day', 'case,activity,start,end\n1,A,03/31/2026 8:15 AM,03/31/2026 12:00 PM', null],
    [
      'pm4py',
      ',case:concept:name,concept:name,start_timestamp,time:timestamp\n0,1,A,2026-03-31 08:15:00+00:00,2026-03-31 08:30:00.250000+00:00',
      ['2026-03-31T08:15:00.000Z', '2026-03-31T08:30:00.250Z'],
    ],
    [
      'seconds since 1970',
      'case,activity,start,end\n1,A,1774937700,1774940400',
      ['2026-03-31T06:15:00.000Z', '2026-03-31T07:00:00.000Z'],
    ],
    [
      'days of a spreadsheet, with decimal commas',
      'case;activity;start;end\n1;A;46112,34375;46112,375',
      ['2026-03-31T06:15:00.000Z', '2026-03-31T07:00:00.000Z'],
    ],
  ])('%s', (_, text, expected) => {
    if (expected) return expect(work(readCsv(text))).toEqual(expected)
    // Month first shows in the dates themselves, once they are read.
    const reader = new CsvLogReader(options())
    reader.push(text)
    expect(reader.finish()).toEqual({ dayFirst: false })
    expect(work(readCsv(text, { dayFirst: false }))).toEqual(['2026-03-31T06:15:00.000Z', '2026-03-31T10:00:00.000Z'])
  })

  it('says which columns and which zone it took', () => {
    const log = readCsv('case_id,activity,end_time,who\n1,A,2026-03-31T08:15:00,x')
    expect(log.assumptions).toEqual([
      'Columns: case "case_id", activity "activity", end "end_time", resource "who".',
      'Times carry no offset: they were read as those of Europe/Paris. Say --time-zone for another.',
      'The log has one time for each piece of work: it was taken to be its end. Work and the wait before it cannot be told apart then.',
    ])
  })

  it('brings asked, begun and done of a lifecycle together, and overlapping works of one activity by instance', () => {
    const log = readCsv(
      [
        'case,activity,lifecycle:transition,timestamp,concept:instance',
        '1,A,schedule,2026-01-05T08:00:00Z,i',
        '1,A,start,2026-01-05T08:10:00Z,i',
        '1,A,start,2026-01-05T08:15:00Z,j',
        '1,A,complete,2026-01-05T08:20:00Z,j',
        '1,A,complete,2026-01-05T08:30:00Z,i',
      ].join('\n'),
    )
    expect(log.cases[0]!.works.map(({ asked, start, end }) => [(start - asked) / 60_000, (end - start) / 60_000])).toEqual([
      [10, 20],
      [Number.NaN, 5],
    ])
  })

  it('is told its columns by the user, and a heading that is not there is named', () => {
    const text = 'who,what,when\n1,A,2026-03-31T08:15:00Z'
    expect(readCsv(text, { columns: { case: 'who', activity: 'what', end: 'when' } }).cases).toHaveLength(1)
    expect(() => readCsv(text, { columns: { case: 'whom' } })).toThrow('there is no column "whom"; did you mean "who"?')
    expect(() => readCsv(text)).toThrow(
      'no column was recognised as the case; there are "who", "what", "when". Add --column case=HEADING.',
    )
  })
})
