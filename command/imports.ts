/** Files that a BPMN file imports and that stand nowhere beside it ("Imports MUST be explicitly defined", BPMN 2.0.2, 8.4.9, so that they can be found). */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Finding } from '../pathways/language/finding.ts'

const IMPORT = /<(?:\w+:)?import\s[^>]*>/g
const attribute = (tag: string, name: string): string => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? ''

/**
 * A finding for each imported model that is looked for beside the file and is not there: an error, and a warning for a drawing. What stands at an address of the
 * network is not fetched, and what is of another language than BPMN and DMN is not read.
 */
export function missingFiles(file: string, text: string): Finding[] {
  const isExecutable = /\sisExecutable\s*=\s*["']true["']/.test(text)
  return [...text.matchAll(IMPORT)].flatMap(([tag]): Finding[] => {
    const [location, kind] = [attribute(tag, 'location'), attribute(tag, 'importType')]
    if (location === '' || /^[a-z][a-z+.-]+:/i.test(location) || !/\/(BPMN|DMN)\//i.test(kind)) return []
    if (existsSync(join(dirname(file), location))) return []
    return [
      {
        rule: 'missing-import',
        severity: isExecutable ? 'error' : 'warning',
        element: attribute(tag, 'id'),
        message: `The file imports "${location}", which is not there.`,
        help: 'Put that file where it is looked for, or remove the import.',
        french: {
          message: `Le fichier importe « ${location} », qui est introuvable.`,
          help: 'Placez ce fichier là où il est cherché, ou supprimez l’import.',
        },
      },
    ]
  })
}
