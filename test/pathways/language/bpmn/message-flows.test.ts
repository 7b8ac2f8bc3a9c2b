/** Message flows between pools: which message they are, and where they may not be. */
import { describe, expect, it } from 'vitest'
import { checkPathway } from '../../../../pathways/check.ts'
import { compile } from '../../../../pathways/language/compile.ts'
import { rehearse } from '../../../../twin/rehearse/rehearse.ts'
import { message, model } from '../../../conformance/model.ts'

const answering = `<startEvent id="s2"><messageEventDefinition/></startEvent><sendTask id="say"/><endEvent id="e2"/>
  flow: s2 > say > e2`
const pools = (flows: string, ask = '<messageEventDefinition/>', laboratory = answering) =>
  model(`<message id="question" name="question"/>
    <collaboration id="c"><participant id="wardPool" name="Ward" processRef="ward"/><participant id="laboratoryPool" name="Laboratory" processRef="laboratory"/><participant id="outside" name="Elsewhere"/>${flows}</collaboration>
    <process id="ward" isExecutable="true"><startEvent id="s1"/><intermediateThrowEvent id="ask">${ask}</intermediateThrowEvent><receiveTask id="hear"/><endEvent id="e1"/>
    flow: s1 > ask > hear > e1
    </process>
    <process id="laboratory" isExecutable="true">
    ${laboratory}
    </process>`)
const flow = (id: string, source: string, target: string) =>
  `<messageFlow id="${id}" sourceRef="${source}" targetRef="${target}"/>`
const both = flow('m1', 'ask', 's2') + flow('m2', 'say', 'hear')

describe('message flows', () => {
  it('name the messages that nobody named, and carry them', async () => {
    const { programs, findings } = await compile({ bpmn: pools(both) })
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    const lines = [...rehearse({ programs, process: 'ward' })]
    expect(lines.at(-1)).toMatchObject({ outcome: 'completed' })
    expect(lines.filter((line) => 'process' in line && line.process === 'laboratory' && line.event === 'entered')).toHaveLength(3)
  })

  it('have the message that one of their ends names', async () => {
    const { programs } = await compile({ bpmn: pools(both, message('question')) })
    const start = programs.find(({ process }) => process === 'laboratory')!.nodes.find(({ id }) => id === 's2')!
    expect(start.event!.name).toBe('question')
  })

  it('are part of the proof: an answer that is never sent is waited for in vain', async () => {
    expect((await checkPathway({ bpmn: pools(both) })).collaboration).toMatchObject({ sound: true, messageSound: true })
    const silent = `<startEvent id="s2"><messageEventDefinition/></startEvent><exclusiveGateway id="may" default="may-e3"/><sendTask id="say"/><endEvent id="e2"/><endEvent id="e3"/>
      flow: s2 > may
      flow: may > say if known
      flow: may > e3
      flow: say > e2`
    const unanswered = pools(both, undefined, silent)
    expect((await checkPathway({ bpmn: unanswered })).collaboration).toMatchObject({ sound: false, optionToComplete: false })
  })

  it('with a pool of which nothing is drawn, are sent and heard by the world', async () => {
    const { programs, findings } = await compile({
      bpmn: pools(
        flow('m1', 'ask', 'outside') + flow('m2', 'outside', 'hear') + flow('m3', 'outside', 's2') + flow('m4', 'say', 'outside'),
      ),
    })
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect([...rehearse({ programs, process: 'ward', until: 'PT1H' })].at(-1)).toMatchObject({
      outcome: 'unfinished',
      open: ['hear'],
    })
  })

  it.each([
    ['message-flow-pool', flow('m1', 'ask', 'hear')],
    ['message-flow-end', flow('m1', 's1', 's2')],
    ['message-flow-end', flow('m1', 'ask', 'e2')],
  ])('%s', async (rule, wrong) => {
    const { programs, findings } = await compile({ bpmn: pools(wrong + flow('m2', 'say', 'outside'), message('question')) })
    expect(findings).toContainEqual(
      expect.objectContaining({ rule, element: 'm1', severity: 'error', french: expect.anything() }),
    )
    expect(programs.length).toBeLessThan(3)
  })
})
