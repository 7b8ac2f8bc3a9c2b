// Goal: whatever is drawn has a shape in a diagram that is made for it. Method: what the layout alone fails on, and what stands in no pool; each node and flow is looked for.
import { expect, it } from 'vitest'
import { boxesOf } from '../../../../pathways/language/bpmn/diagram-text.ts'
import { withDiagram } from '../../../../pathways/language/bpmn/layout.ts'
import { definitions, flow, process } from '../../../conformance/small-model.ts'

const shown = (bpmn: string) => new Set([...bpmn.matchAll(/ bpmnElement="([^"]*)"/g)].map(([, id]) => id!))
const drawnIn = (bpmn: string) =>
  [...bpmn.matchAll(/<(?:\w*[tT]ask|\w+Event|\w+Gateway|sequenceFlow) id="([^"]*)"/g)].map(([, id]) => id!)

const ways: [string, string][] = [
  ['s', 'score'],
  ['score', 'check'],
  ['check', 'risk'],
  ['risk', 'deliver'],
  ['risk', 'reject'],
  ['risk', 'manual'],
  ['manual', 'decision'],
  ['decision', 'reject'],
  ['decision', 'deliver'],
  ['decision', 'score'],
  ['deliver', 'e'],
  ['reject', 'f'],
]
const elements = `<startEvent id="s"/><task id="score"/><task id="check"/><exclusiveGateway id="risk"/><task id="deliver"/><task id="reject"/><task id="manual"/><exclusiveGateway id="decision"/><endEvent id="e"/><endEvent id="f"/>`

it('a drawing that the layout cannot place is placed as a tree, and its other flows are drawn', async () => {
  const bpmn = process(`${elements}${ways.map(([from, to]) => flow(from, to)).join('')}`, '')
  const { bpmn: text, findings } = await withDiagram(bpmn)
  expect(findings).toEqual([])
  expect(drawnIn(bpmn).filter((id) => !shown(text!).has(id))).toEqual([])
  const boxes = [...boxesOf(text!)]
  const crowded = boxes.filter(([id, { x, y }]) => boxes.some(([other, box]) => other !== id && box.x === x && box.y === y))
  expect(crowded).toEqual([])
})

it('a process in no pool has a diagram of its own beside that of the pools', async () => {
  const one = (id: string) =>
    `<process id="${id}"><startEvent id="${id}s"/>${flow(`${id}s`, `${id}e`)}<endEvent id="${id}e"/></process>`
  const bpmn = definitions(
    `<collaboration id="c"><participant id="A" processRef="p"/><participant id="N"/></collaboration>${one('p')}${one('q')}`,
  )
  const { bpmn: text, findings } = await withDiagram(bpmn)
  expect(findings).toEqual([])
  expect([...drawnIn(bpmn), 'A', 'N'].filter((id) => !shown(text!).has(id))).toEqual([])
  expect(text!.match(/<bpmndi:BPMNDiagram /g)).toHaveLength(2)
})

it('each of several collaborations has a diagram, and what stands in two has shapes of its own in each', async () => {
  const one = (id: string) =>
    `<process id="${id}"><startEvent id="${id}s"/>${flow(`${id}s`, `${id}e`)}<endEvent id="${id}e"/></process>`
  const pools = (id: string, ...processes: string[]) =>
    `<collaboration id="${id}">${processes.map((each) => `<participant id="${id}${each}" processRef="${each}"/>`).join('')}</collaboration>`
  const bpmn = definitions(`${pools('c', 'p', 'q')}${pools('d', 'p')}${one('p')}${one('q')}`)
  const { bpmn: text, findings } = await withDiagram(bpmn)
  expect(findings).toEqual([])
  expect([...drawnIn(bpmn), 'cp', 'cq', 'dp'].filter((id) => !shown(text!).has(id))).toEqual([])
  expect(text!.match(/bpmnElement="ps"/g)).toHaveLength(2)
  const ids = [...text!.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
