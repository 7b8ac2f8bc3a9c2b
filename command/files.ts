/** Files named on the command line, and the ones that belong to them. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Compiled, compile } from '../pathways/language/compile.ts'
import { readDmn } from '../pathways/language/dmn/read.ts'
import type { Finding } from '../pathways/language/finding.ts'
import { InputError } from './command.ts'

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file; check its name',
  EISDIR: 'it is a folder; name the files in it',
  EACCES: 'it may not be read; check its permissions',
}

/** @throws InputError naming the file, the reason and what to do. */
export function readText(file: string): string {
  const text = textOf(file, readBytes(file))
  if (text.trim() === '') throw new InputError(`${file}: it is empty; export it again`)
  return text
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new InputError(`${file}: ${REASONS[code] ?? `it cannot be read (${code})`}`)
  }
}

/** What is no text is told apart here: a parser would quote its bytes. */
function textOf(file: string, bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Not UTF-8: said below.
  }
  throw new InputError(`${file}: it is no text in UTF-8; check that it is the right file, or save it as UTF-8`)
}

/** A finding on one line, as it is shown beside what was asked for. */
export const findingLine = (file: string, { element, message, help }: Finding): string =>
  `${file}: ${element ? `${element}: ` : ''}${message} ${help}`

/** The errors among findings, one line each, as problems of unusable input are shown. */
export const problemLines = (file: string, findings: Finding[]): string[] =>
  findings.filter(({ severity }) => severity === 'error').map((finding) => findingLine(file, finding))

/** A BPMN file compiled with what stands beside it. @throws InputError when one of the files cannot be read. */
export async function compileFile(file: string, text = readText(file)): Promise<Compiled & { beside: Finding[] }> {
  const { dmn, forms, findings: beside } = await companionsOf(file)
  return { ...(await compile({ bpmn: text, dmn, forms })), beside }
}

export interface Companions {
  dmn: string[]
  forms: Record<string, unknown>
  /** Decisions that are no DMN; forms that are no JSON or have no id. */
  findings: Finding[]
}

/** The decisions and forms that stand beside a pathway: `*.dmn`, `*.form` and `forms/*.form` of its folder. */
export async function companionsOf(file: string): Promise<Companions> {
  const folder = dirname(file)
  const beside = list(folder)
  const companions: Companions = { dmn: [], forms: {}, findings: [] }
  for (const path of beside.filter((one) => one.endsWith('.dmn'))) {
    const text = readText(path)
    const { definitions, findings } = await readDmn(text)
    if (definitions) companions.dmn.push(text)
    else companions.findings.push(...findings.map((finding) => inFile(basename(path), finding)))
  }
  for (const path of [...beside, ...list(join(folder, 'forms'))].filter((one) => one.endsWith('.form'))) {
    const form = readForm(path)
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

function readForm(path: string): { id: string; schema: unknown } | Finding {
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
    const schema = JSON.parse(readText(path)) as { id?: unknown } | null
    return typeof schema?.id === 'string' && schema.id
      ? { id: schema.id, schema }
      : broken('the form has no id.', 'le formulaire n’a pas d’identifiant.')
  } catch (error) {
    if (error instanceof SyntaxError) return broken('the form is not JSON.', 'le formulaire n’est pas du JSON.')
    throw error
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
  } catch {
    // No such folder, or one that may not be listed: then nothing stands beside, and what is missing is named where it is used.
    return []
  }
}
