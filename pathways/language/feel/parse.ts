/** FEEL text to FeelTree. lezer-feel's grammar does the parsing; the tree is ours, so that running needs no parser. */
import { parser, trackVariables, VariableContext } from 'lezer-feel'
import { externalCall } from './external.ts'
import { builtinNames } from './names.ts'
import { numberOfText } from './number.ts'
import { parseType } from './parse-type.ts'
import { child, children, FeelError, refuse, type Source, type SyntaxNode, textOf } from './syntax.ts'
import type { ComparisonOperator, FeelTree, FeelType, Iteration, NamedTree, Parameter } from './tree.ts'

export { FeelError } from './syntax.ts'

export interface ParseOptions {
  /** A list of tests of `?`, as a decision table's input entries are: the tree gives true, false or null. */
  unaryTests?: boolean
  /** Names that are not simple words (`Patient age`): of variables, and of what is inside them. */
  names?: readonly string[]
  /** Types that the model defines, by name. */
  typeNamed?: (name: string) => FeelType | undefined
}

const expressionMaxLength = 20_000

/**
 * Parses FEEL (DMN 1.5, chapter 10).
 * @throws FeelError with the position (from 0) and what is wrong there.
 */
export const parseFeel = (text: string, options: ParseOptions = {}): FeelTree => {
  if (text.length > expressionMaxLength) throw new FeelError('The expression is too long.', text, expressionMaxLength)
  if (text.trim() === '') {
    if (options.unaryTests) return ['value', true]
    throw new FeelError('The expression is empty.', text, 0)
  }
  const source: Source = options.typeNamed ? { text, typeNamed: options.typeNamed } : { text }
  try {
    const tree = parserFor(options.names ?? noNames, options.unaryTests === true).parse(withoutRangeTypes(text))
    refuseErrors(tree.topNode as SyntaxNode, source)
    return options.unaryTests ? unaryTests(tree.topNode, source) : expression(child(tree.topNode, 0, source), source)
  } catch (error) {
    if (error instanceof FeelError) throw error
    throw new FeelError(`Not FEEL: ${error instanceof Error ? error.message : 'unreadable'}.`, text, 0)
  }
}

type Parsers = Record<'Expression' | 'UnaryTests', typeof parser>
const noNames: readonly string[] = []
const parsers = new WeakMap<readonly string[], Parsers>()

/** Configured once for each list of names: a file has one list and hundreds of expressions. */
const parserFor = (names: readonly string[], unaryTests: boolean): typeof parser => {
  let found = parsers.get(names)
  if (!found) {
    const contextTracker = trackVariables({}, vocabulary(names))
    found = {
      Expression: parser.configure({ top: 'Expression', contextTracker }),
      UnaryTests: parser.configure({ top: 'UnaryTests', contextTracker }),
    }
    parsers.set(names, found)
  }
  return found[unaryTests ? 'UnaryTests' : 'Expression']
}

/** The grammar looks names with spaces up in a context; ours knows every declared name everywhere, after a dot too. */
const vocabulary = (names: readonly string[]): typeof VariableContext => {
  const known = Object.fromEntries([...builtinNames, ...names].filter((name) => !/^\w+$/.test(name)).map((name) => [name, 1]))
  return class extends VariableContext {
    constructor(value: Record<string, unknown> = {}) {
      super({ ...known, ...value })
    }
  }
}

const refuseErrors = (top: SyntaxNode, source: Source): void => {
  const pending = [top]
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type.isError) {
      const found = source.text.slice(node.from, node.from + 12).trim()
      refuse(node, source, found === '' ? 'Something is missing at the end' : `Unexpected "${found}"`)
    }
    for (let next = node.lastChild; next; next = next.prevSibling) pending.push(next)
  }
}

const words = (node: SyntaxNode, source: Source) => textOf(node, source).replace(/\s+/g, ' ').trim()

/**
 * The grammar has no `range<…>`: it reads a list of the same length, and `parse-type.ts` sees in the text which one was written.
 */
const withoutRangeTypes = (text: string): string =>
  text.replace(/"(?:\\.|[^"\\])*"|\brange(?=\s*<[^<>"]*>)/gs, (found) => (found === 'range' ? 'list ' : found))

const unaryTests = (top: SyntaxNode, source: Source): FeelTree => {
  const parts = children(top)
  if (parts[0]!.name === 'Wildcard') return ['value', true]
  const negated = parts[0]!.name === 'not'
  const tests = anyTest(parts.find((part) => part.name === 'PositiveUnaryTests')!, ['name', '?'], source)
  return negated ? ['not', tests] : tests
}

const anyTest = (tests: SyntaxNode, subject: FeelTree, source: Source): FeelTree =>
  children(tests)
    .map((test) => positiveTest(test, subject, source))
    .reduce((left, right): FeelTree => ['or', left, right])

const mentionsInput = (tree: FeelTree): boolean => JSON.stringify(tree).includes('["name","?"]')

const positiveTest = (test: SyntaxNode, subject: FeelTree, source: Source): FeelTree => {
  const inner = test.name === 'PositiveUnaryTest' ? child(test, 0, source) : test
  if (inner.name === 'SimplePositiveUnaryTest' && child(inner, 0, source).name === 'CompareOp') {
    const operator = textOf(child(inner, 0, source), source) as ComparisonOperator
    return [operator, subject, expression(child(inner, 1, source), source)]
  }
  const tree = expression(inner, source)
  return mentionsInput(tree)
    ? subject[0] === 'name' && subject[1] === '?'
      ? ['=', tree, ['value', true]]
      : ['with', subject, tree]
    : ['in', subject, tree]
}

const expression = (node: SyntaxNode, source: Source): FeelTree => {
  const reader = readers[node.name]
  if (!reader) return refuse(node, source, `Parcours does not know "${words(node, source)}" here`)
  return reader(node, source)
}

const at = (node: SyntaxNode, index: number, source: Source) => expression(child(node, index, source), source)
const last = (node: SyntaxNode, source: Source) => expression(node.lastChild!, source)

/** The operands of a node, without its words and signs. */
const operands = (node: SyntaxNode) =>
  children(node).filter(
    (part) => !/^(\W+|[a-z]+|ArithOp|CompareOp)$/.test(part.name) || part.name === 'null' || part.name === '?',
  )

const comparison = (node: SyntaxNode, source: Source): FeelTree => {
  const parts = children(node)
  const left = expression(parts[0]!, source)
  if (parts[1]!.name === 'between') return ['between', left, expression(parts[2]!, source), expression(parts[4]!, source)]
  const bare = parts[2]!.name === 'SimplePositiveUnaryTest' && child(parts[2]!, 0, source).name === 'CompareOp'
  if (parts[1]!.name !== 'in' && bare) refuse(parts[2]!, source, 'Two comparison signs follow each other')
  if (parts[1]!.name !== 'in') return [textOf(parts[1]!, source) as ComparisonOperator, left, expression(parts[2]!, source)]
  const many = parts.find((part) => part.name === 'PositiveUnaryTests')
  const simple = left[0] === 'name' || left[0] === 'value'
  const subject: FeelTree = simple ? left : ['name', '?']
  const test = many ? anyTest(many, subject, source) : positiveTest(parts[2]!, subject, source)
  return simple ? test : ['with', left, test]
}

const iterations = (node: SyntaxNode, source: Source): Iteration[] =>
  children(children(node).find((part) => part.name === 'InExpressions')!).map((part) => {
    const [name, , context] = children(part)
    const bounds = operands(context!)
    return [words(name!, source), expression(bounds[0]!, source), bounds[1] ? expression(bounds[1], source) : null]
  })

const stringOf = (literal: string): string =>
  literal.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)/gs, (whole, code: string) => {
    if (/^[uU]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16))
    return { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' }[code] ?? whole
  })

const call = (node: SyntaxNode, source: Source): FeelTree => {
  const [callee, ...rest] = children(node)
  const named = /^(SpecialFunctionName|DateTimeConstructor)$/.test(callee!.name)
  const target: FeelTree = named ? ['name', words(callee!, source)] : expression(callee!, source)
  const parameters = rest.find((part) => part.name === 'NamedParameters')
  if (parameters) {
    return [
      'callNamed',
      target,
      children(parameters).map((part): NamedTree => [words(child(part, 0, source), source), last(part, source)]),
    ]
  }
  const positional = rest.find((part) => part.name === 'PositionalParameters')
  return ['call', target, positional ? children(positional).map((part) => expression(part, source)) : []]
}

const contextEntry = (part: SyntaxNode, source: Source): NamedTree => {
  const key = child(child(part, 0, source), 0, source)
  return [key.name === 'StringLiteral' ? stringOf(textOf(key, source)) : words(key, source), last(part, source)]
}

const formalParameter = (part: SyntaxNode, source: Source): Parameter => {
  const type = part.getChild('Type')
  return [words(child(part, 0, source), source), type ? parseType(type, source) : null]
}

const functionDefinition = (node: SyntaxNode, source: Source): FeelTree => {
  const formal = node.getChild('FormalParameters')
  const parameters = formal ? children(formal).map((part) => formalParameter(part, source)) : []
  const body = last(node.getChild('FunctionBody')!, source)
  if (!node.getChild('external')) return ['function', parameters, body]
  const external = externalCall(body, parameters)
  return external ? ['function', parameters, external] : refuse(node, source, 'External functions are not executed')
}

const interval = (node: SyntaxNode, source: Source): FeelTree => {
  const [low, high] = operands(node)
  const open = textOf(node.firstChild!, source)
  const close = textOf(node.lastChild!, source)
  return ['range', expression(low!, source), expression(high!, source), open === '[', close === ']']
}

/** `> 3` outside a test is a range without end (DMN 1.5, grammar rule 7 and section 10.3.2.7). */
const openRange = (node: SyntaxNode, source: Source): FeelTree => {
  if (child(node, 0, source).name !== 'CompareOp') return at(node, 0, source)
  const bound = at(node, 1, source)
  switch (textOf(child(node, 0, source), source)) {
    case '<':
      return ['range', null, bound, false, false]
    case '<=':
      return ['range', null, bound, false, true]
    case '>':
      return ['range', bound, null, false, false]
    case '>=':
      return ['range', bound, null, true, false]
    case '=':
      return ['only', '=', bound]
    default:
      return ['only', '!=', bound]
  }
}

const number = (node: SyntaxNode, source: Source): FeelTree => {
  if (textOf(node, source).startsWith('+')) refuse(node, source, 'FEEL has no leading "+"')
  const value = numberOfText(textOf(node, source).replace(/\s+/g, ''))
  return value === null ? refuse(node, source, 'Not a number') : ['value', value]
}

const arithmetic = (node: SyntaxNode, source: Source): FeelTree => {
  const parts = children(node)
  if (parts.length === 2) {
    if (textOf(parts[0]!, source) !== '-') refuse(node, source, 'FEEL has no leading "+"')
    return ['negate', expression(parts[1]!, source)]
  }
  const operator = textOf(parts[1]!, source)
  return [operator === '^' ? '**' : (operator as '+'), expression(parts[0]!, source), expression(parts[2]!, source)]
}

const readers: Record<string, (node: SyntaxNode, source: Source) => FeelTree> = {
  NumericLiteral: number,
  StringLiteral: (node, source) => ['value', stringOf(textOf(node, source))],
  BooleanLiteral: (node, source) => ['value', textOf(node, source) === 'true'],
  null: () => ['value', null],
  '?': () => ['name', '?'],
  VariableName: (node, source) => ['name', words(node, source)],
  ParenthesizedExpression: (node, source) => at(node, 1, source),
  ArithmeticExpression: arithmetic,
  Comparison: comparison,
  Conjunction: (node, source) => ['and', at(node, 0, source), last(node, source)],
  Disjunction: (node, source) => ['or', at(node, 0, source), last(node, source)],
  PathExpression: (node, source) => ['path', at(node, 0, source), words(node.lastChild!, source)],
  FilterExpression: (node, source) => ['filter', at(node, 0, source), at(node, 2, source)],
  FunctionInvocation: call,
  DateTimeLiteral: (node, source) => {
    const first = child(node, 0, source)
    if (first.name !== 'AtLiteral') return call(node, source)
    return ['call', ['name', '@'], [['value', stringOf(textOf(child(first, 0, source), source))]]]
  },
  List: (node, source) => ['list', operands(node).map((part) => expression(part, source))],
  Context: (node, source) => [
    'context',
    node.getChildren('ContextEntry').map((part) => contextEntry(part as SyntaxNode, source)),
  ],
  IfExpression: (node, source) => ['if', at(node, 1, source), at(node, 3, source), at(node, 5, source)],
  ForExpression: (node, source) => ['for', iterations(node, source), last(node, source)],
  QuantifiedExpression: (node, source) => [
    textOf(node.firstChild!, source) as 'some',
    iterations(node, source),
    last(node, source),
  ],
  FunctionDefinition: functionDefinition,
  Interval: interval,
  SimplePositiveUnaryTest: openRange,
  InstanceOfExpression: (node, source) => ['instance', at(node, 0, source), parseType(node.lastChild!, source)],
}
