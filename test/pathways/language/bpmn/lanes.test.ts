// Goal: lanes say who does the work in them, and are drawn where a file has no diagram. Method: small models with lanes, one within the other, in pools.
import { describe, expect, it } from 'vitest'
import { boxesOf } from '../../../../pathways/language/bpmn/diagram-text.ts'
import { withDiagram } from '../../../../pathways/language/bpmn/layout.ts'
import { compile } from '../../../../pathways/language/compile.ts'
import { diffBpmn } from '../../../../pathways/language/diff/diff.ts'
import { definitions, flow } from '../../../conformance/small-model.ts'

const task = (role: string) => `<extensionElements><hospital:task role="${role}"/></extensionElements>`
const lane = (id: string, name: string, nodes: string[], inside = '', said = '') =>
  `<lane id="${id}" name="${name}">${said && task(said)}${nodes.map((node) => `<flowNodeRef>${node}</flowNodeRef>`).join('')}${inside && `<childLaneSet id="${id}-set">${inside}</childLaneSet>`}</lane>`
const inside = `<startEvent id="s"/>${flow('s', 'a')}<userTask id="a"/>${flow('a', 'b')}<userTask id="b"/>${flow('b', 'u')}
  <subProcess id="u"><startEvent id="us"/>${flow('us', 'c')}<userTask id="c"/>${flow('c', 'ue')}<endEvent id="ue"/></subProcess>${flow('u', 'e')}<endEvent id="e"/>`
const drawn = (lanes: string, body = inside, more = '') =>
  definitions(`${more}<process id="p" isExecutable="true"><laneSet id="L">${lanes}</laneSet>${body}</process>`)

/** The role of each task, and what was found about roles. */
const rolesOf = async (bpmn: string) => {
  const { programs, findings } = await compile({ bpmn })
  const roles = Object.fromEntries((programs[0]?.nodes ?? []).flatMap(({ id, task: done }) => (done ? [[id, done.role]] : [])))
  return {
    roles,
    findings: findings.filter(({ rule }) => rule.startsWith('lane-')).map(({ rule, element }) => `${rule} ${element}`),
  }
}

describe('the role of a task', () => {
  it('is that of its lane, which says it or is called like it; a subprocess hands it on', async () => {
    const lanes =
      lane('x', 'Accueil', ['s', 'a'], '', 'porter') + lane('y', 'Infirmière', ['b']) + lane('z', 'MÉDECINS', ['u', 'e'])
    expect(await rolesOf(drawn(lanes))).toEqual({ roles: { a: 'porter', b: 'nurse', c: 'physician' }, findings: [] })
  })

  it('is that of the inner lane before the outer one; a lane that says nothing gives none', async () => {
    const lanes =
      lane('x', 'Nurses', ['s', 'a'], lane('y', 'Ward 3', ['b']) + lane('z', 'Bed manager', ['u'])) +
      lane('w', 'Radiology', ['e'])
    expect((await rolesOf(drawn(lanes))).roles).toEqual({ a: 'nurse', b: 'nurse', c: 'bed-manager' })
    expect((await rolesOf(drawn(lane('x', 'Radiology', ['a', 'b'])))).roles).toEqual({ a: '', b: '', c: '' })
  })

  it('is its own before that of its lane, and the two are said to disagree', async () => {
    const own = inside.replace('<userTask id="a"/>', `<userTask id="a">${task('porter')}</userTask>`)
    const found = await rolesOf(drawn(lane('x', 'Nurse', ['s', 'a', 'b', 'u', 'e']), own))
    expect(found).toEqual({ roles: { a: 'porter', b: 'nurse', c: 'nurse' }, findings: ['lane-role a'] })
    const same = inside.replace('<userTask id="a"/>', `<userTask id="a">${task('nurse')}</userTask>`)
    expect((await rolesOf(drawn(lane('x', 'Nurse', ['s', 'a', 'b', 'u', 'e']), same))).findings).toEqual([])
  })

  it.each([
    ['<hospital:task role="nurse" due="PT5M"/>'],
    ['<hospital:task/>'],
    ['<hospital:need pool="nurse"/>'],
    ['<hospital:task role="nurse" rol="x"/>'],
    ['<hospital:task role="nurse"/><hospital:task role="porter"/>'],
  ])('a lane cannot say %s', async (extension) => {
    const said = lane('x', 'Ward', ['a'], '', 'nurse').replace('<hospital:task role="nurse"/>', extension)
    expect(await rolesOf(drawn(said))).toEqual({ roles: {}, findings: ['lane-extension x'] })
  })
})

describe('a diagram for a file without one', () => {
  const lanes =
    lane('x', 'Nurse', ['s', 'a'], lane('y', 'Ward', ['b']) + lane('z', 'Room', ['u'])) + lane('w', 'Physician', ['e'])
  const around = (inner: string, outer: string, boxes: Map<string, { x: number; y: number; width: number; height: number }>) => {
    const [small, large] = [boxes.get(inner)!, boxes.get(outer)!]
    expect(small.x, `${inner} in ${outer}`).toBeGreaterThanOrEqual(large.x)
    expect(small.y, `${inner} in ${outer}`).toBeGreaterThanOrEqual(large.y)
    expect(small.x + small.width, `${inner} in ${outer}`).toBeLessThanOrEqual(large.x + large.width)
    expect(small.y + small.height, `${inner} in ${outer}`).toBeLessThanOrEqual(large.y + large.height)
  }

  it('shows each node in its lane, lanes in lanes and in their pool, one below the other', async () => {
    const pools =
      '<collaboration id="together"><participant id="P" processRef="p"/><participant id="Q"/><messageFlow id="mf" sourceRef="a" targetRef="Q"/></collaboration>'
    for (const more of ['', pools]) {
      const { bpmn, findings } = await withDiagram(drawn(lanes, inside, more))
      expect(findings.filter(({ rule }) => rule === 'not-drawn')).toEqual([])
      const boxes = boxesOf(bpmn!)
      for (const [inner, outer] of [
        ['s', 'x'],
        ['a', 'x'],
        ['b', 'y'],
        ['u', 'z'],
        ['e', 'w'],
        ['y', 'x'],
        ['z', 'x'],
      ] as const)
        around(inner, outer, boxes)
      const [x, y, z, w] = ['x', 'y', 'z', 'w'].map((id) => boxes.get(id)!)
      expect([z!.y, w!.y]).toEqual([y!.y + y!.height, x!.y + x!.height])
      if (more === '') continue
      for (const id of ['x', 'w']) around(id, 'P', boxes)
      expect(x!.height + w!.height).toBe(boxes.get('P')!.height)
    }
  })

  it('has flows that begin and end at what they connect', async () => {
    const { bpmn } = await withDiagram(drawn(lanes))
    const boxes = boxesOf(bpmn!)
    const edges = [...bpmn!.matchAll(/bpmnElement="(s_a|a_b|b_u|u_e)">([\s\S]*?)<\/bpmndi:BPMNEdge>/g)]
    expect(edges).toHaveLength(4)
    for (const [, id, points] of edges) {
      const at = [...points!.matchAll(/x="([^"]*)" y="([^"]*)"/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
      for (const [end, [px, py]] of [
        [id!.split('_')[0], at[0]!],
        [id!.split('_')[1], at.at(-1)!],
      ] as const) {
        const { x, y, width, height } = boxes.get(end!)!
        expect(px === x || px === x + width || py === y || py === y + height, `${id} at ${end}`).toBe(true)
        expect(px >= x && px <= x + width && py >= y && py <= y + height, `${id} at ${end}`).toBe(true)
      }
    }
  })

  it('leaves the rest to the byte', async () => {
    const bpmn = drawn(lanes)
    const laidOut = (await withDiagram(bpmn)).bpmn!
    expect(laidOut.replace(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>\n/, '')).toBe(bpmn)
  })
})

it('a task that changes lanes, and a lane that changes its role, are changes', async () => {
  const before = drawn(lane('x', 'Ward', ['s', 'a', 'b'], '', 'nurse') + lane('y', 'Transport', ['u', 'e'], '', 'porter'))
  const after = drawn(lane('x', 'Ward', ['s', 'a'], '', 'nurse') + lane('y', 'Transport', ['b', 'u', 'e'], '', 'cleaner'))
  expect((await diffBpmn(before, after)).changes).toMatchObject([
    { element: 'x', property: 'flowNodeRef', from: 'a; b; s', to: 'a; s' },
    { element: 'y', property: 'hospital:task', from: 'role=porter', to: 'role=cleaner' },
    { element: 'y', property: 'flowNodeRef', from: 'e; u', to: 'b; e; u' },
  ])
})
