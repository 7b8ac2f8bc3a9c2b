/** Files named on the command line, and the ones that belong to them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Compiled, compile } from '../pathways/language/compile.ts'
import type { Finding } from '../pathways/language/finding.ts'
import { type Companions, companionsBeside } from '../twin/experiment/companions.ts'
import { InputError } from './command.ts'
import { decode } from './decode.ts'

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file; check its name',
  EISDIR: 'it is a folder; name the files in it',
  EACCES: 'it may not be read; check its permissions',
}

/** @throws InputError naming the file, the reason and what to do. */
export function readText(file: string): string {
  const text = decode(file, readBytes(file))
  if (text.trim() === '') throw new InputError(`${file}: it is empty; export it again`)
  return text
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new InputError(`${file}: ${unreadable(code)}`)
  }
}

/** Why a file cannot be read, and what to do. @param code of the system's error. */
export const unreadable = (code: string): string => REASONS[code] ?? `it cannot be read (${code})`

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

/** The decisions and forms that stand beside a pathway: `*.dmn`, `*.form` and `forms/*.form` of its folder. */
export const companionsOf = (file: string): Promise<Companions> => companionsBeside(file, { read: readText, list })

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
