/** FEEL by table, level by level, mostly from the examples of DMN 1.5, chapter 10. */
import { describe, expect, it } from 'vitest'
import { toClosure } from '../../../../pathways/language/feel/evaluate.ts'
import { parseFeel } from '../../../../pathways/language/feel/parse.ts'
import type { Value, Variables } from '../../../../pathways/language/feel/value.ts'

const site = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }
const variables: Variables = {
  x: 5,
  word: 'abc',
  nothing: null,
  numbers: [1, 2, 3],
  people: [
    { name: 'Ada', age: 36 },
    { name: 'Bob', age: 20 },
  ],
  patient: { name: 'Ada', address: { town: 'Caen' }, 'birth date': { '@': '1990-02-28' } },
  dose: 0.1,
  huge: { '@number': '12345678901234567890.5' },
}
const evaluate = (text: string, at = 0): Value =>
  toClosure(parseFeel(text, { names: ['birth date'] }))({
    get: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    at,
    site,
  })

const table = (name: string, rows: [string, Value][]) =>
  describe(name, () => {
    it.each(rows)('%s', (text, expected) => {
      expect(evaluate(text)).toEqual(expected)
    })
  })

table('numbers', [
  ['0.1 + 0.2 = 0.3', true],
  ['dose * 3 = 0.3', true],
  ['dose * 3', 0.3],
  ['1/3', { '@number': '0.3333333333333333333333333333333333' }],
  ['1/3*3', { '@number': '0.9999999999999999999999999999999999' }],
  ['9007199254740992 + 1', { '@number': '9007199254740993' }],
  ['9007199254740993 = 9007199254740992', false],
  ['huge + 0.5', { '@number': '12345678901234567891' }],
  ['huge > 12345678901234567890', true],
  ['10 / 4', 2.5],
  ['7 / 0', null],
  ['2 ** 3 ** 2', 64],
  ['-2 ** 2', 4],
  ['-x', -5],
  ['1 + null', null],
  ['"1" + 1', null],
  ['1.5e3', 1500],
])

table('comparisons and three-valued logic', [
  ['x > 3', true],
  ['3 < x', true],
  ['word = "abc"', true],
  ['word != "abc"', false],
  ['word < "abd"', true],
  ['x = "5"', null],
  ['nothing > 3', null],
  ['nothing = null', true],
  ['x != null', true],
  ['absent = null', true],
  ['true and null', null],
  ['false and null', false],
  ['true or null', true],
  ['false or null', null],
  ['not(null)', null],
  ['[1, [2]] = [1, [2]]', true],
  ['{a: 1, b: 2} = {b: 2, a: 1}', true],
  ['if nothing then 1 else 2', 2],
])

table('between, in and ranges', [
  ['x between 1 and 5', true],
  ['x between null and 5', null],
  ['x in [1..5]', true],
  ['x in [1..5)', false],
  ['x in ]5..6]', false],
  ['x in (1, 5)', true],
  ['x in (> 5, < 2)', false],
  ['x in >= 5', true],
  ['x in numbers', false],
  ['2 in numbers', true],
  ['x + 1 in (1, > 5)', true],
  ['"b" in ["a".."c"]', true],
  ['@"2026-01-15" in [@"2026-01-01"..@"2026-02-01")', true],
  ['[1..5].start', 1],
  ['[1..5).end included', false],
  ['[1..5]', { '@': '[1..5]' }],
  ['(> 3)', { '@': '(3..)' }],
])

table('lists, filters and paths', [
  ['numbers[1]', 1],
  ['numbers[-1]', 3],
  ['numbers[4]', null],
  ['numbers[item > 1]', [2, 3]],
  ['people[age > 30].name', ['Ada']],
  ['people.name', ['Ada', 'Bob']],
  ['people[name = "Bob"][1].age', 20],
  ['people[age > x]', variables.people!],
  ['patient.address.town', 'Caen'],
  ['patient.absent.town', null],
  ['patient.birth date.year', 1990],
  ['[][1]', null],
  ['[][item > 1]', []],
  ['x[1]', 5],
  ['[{item: 7}][item = 7]', [{ item: 7 }]],
])

table('if, for, some, every, functions, contexts', [
  ['for i in numbers return i * 2', [2, 4, 6]],
  ['for i in 3..1 return i', [3, 2, 1]],
  ['for i in [1..3) return i', [1, 2]],
  ['for i in [1, 2], j in [i, 10] return i * j', [1, 10, 4, 20]],
  ['for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]', [1, 1, 2, 3, 5]],
  ['for d in @"2026-02-27"..@"2026-03-01" return d.day', [27, 28, 1]],
  ['for i in 1..100000000 return i', null],
  ['some i in numbers satisfies i > 2', true],
  ['some i in [null] satisfies i > 2', null],
  ['every i in numbers satisfies i > 2', false],
  ['every i in [] satisfies i > 2', true],
  ['{a: 1, b: a + 1}.b', 2],
  ['{f: function(n: number) n * 2, r: f(21)}.r', 42],
  ['{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r', 120],
  ['{f: function(a, b) a - b, r: f(b: 1, a: 3)}.r', 2],
  ['(function(a) a + x)(1)', 6],
  ['{f: function(g) g([1, 2]), r: f(count)}.r', 2],
  ['mode = null', true],
  ['function(a) a', null],
  ['[function(a) a, 1]', [null, 1]],
])

table('instance of', [
  ['x instance of number', true],
  ['numbers instance of list<number>', true],
  ['patient instance of context<name: string>', true],
  ['null instance of Any', false],
  ['@"P1Y" instance of years and months duration', true],
  ['@"2026-01-01" instance of date', true],
  ['(function(a) a) instance of function<Any> -> Any', true],
])

table('dates, times and durations', [
  ['date("2026-01-31") + duration("P1M")', { '@': '2026-02-28' }],
  ['date("2026-02-30")', null],
  ['date("2017-08-10") - date("2017-08-09")', { '@': 'P1D' }],
  ['date(2026, 3, 1).weekday', 7],
  ['@"2026-03-29T01:30:00@Europe/Paris" + @"PT1H"', { '@': '2026-03-29T03:30:00@Europe/Paris' }],
  ['@"2026-01-01T10:00:00Z" = @"2026-01-01T11:00:00+01:00"', true],
  ['@"2026-01-01T11:00:00" = @"2026-01-01T10:00:00Z"', true],
  ['time("23:30:00") + @"PT1H"', { '@': '00:30:00' }],
  ['@"PT36H"', { '@': 'P1DT12H' }],
  ['@"P1DT12H".hours', 12],
  ['@"P1D" * 1.5', { '@': 'P1DT12H' }],
  ['@"P1D" / @"PT1H"', 24],
  ['@"P1Y" > @"P11M"', true],
  ['@"P1Y" > @"P1D"', null],
  ['-@"P1Y"', { '@': '-P1Y' }],
  ['date and time("2026-01-01T10:00:00.500Z").second', 0],
  ['date and time(date("2026-01-01"), time("10:00:00"))', { '@': '2026-01-01T10:00:00' }],
  ['years and months duration(@"2011-12-22", @"2013-08-24")', { '@': 'P1Y8M' }],
  ['years and months duration(@"2013-08-24", @"2011-12-22")', { '@': '-P1Y8M' }],
  ['day of year(@"2019-09-17")', 260],
  ['day of week(@"2019-09-17")', 'Tuesday'],
  ['month of year(@"2019-09-17")', 'September'],
  ['week of year(@"2005-01-01")', 53],
  ['week of year(@"2003-12-29")', 1],
])

table('string functions', [
  ['substring("foobar", 3)', 'obar'],
  ['substring("foobar", 3, 3)', 'oba'],
  ['substring("foobar", -2, 1)', 'a'],
  ['substring("\\U01F40Eab", 2)', 'ab'],
  ['string length("\\U01F40Eab")', 3],
  ['upper case("aBc4")', 'ABC4'],
  ['substring before("foobar", "bar")', 'foo'],
  ['substring after("foobar", "ob")', 'ar'],
  ['substring after("foobar", "xyz")', ''],
  ['replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '[1=ab][2=]cd'],
  ['matches("foobar", "^fo*b")', true],
  ['matches("foobar", "[")', null],
  ['split("John Doe", "\\\\s")', ['John', 'Doe']],
  ['string join(["a", null, "c"], "_and_")', 'a_and_c'],
  ['string([1, "a", {b: null}])', '[1, "a", {b: null}]'],
  ['string(1.10)', '1.1'],
  ['number("1 000,0", " ", ",")', 1000],
  ['number("1e1000")', { '@number': '1e+1000' }],
])

table('list and number functions', [
  ['list contains([1, null], null)', true],
  ['min(1, 2, 3)', 1],
  ['max("a", "c", "b")', 'c'],
  ['sum([0.1, 0.2])', 0.3],
  ['mean([1, 2, 3, 4])', 2.5],
  ['median(8, 2, 5, 3, 4)', 4],
  ['median([6, 1, 2, 3])', 2.5],
  ['stddev(2, 4, 7, 5)', { '@number': '2.081665999466132735282297706979931' }],
  ['mode([6, 1, 9, 6, 1])', [1, 6]],
  ['all([true, null])', null],
  ['any([true, null])', true],
  ['sublist([4, 5, 6], 1, 2)', [4, 5]],
  ['append([1], 2, 3)', [1, 2, 3]],
  ['concatenate([1, 2], [3])', [1, 2, 3]],
  ['insert before([1, 3], 1, 2)', [2, 1, 3]],
  ['remove([1, 2, 3], 2)', [1, 3]],
  ['reverse([1, 2, 3])', [3, 2, 1]],
  ['index of([1, 2, 3, 2], 2)', [2, 4]],
  ['union([1, 2], [2, 3])', [1, 2, 3]],
  ['distinct values([1, 2, 3, 2, 1])', [1, 2, 3]],
  ['flatten([[1, 2], [[3]], 4])', [1, 2, 3, 4]],
  ['sort([3, 1, 4, 5, 2], function(x, y) x < y)', [1, 2, 3, 4, 5]],
  ['list replace([2, 4, 7, 8], 3, 6)', [2, 4, 6, 8]],
  ['list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)', [5, 5, 7, 8]],
  ['count([])', 0],
  ['sum([])', null],
  ['decimal(1/3, 2)', 0.33],
  ['decimal(2.5, 0)', 2],
  ['floor(-1.56, 1)', -1.6],
  ['ceiling(1.5)', 2],
  ['round up(-5.5, 0)', -6],
  ['round half up(-5.5, 0)', -6],
  ['round half down(5.5, 0)', 5],
  ['round half up(1125, -2)', 1100],
  ['abs(-10)', 10],
  ['abs(@"-PT5H")', { '@': 'PT5H' }],
  ['modulo(-10, 3)', 2],
  ['modulo(10, -3)', -2],
  ['sqrt(16)', 4],
  ['sqrt(-1)', null],
  ['odd(5)', true],
  ['floor(n: 1.5)', 1],
])

table('context functions', [
  ['get value({key1: "value1"}, "key1")', 'value1'],
  ['get value({a: {b: {c: 1}}}, ["a", "b", "c"])', 1],
  ['get entries({a: 1})', [{ key: 'a', value: 1 }]],
  ['context([{key: "a", value: 1}, {key: "b", value: 2}])', { a: 1, b: 2 }],
  ['context put({x: 1}, "y", 2)', { x: 1, y: 2 }],
  ['context put({x: 1, y: {a: 0}}, ["y", "a"], 2)', { x: 1, y: { a: 2 } }],
  ['context merge([{x: 1}, {x: 2, y: 3}])', { x: 2, y: 3 }],
])

table('ranges to ranges (DMN 1.5, table 78)', [
  ['before(1, 10)', true],
  ['before(1, (1..10])', true],
  ['before([1..10), 10)', true],
  ['before([1..10], [10..20])', false],
  ['after([10..20], [1..10))', true],
  ['meets([1..5], [5..10])', true],
  ['meets([1..5), [5..10])', false],
  ['met by([5..10], [1..5])', true],
  ['overlaps([1..5], [5..8])', true],
  ['overlaps([1..5], (5..8])', false],
  ['overlaps before([1..5], [3..8])', true],
  ['overlaps before([1..5], [6..8])', false],
  ['overlaps after([3..8], [1..5])', true],
  ['finishes(10, [1..10])', true],
  ['finishes([5..10], [1..10])', true],
  ['finished by([1..10], 10)', true],
  ['includes([1..10], 5)', true],
  ['includes([1..10], [4..6])', true],
  ['includes((1..10], [1..6])', false],
  ['during(5, [1..10])', true],
  ['starts(1, [1..10])', true],
  ['started by([1..10], [1..5])', true],
  ['coincides([1..5], [1..5])', true],
  ['coincides(3, 4)', false],
])

describe('the clock', () => {
  it('reads hospital time in the zone of the site', () => {
    expect(evaluate('now()', 200 * 86_400_000)).toEqual({ '@': '2026-07-20T02:00:00+02:00' })
    expect(evaluate('today()', -1_800_000)).toEqual({ '@': '2026-01-01' })
  })
})

describe('hostile expressions', () => {
  it('end in null or in an error, never in an overflow', () => {
    expect(evaluate('{f: function(g, n) g(g, n + 1), r: f(f, 0)}.r')).toBeNull()
    expect(evaluate('10 ** 10 ** 10 ** 10 ** 10')).toBeNull()
    expect(() => parseFeel('('.repeat(5000))).toThrow()
    expect(() => parseFeel('1 + '.repeat(10_000))).toThrow(/too long/)
  })

  it('cannot reach the prototype of anything', () => {
    expect(evaluate('{a: 1}.constructor')).toBeNull()
    expect(evaluate('{"__proto__": 1}.toString')).toBeNull()
    expect(evaluate('constructor')).toBeNull()
  })
})
