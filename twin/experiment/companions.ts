/** What stands beside a pathway's file: the decisions and forms that it uses. */
import { basename, dirname, join } from 'node:path'
import { readDmn } from '../../pathways/language/dmn/read.ts'
import type { Finding } from '../../pathways/language/finding.ts'

export interface Companions {
  dmn: string[]
  forms: Record<string, unknown>
  /** Decisions that are no DMN; forms that are no JSON or have no id. */
  findings: Finding[]
}

/** Files by their path, of the disk or of a request. */
export interface Files {
  /** Throws what says that there is none. */
  read(path: string): string
  /** Paths of the files in a folder, in order; none where there is no such folder. */
  list(folder: string): string[]
}

/** The decisions and forms that stand beside a pathway: `*.dmn`, `*.form` and `forms/*.form` of its folder. */
export async function companionsBeside(file: string, { read, list }: Files): Promise<Companions> {
  const folder = dirname(file)
  const beside = list(folder)
  const companions: Companions = { dmn: [], forms: {}, findings: [] }
  for (const path of beside.filter((one) => one.endsWith('.dmn'))) {
    const text = read(path)
    const { definitions, findings } = await readDmn(text)
    if (definitions) companions.dmn.push(text)
    else companions.findings.push(...findings.map((finding) => inFile(basename(path), finding)))
  }
  for (const path of [...beside, ...list(join(folder, 'forms'))].filter((one) => one.endsWith('.form'))) {
    const form = readForm(path, read)
    if ('id' in form) companions.forms[form.id] = form.schema
    else companions.findings.push(form)
  }
  return companions
}

/** What is said about a file beside the one that was named begins with its name. */
const inFile = (name: string, { message, french, ...finding }: Finding): Finding => ({
  ...finding,
  message: `${name}: ${message}`,
  french: { ...french, message: `${name} : ${french.message}` },
})

function readForm(path: string, read: Files['read']): { id: string; schema: unknown } | Finding {
  const broken = (message: string, french: string): Finding =>
    inFile(basename(path), {
      rule: 'broken-form',
      severity: 'error',
      element: '',
      message,
      help: 'Open the form in a form-js editor and export it again.',
      french: { message: french, help: 'Ouvrez le formulaire dans un éditeur form-js et exportez-le à nouveau.' },
    })
  try {
    const schema = JSON.parse(read(path)) as { id?: unknown } | null
    return typeof schema?.id === 'string' && schema.id
      ? { id: schema.id, schema }
      : broken('the form has no id.', 'le formulaire n’a pas d’identifiant.')
  } catch (error) {
    if (error instanceof SyntaxError) return broken('the form is not JSON.', 'le formulaire n’est pas du JSON.')
    throw error
  }
}
