/** The models that are measured, drawn by their size. */
import { compile } from '../../pathways/language/compile.ts'
import type { Program } from '../../pathways/language/program.ts'

const file = (body: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1" id="definitions" targetNamespace="urn:parcours:bench">
<process id="bench" isExecutable="true"><startEvent id="start"/><endEvent id="end"/>${body}</process></definitions>`

const task = (id: string) =>
  `<userTask id="${id}" name="${id}"><extensionElements><hospital:task role="nurse"/></extensionElements></userTask>`
const flow = (source: string, target: string, condition = '') =>
  `<sequenceFlow id="${source}-${target}" sourceRef="${source}" targetRef="${target}">${condition && `<conditionExpression>=${condition}</conditionExpression>`}</sequenceFlow>`
const path = (...ids: string[]) =>
  ids
    .slice(1)
    .map((id, index) => flow(ids[index]!, id))
    .join('')

/** So many tasks, one after the other. */
export function sequence(tasks: number): string {
  const ids = Array.from({ length: tasks }, (_, index) => `t${index}`)
  return file(`${ids.map(task).join('')}${path('start', ...ids, 'end')}`)
}

/** So many sequences of so many tasks side by side. */
export function wideFork(width: number, length: number): string {
  const ids = Array.from({ length: width * length }, (_, index) => `t${index}`)
  const gateways = '<parallelGateway id="fork"/><parallelGateway id="join"/>'
  return file(
    `${gateways}${ids.map(task).join('')}${path('start', 'fork')}${Array.from({ length: width }, (_, row) => path('fork', ...ids.slice(row * length, (row + 1) * length), 'join')).join('')}${path('join', 'end')}`,
  )
}

/** Blocks of ten elements: a choice between two tasks, a fork of two, a task; each with what a hospital's pathway has on it. */
export function bigPathway(elements: number): string {
  const blocks = Array.from({ length: Math.round(elements / 10) }, (_, index) => index)
  const drawn = blocks.map((index) => {
    const [split, merge, fork, join] = ['x', 'm', 'f', 'j'].map((name) => `${name}${index}`) as [string, string, string, string]
    const [a, b, c, d, e, g] = ['a', 'b', 'c', 'd', 'e', 'g'].map((name) => `${name}${index}`) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const gateways = `<exclusiveGateway id="${split}" default="${split}-${b}"/><exclusiveGateway id="${merge}"/><parallelGateway id="${fork}"/><parallelGateway id="${join}"/>`
    const flows = [
      flow(split, a, `age &gt; ${index}`),
      flow(split, b),
      path(a, merge),
      path(b, merge, fork),
      path(fork, c, join),
      path(fork, d, join, e, g),
    ]
    return `${gateways}${[a, b, c, d, e, g].map(task).join('')}${flows.join('')}`
  })
  const between = blocks.slice(1).map((index) => flow(`g${index - 1}`, `x${index}`))
  return file(`${drawn.join('')}${between.join('')}${flow('start', 'x0')}${flow(`g${blocks.length - 1}`, 'end')}`)
}

/** @throws Error when the model cannot be executed. */
export async function programOf(bpmn: string): Promise<Program> {
  const { programs, findings } = await compile({ bpmn })
  if (!programs[0]) throw new Error(findings.map(({ element, message }) => `${element}: ${message}`).join('; '))
  return programs[0]
}
