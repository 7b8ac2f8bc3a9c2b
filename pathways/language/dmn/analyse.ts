/**
 * What a decision table leaves open and where its rules meet, exactly, wherever its tests are comparisons with literals
 * (DMN 1.5, sections 8.2.10 and 8.2.11: a table should be complete, and the rules of Unique must not overlap).
 */
import type { FeelTree, FeelType, TableTree } from '../feel/tree.ts'
import { gather } from '../gather.ts'
import { type Atom, atomsOf, constantsOf, domainOf, holdsFor } from './atoms.ts'

/** One side of a table, its pieces, and for each the rules that hold there, a bit for each rule. */
interface Column {
  atoms: Atom[]
  rules: bigint[]
}

export interface Region {
  /** For each input, in the order of the table: null when it does not matter. */
  inputs: (Atom[] | null)[]
}

export interface Overlap {
  /** Numbers from 1. */
  rules: [number, number]
  region: Region
}

/** Null when a test is something else than comparisons with literals, or the table is too big for the time that there is. */
export interface Analysis {
  overlaps: Overlap[]
  gaps: Region[]
}

/** Tests evaluated, cells looked at, and findings kept, before the analysis is given up or cut. */
const testsMax = 400_000
const cellsMax = 60_000
const foundMax = 10

/** `types` are those of the inputs where they are known from elsewhere. */
export const analyse = (table: TableTree, types: (FeelType | null)[]): Analysis | null => {
  const columns: Column[] = []
  let tests = 0
  for (const index of table.inputs.keys()) {
    const column = columnOf(table, index, types[index] ?? null)
    if (!column) return null
    tests += column.atoms.length * table.rules.length
    if (tests > testsMax) return null
    columns.push(column)
  }
  const gaps = gapsOf(columns, table.rules.length)
  return gaps && { overlaps: overlapsOf(columns, table.rules.length), gaps }
}

const columnOf = (table: TableTree, index: number, type: FeelType | null): Column | null => {
  const domain = domainOf(type)
  const within = [...domain.tests, ...(table.allowed[index] ? [table.allowed[index]] : [])]
  const tests = table.rules.map((rule): FeelTree => rule.tests[index] ?? ['value', true])
  const constants = [...within, ...tests].map(constantsOf)
  if (constants.some((found) => found === null)) return null
  const all = constants.flatMap((found) => found!)
  if ((all.length + 1) * 2 * tests.length > testsMax) return null
  const pieces = atomsOf(all, domain.boolean)
  if (!pieces) return null
  const atoms = within.reduce((left, test) => {
    const holds = holdsFor(test, left)
    return left.filter((_, at) => holds[at])
  }, pieces)
  const rules = atoms.map(() => 0n)
  for (const [rule, test] of tests.entries()) {
    for (const [at, holds] of holdsFor(test, atoms).entries()) if (holds) rules[at]! |= 1n << BigInt(rule)
  }
  return { atoms, rules }
}

const overlapsOf = (columns: Column[], rules: number): Overlap[] => {
  const found: Overlap[] = []
  const where = columns.map(({ rules: held }) =>
    Array.from({ length: rules }, (_, rule) =>
      held.reduce((bits, all, at) => ((all >> BigInt(rule)) & 1n ? bits | (1n << BigInt(at)) : bits), 0n),
    ),
  )
  for (let first = 0; first < rules; first += 1) {
    for (let second = first + 1; second < rules; second += 1) {
      const common = where.map((held) => held[first]! & held[second]!)
      if (common.some((bits) => bits === 0n)) continue
      const inputs = columns.map(({ atoms }, column) => chosen(atoms, (at) => ((common[column]! >> BigInt(at)) & 1n) === 1n))
      found.push({ rules: [first + 1, second + 1], region: { inputs } })
    }
  }
  return found
}

const chosen = (atoms: Atom[], keep: (at: number) => boolean): Atom[] | null => {
  const kept = atoms.filter((_, at) => keep(at))
  return kept.length === atoms.length ? null : kept
}

/** Column by column: pieces with the same rules are one; what no rule is left for is a gap, whatever the columns after. */
const gapsOf = (columns: Column[], rules: number): Region[] | null => {
  const everywhere = (1n << BigInt(rules)) - 1n
  const restHolds: bigint[] = [everywhere]
  for (let at = columns.length - 1; at >= 0; at -= 1) {
    restHolds.unshift(columns[at]!.rules.reduce((left, right) => left & right, restHolds[0]!))
  }
  const covered = new Set<string>()
  const gaps: Region[] = []
  let cells = 0
  /** Whether all is covered from a column on, with the rules that are left. */
  const visit = (column: number, left: bigint, inputs: (Atom[] | null)[]): boolean => {
    if ((left & restHolds[column]!) !== 0n) return true
    if (left === 0n) {
      if (gaps.length < foundMax) gaps.push({ inputs: [...inputs, ...columns.slice(column).map(() => null)] })
      return false
    }
    const key = `${column} ${left.toString(36)}`
    if (covered.has(key) || column === columns.length) return true
    const { atoms, rules: held } = columns[column]!
    const groups = new Map<bigint, Atom[]>()
    for (const [at, atom] of atoms.entries()) {
      gather(groups, left & held[at]!, atom)
    }
    let whole = true
    for (const [next, group] of groups) {
      cells += 1
      if (cells > cellsMax || gaps.length >= foundMax) break
      if (!visit(column + 1, next, [...inputs, group.length === atoms.length ? null : group])) whole = false
    }
    if (whole) covered.add(key)
    return whole
  }
  visit(0, everywhere, [])
  return cells > cellsMax ? null : gaps
}
