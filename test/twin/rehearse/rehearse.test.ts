/** What `rehearse` promises on the command line: lines, outcome, scripts, and plain words for scripts that cannot be used. */
import { describe, expect, it } from 'vitest'
import { PLAYED_ALL_THE_SAME } from '../../../pathways/language/bpmn/executability.ts'
import { compile } from '../../../pathways/language/compile.ts'
import { type Rehearsal, type RehearsalEnd, type RehearsalLine, rehearse } from '../../../twin/rehearse/rehearse.ts'
import { RehearsalError, readScript } from '../../../twin/rehearse/script.ts'
import { error, lasting, model, single } from '../../conformance/model.ts'

const programsOf = async (bpmn: string) => {
  const { programs, drawings, findings } = await compile({ bpmn })
  expect(findings.filter(({ severity, rule }) => severity === 'error' && !PLAYED_ALL_THE_SAME.has(rule))).toEqual([])
  return [...programs, ...drawings]
}

const branching =
  single(`<startEvent id="start"/><userTask id="A" name="Examen"/><exclusiveGateway id="split" default="split-end"/><userTask id="B"/><endEvent id="end"/>
  flow: start > A > split > end
  flow: split > B if x > 3
  flow: B > end`)

const play = async (bpmn: string, rehearsal: Omit<Rehearsal, 'programs'> = {}) => [
  ...rehearse({ programs: await programsOf(bpmn), ...rehearsal }),
]
const elements = (lines: (RehearsalLine | RehearsalEnd)[], event: string) =>
  lines.flatMap((line) => ('event' in line && line.event === event ? [line.element] : []))

describe('a rehearsal', () => {
  it('gives a line for each thing that happens, and the outcome last', async () => {
    const lines = await play(branching, {
      script: { variables: { x: 1 }, tasks: { Examen: { takes: 'PT10S', set: { x: '=x + 1' } } } },
    })
    expect(lines[4]).toEqual({
      at: 'PT10S',
      process: 'main',
      element: 'A',
      name: 'Examen',
      type: 'bpmn:UserTask',
      event: 'completed',
    })
    expect(lines[2]).toEqual({
      at: 'PT0S',
      process: 'main',
      element: 'start-A',
      name: '',
      type: 'bpmn:SequenceFlow',
      event: 'taken',
    })
    expect(lines.at(-1)).toEqual({ outcome: 'completed', at: 'PT10S', variables: { x: 2 }, open: [], error: null })
  })

  it('says until when it looked', async () => {
    const lines = await play(branching, { until: 'PT1M', script: { tasks: { A: { takes: 'PT2M' } } } })
    expect(lines.at(-1)).toMatchObject({ outcome: 'unfinished', at: 'PT1M', open: ['A'] })
  })

  it('lets a script task that is given a time take it, and still computes', async () => {
    const bpmn =
      single(`<startEvent id="start"/><scriptTask id="S" scriptFormat="feel"><extensionElements><hospital:result variable="x"/></extensionElements><script>40 + 2</script></scriptTask><endEvent id="end"/>
      flow: start > S > end`)
    expect((await play(bpmn, { script: { tasks: { S: { takes: 'PT5S' } } } })).at(-1)).toMatchObject({
      at: 'PT5S',
      variables: { x: 42 },
    })
  })

  it('sets off an error on a boundary by failing what carries it', async () => {
    const bpmn = single(
      `<startEvent id="start"/><userTask id="A"/><boundaryEvent id="edge" attachedToRef="A">${error('bad')}</boundaryEvent><task id="B"/>
      flow: start > A
      flow: edge > B`,
      '<error id="bad" errorCode="bad"/>',
    )
    const script = { tasks: { A: { takes: 'PT1H' } }, triggers: [{ element: 'edge', after: 'PT1M' }] }
    expect(elements(await play(bpmn, { script }), 'completed')).toEqual(['start', 'edge', 'B'])
  })

  it('waits with a trigger until somebody listens', async () => {
    const bpmn =
      single(`<startEvent id="start"/><userTask id="A"/><intermediateCatchEvent id="wait">${lasting('P1D')}</intermediateCatchEvent>
      flow: start > A > wait`)
    const script = { tasks: { A: { takes: 'PT1H' } }, triggers: [{ element: 'wait', after: 'PT1M' }] }
    expect((await play(bpmn, { script })).at(-1)).toMatchObject({ outcome: 'completed', at: 'PT1H' })
  })

  it('ends although nobody ever listens for its triggers', async () => {
    const script = { triggers: [{ element: 'A' }, { element: 'B' }] }
    expect((await play(branching, { script })).at(-1)).toMatchObject({ outcome: 'completed' })
  })

  it('is the same twice', async () => {
    const script = { variables: { x: 4 }, tasks: { B: { takes: 'PT3S' } } }
    expect(await play(branching, { script })).toEqual(await play(branching, { script }))
  })
})

describe('a script that cannot be used', () => {
  const refused = async (rehearsal: Omit<Rehearsal, 'programs'>, place: string) => {
    const programs = await programsOf(branching)
    expect(() => [...rehearse({ programs, ...rehearsal })]).toThrow(RehearsalError)
    expect(() => [...rehearse({ programs, ...rehearsal })]).toThrow(place)
  }

  it('names the place', async () => {
    await refused({ script: { tasks: { Nobody: {} } } }, 'tasks.Nobody')
    await refused({ script: { branches: { split: ['start-A'] } } }, 'branches.split')
    await refused({ script: { branches: { gone: ['x'] } } }, 'branches.gone')
    await refused({ script: { tasks: { A: { takes: 'soon' } } } }, 'tasks.A.takes')
    await refused({ script: { tasks: { A: { set: { x: '=1 +' } } } } }, 'tasks.A.set.x')
    await refused({ script: { triggers: [{ element: 'gone' }] } }, 'triggers[0]')
    await refused({ process: 'gone' }, 'gone')
    await refused({ also: ['gone'] }, '--also')
    await refused({ until: 'tomorrow' }, '--until')
  })

  it('is refused as JSON before it is played', () => {
    expect(() => readScript([])).toThrow('script')
    expect(() => readScript({ task: {} })).toThrow('script.task')
    expect(() => readScript({ tasks: { A: { take: 'PT1S' } } })).toThrow('tasks.A.take')
    expect(() => readScript({ messages: [{ after: 'PT1S' }] })).toThrow('messages[0].name')
    expect(() => readScript({ branches: { split: 'x' } })).toThrow('branches.split')
    expect(readScript({ tasks: { A: { takes: 'PT1S' } } })).toEqual({ tasks: { A: { takes: 'PT1S' } } })
  })
})

describe('several processes of one file', () => {
  it('are rehearsed together, each line with its process', async () => {
    const bpmn =
      model(`<process id="main" isExecutable="true"><startEvent id="start"/><callActivity id="C" calledElement="called"/>
      flow: start > C
      </process>
      <process id="called" isExecutable="true"><startEvent id="in"/><userTask id="A"/>
      flow: in > A
      </process>`)
    const lines = await play(bpmn, { script: { tasks: { A: { takes: 'PT1M' } } } })
    const processes = lines.flatMap((line) => ('event' in line && line.element === 'A' ? [line.process] : []))
    expect(processes).toEqual(['called', 'called'])
    expect(lines.at(-1)).toMatchObject({ outcome: 'completed', at: 'PT1M' })
  })
})
