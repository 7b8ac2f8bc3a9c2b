/** The command line, on files of a folder of its own. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll } from 'vitest'
import { main } from '../../command/main.ts'
import { said } from './terminal.ts'

export const folder = mkdtempSync(join(tmpdir(), 'parcours-command-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The command line with something to read, in this very process, which loads each command once. */
export const parcoursReading = (input: string, ...args: string[]) =>
  said((terminal) => main(args, { ...terminal, input: Readable.from([input]) }))
export const parcours = (...args: string[]) => parcoursReading('', ...args)

/** The command line as people begin it: a program of its own, with the exit code that their shell sees. */
export const parcoursProgram = (input: string, ...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(process.execPath, ['command/parcours.mjs', ...args], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    )
    child.stdin!.end(input)
  })

export const file = (name: string, text: string) => {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

export const pathway = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="http://parcours" id="d">
  <process id="p" isExecutable="true">${inside}</process>
</definitions>`
export const GOOD = pathway('<startEvent id="s"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/>')
export const DANGLING = pathway('<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="nowhere"/>')
