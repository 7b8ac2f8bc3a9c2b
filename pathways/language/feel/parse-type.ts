/** The type after `instance of` and in function parameters. */
import { child, children, type Source, type SyntaxNode, textOf } from './syntax.ts'
import type { FeelType } from './tree.ts'

/** A syntax node named Type to our FeelType. */
export const parseType = (node: SyntaxNode, source: Source): FeelType => {
  const inner = child(node, 0, source)
  switch (inner.name) {
    case 'ListType':
      return [textOf(inner, source).startsWith('range') ? 'range' : 'list', parseType(inner.getChild('Type')!, source)]
    case 'ContextType': {
      const entries = inner.getChild('ContextEntryTypes')
      return [
        'context',
        (entries ? entries.getChildren('ContextEntryType') : []).map((entry) => [
          textOf(child(entry, 0, source), source),
          parseType(entry.getChild('Type')!, source),
        ]),
      ]
    }
    case 'FunctionType': {
      const parameters = inner.getChild('ArgumentTypes')
      return [
        'function',
        (parameters ? children(parameters) : []).map((part) => parseType(child(part, 0, source), source)),
        parseType(inner.lastChild!, source),
      ]
    }
    default: {
      const name = textOf(inner, source).replace(/\s+/g, ' ').trim()
      return source.typeNamed?.(name) ?? name
    }
  }
}
