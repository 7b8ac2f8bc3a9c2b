import { isExternal } from './external.ts'

/** The built-in functions of DMN 1.5, section 10.3.4, by name, with the parameter names of each form: for named arguments and for the grammar. */
const signatures: Record<string, readonly string[]> = {
  // Conversion (10.3.4.1)
  date: ['from', 'year,month,day'],
  'date and time': ['from', 'date,time', 'year,month,day,hour,minute,second', 'year,month,day,hour,minute,second,offset'],
  time: ['from', 'hour,minute,second', 'hour,minute,second,offset'],
  number: ['from', 'from,grouping separator,decimal separator'],
  string: ['from'],
  duration: ['from'],
  'years and months duration': ['from,to'],
  '@': ['text'],
  // Booleans
  not: ['negand'],
  is: ['value1,value2'],
  // Strings
  substring: ['string,start position', 'string,start position,length'],
  'string length': ['string'],
  'upper case': ['string'],
  'lower case': ['string'],
  'substring before': ['string,match'],
  'substring after': ['string,match'],
  replace: ['input,pattern,replacement', 'input,pattern,replacement,flags'],
  contains: ['string,match'],
  'starts with': ['string,match'],
  'ends with': ['string,match'],
  matches: ['input,pattern', 'input,pattern,flags'],
  split: ['string,delimiter'],
  'string join': ['list', 'list,delimiter'],
  // Lists
  'list contains': ['list,element'],
  'list replace': ['list,position,newItem', 'list,match,newItem'],
  count: ['list'],
  min: ['list'],
  max: ['list'],
  sum: ['list'],
  product: ['list'],
  mean: ['list'],
  median: ['list'],
  stddev: ['list'],
  mode: ['list'],
  all: ['list'],
  any: ['list'],
  sublist: ['list,start position', 'list,start position,length'],
  append: ['list,item'],
  concatenate: ['list'],
  'insert before': ['list,position,newItem'],
  remove: ['list,position'],
  reverse: ['list'],
  'index of': ['list,match'],
  union: ['list'],
  'distinct values': ['list'],
  flatten: ['list'],
  sort: ['list', 'list,precedes'],
  // Numbers
  decimal: ['n,scale'],
  floor: ['n', 'n,scale'],
  ceiling: ['n', 'n,scale'],
  'round up': ['n,scale'],
  'round down': ['n,scale'],
  'round half up': ['n,scale'],
  'round half down': ['n,scale'],
  abs: ['n'],
  modulo: ['dividend,divisor'],
  sqrt: ['number'],
  log: ['number'],
  exp: ['number'],
  odd: ['number'],
  even: ['number'],
  // Contexts
  'get value': ['m,key', 'context,key'],
  'get entries': ['m', 'context'],
  context: ['entries'],
  'context put': ['context,key,value', 'context,keys,value'],
  'context merge': ['contexts'],
  // Dates and times
  now: [''],
  today: [''],
  'day of year': ['date'],
  'day of week': ['date'],
  'month of year': ['date'],
  'week of year': ['date'],
  // Ranges
  range: ['from'],
  before: ['point1,point2', 'point,range', 'range,point', 'range1,range2'],
  after: ['point1,point2', 'point,range', 'range,point', 'range1,range2'],
  meets: ['range1,range2'],
  'met by': ['range1,range2'],
  overlaps: ['range1,range2'],
  'overlaps before': ['range1,range2'],
  'overlaps after': ['range1,range2'],
  finishes: ['point,range', 'range1,range2'],
  'finished by': ['range,point', 'range1,range2'],
  includes: ['range,point', 'range1,range2'],
  during: ['point,range', 'range1,range2'],
  starts: ['point,range', 'range1,range2'],
  'started by': ['range,point', 'range1,range2'],
  coincides: ['point1,point2', 'range1,range2'],
}

export const functionNames: readonly string[] = Object.keys(signatures)

export const isBuiltin = (name: string): boolean => Object.hasOwn(signatures, name) || isExternal(name)

/** Parameter names of each form of a built-in function; empty when there is no such function. */
export const signaturesOf = (name: string): string[][] =>
  Object.hasOwn(signatures, name) ? signatures[name]!.map((form) => (form === '' ? [] : form.split(','))) : []

/** Every name the grammar must know to tell a name from an operator: functions, their parameters, and parts of values. */
export const builtinNames: readonly string[] = [
  ...functionNames,
  ...Object.values(signatures).flatMap((forms) => forms.flatMap((form) => form.split(','))),
  'start included',
  'end included',
  'time offset',
].filter((name) => name.includes(' ') && name !== 'date and time' && name !== 'years and months duration')
