/**
 * Where feelin and the suite differ, expression by expression, and why the suite stands: the sections and tables are those of DMN 1.5.
 * What is not here must agree.
 */
export const differences: [reason: string, expressions: string[]][] = [
  ['feelin has no exponents; the standard has (grammar rule 37)', ['1e-2', '1e33 + 1', 'string(1e3)']],
  [
    'numbers are decimals of 34 digits (10.3.2.3.1); those of feelin are doubles',
    [
      '0.1 + 0.2',
      '9007199254740992 + 1',
      '0.1 * 3',
      '1 / 3',
      '2 / 3',
      '1 / 3 * 3',
      '2 ** 0.5',
      'string(0.0000001)',
      'stddev(2, 4, 7, 5)',
      'round up(5.5, -6112)',
      'log(10)',
      'exp(5)',
    ],
  ],
  ['values of different kinds, and booleans, have no order (table 53)', ['1 < "2"', 'true < false', '@"P1Y" < @"P400D"']],
  ['null is no end of a range (10.3.2.7)', ['5 in (null..10]']],
  ['an entry may not be written twice (10.3.2.6)', ['{a: 1, a: 2}']],
  [
    'a range of one value is a range, and another one than from it to it (10.3.2.7)',
    ['(=10) = (=10)', '(!=10) = (!=10)', '(=10) = [10..10]'],
  ],
  ['values of different kinds are not compared (table 42)', ['1 in "a"']],
  ['only true is true (10.3.2.14)', ['if "a" then 1 else 2']],
  ['a range that falls has no members; only 3..1 counts down (10.3.2.14)', ['for i in [3..1] return i']],
  ['dates are gone through day by day (10.3.2.14)', ['for i in @"2026-02-27"..@"2026-03-01" return i']],
  ['what is no list is a list of one (10.3.2.9.4)', ['for i in 5 return i']],
  ['three-valued, as or and and are (table 48)', ['some i in [1, null] satisfies i > 1', 'every i in [1, null] satisfies i > 0']],
  [
    'arguments are converted to the types of parameters, or the call is null (10.3.2.13.2)',
    [
      '{f: function(a: number) a, r: f("x")}.r',
      '{f: function(a: number) true, r: f("x")}.r',
      '{f: function(a: number) a, r: f([7])}.r',
      '{f: function(a: list<number>) a, r: f(7)}.r',
    ],
  ],
  [
    'the grammar of feelin has no range<…> (grammar rule 54)',
    ['[1..3] instance of range<number>', '["a".."c"] instance of range<number>'],
  ],
  ['a date plus a duration is a date (table 55)', ['@"2026-01-01" + @"PT36H"']],
  [
    'between a time with a zone and one without there is no difference (table 57)',
    ['@"2026-01-02T00:00:00" - @"2026-01-01"', '@"2026-01-02T00:00:00Z" - @"2026-01-01T12:00:00"'],
  ],
  [
    'a difference and a sum are of instants, whatever the zones (table 57)',
    [
      '@"2021-01-02T10:10:10@Europe/Paris" - @"2021-01-01T10:10:10@Asia/Dhaka"',
      '@"10:00:00Z" - @"10:00:00+01:00"',
      '@"2021-04-04T02:30:00@Australia/Melbourne" + @"PT24H"',
    ],
  ],
  ['24:00:00 ends a day (XML Schema, 3.2.7)', ['@"2026-01-01T24:00:00" + @"PT1S"', 'date and time("2026-11-23T24:00:00")']],
  [
    'durations are scaled, divided and negated (tables 56 and 58)',
    ['@"P1D" * 2', '2 * @"P1D"', '@"P1Y" / 2', '@"P1D" / @"PT6H"', '-@"P1D"'],
  ],
  ['order looks at what is finer than a second', ['@"10:30:00.0001" < @"10:30:00.0002"']],
  ['years have up to nine digits, and may be negative (10.3.4.1)', ['date("-999999999-12-31")']],
  ['durations are written as XML Schema writes the two kinds (10.3.4.1)', ['duration("PT0.S")', 'duration("P1Y1D")']],
  [
    'whole months, days left aside (10.3.4.1)',
    [
      'years and months duration(date("2011-12-22"), date("2013-08-24"))',
      'years and months duration(date("2013-08-24"), date("2011-12-22"))',
    ],
  ],
  [
    'range() gives the range that the text stands for (10.3.4.1)',
    ['range("[1..3]") = [1..3]', 'range("(1..3)").start included', 'range("[1..)") = (>= 1)', 'range("(1..)") = (> 1)'],
  ],
  ['is() tells, never null, whether two values are the same (10.3.4.2)', ['is(1, "1")']],
  ['positions start at 1 (table 73)', ['substring("foobar", 0)']],
  [
    'patterns and flags are those of XPath (table 73)',
    [
      'replace("a.b", ".", "-", "q")',
      'matches("x", "[A-Z-[OI]]", "i")',
      'matches("O", "[A-Z-[OI]]", "i")',
      'matches("hello world", "hello\\ sworld", "x")',
      'matches("hello", "\\p{IsBasicLatin}+")',
    ],
  ],
  ['the function has two parameters (table 74)', ['list replace([2, 4], function(item) true, 5)']],
  ['every kind that has an order has a greatest (table 74)', ['max("a", "b")', 'max(@"2026-01-01", @"2026-02-01")']],
  ['a scale is a whole number: its fraction is cut (10.3.4.5)', ['decimal(1 / 3, 2.5)']],
  ['what is not whole is neither odd nor even (10.3.4.5)', ['odd(1.5)']],
  [
    'keys lead from context to context, and through contexts only (10.3.4.9)',
    ['get value({a: {b: 1}}, ["a", "b"])', 'context put({x: 1, y: {a: 0}}, ["y", "a", "b"], 2)'],
  ],
  [
    'feelin has no such function (table 78)',
    [
      'overlaps before([1..5], [3..8])',
      'overlaps after([3..8], [1..5])',
      'finishes(10, [1..10])',
      'finishes([5..10], [1..10])',
      'finished by([1..10], 10)',
      'during(5, [1..10])',
      'starts(1, [1..10])',
      'starts([1..5], [1..10])',
      'started by([1..10], 1)',
      'coincides(5, 5)',
      'coincides([1..5], [1..5])',
      'coincides([1..5), [1..5])',
    ],
  ],
  ['null and values of different kinds have no order (table 78)', ['before(null, 1)', 'before(1, "a")']],
]
