// Goal: the compiled simulator is the general one, only faster. Method: every measure of the bench's models and of random ones, number by number, by both.
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { experimentOf, readNamedScenario } from '../../../command/scenario.ts'
import { compile } from '../../../pathways/language/compile.ts'
import { Beyond, compileHospital } from '../../../twin/compiled/index.ts'
import { type Experiment, prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate, replicateInGeneral } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'

const bench = (file: string) => fileURLToPath(new URL(`../../../bench/twin/${file}`, import.meta.url))

const expectTheSame = (experiment: Experiment, replication: number) => {
  const options = { ...experiment.options, replication }
  expect(compileHospital(options)).not.toBeInstanceOf(Beyond)
  expect(replicate(experiment, replication)).toEqual(replicateInGeneral(experiment, options))
}

/** What a scenario says otherwise. */
const timeOf = (text: string) =>
  `<timerEventDefinition><timeDuration>${text === 'by the scenario' ? 'PT1H' : text.replaceAll('"', '&quot;')}</timeDuration></timerEventDefinition>`

/** A task of a random pathway: what it needs, takes and gives, how long it lasts, and whether a part of the patients goes back to it, or skips it. */
const task = fc.record({
  needs: fc.array(fc.record({ pool: fc.constantFrom('nurse', 'doctor', 'bed'), quantity: fc.integer({ min: 1, max: 2 }) }), {
    maxLength: 2,
  }),
  duration: fc.constantFrom(
    '',
    '<hospital:duration distribution="fixed" value="PT5M"/>',
    '<hospital:duration distribution="exponential" mean="PT9M"/>',
    '<hospital:duration distribution="lognormal" mean="PT8M" sd="PT4M"/>',
    '<hospital:duration distribution="gamma" shape="2.5" scale="PT3M"/>',
    '<hospital:duration distribution="triangular" min="PT1M" mode="PT4M" max="PT15M"/>',
  ),
  priority: fc.constantFrom(
    '',
    '<hospital:priority value="=acuity"/>',
    '<hospital:priority value="=if acuity = 2 then 1.5 else 0"/>',
  ),
  again: fc.constantFrom('never', 'byChance', 'byAcuity', 'byOutcome'),
  patience: fc.constantFrom('', 'PT15M', '=patience', '=duration("PT1H")', 'by the scenario'),
  /** Where one goes who has lost patience: away, or on. */
  onward: fc.constantFrom('Left', 'on'),
  pause: fc.constantFrom('', '', 'PT5M', 'by the scenario'),
})
type Task = typeof task extends fc.Arbitrary<infer Each> ? Each : never

const drawingOf = (tasks: Task[], takesAt: number, givesAt: number): string => {
  const parts: string[] = []
  const flow = (id: string, source: string, target: string, inside = '') =>
    parts.push(`<sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${inside}</sequenceFlow>`)
  const when = (text: string) => `<conditionExpression>=${text}</conditionExpression>`
  tasks.forEach(({ needs, duration, priority, again, patience, onward, pause }, index) => {
    const inside = [
      ...needs.map(({ pool, quantity }) => `<hospital:need pool="${pool}" quantity="${quantity}"/>`),
      index === takesAt ? '<hospital:take hold="place"/>' : '',
      index === givesAt && givesAt > takesAt ? '<hospital:give hold="place"/>' : '',
      priority,
      duration,
      again === 'byOutcome' ? `<hospital:outcome variable="again" value="=luck &lt; 0.2"/>` : '',
    ]
    parts.push(`<task id="T${index}"><extensionElements>${inside.join('')}</extensionElements></task>`)
    flow(`in${index}`, index === 0 ? 'In' : `G${index - 1}`, `T${index}`)
    if (pause) {
      parts.push(`<intermediateCatchEvent id="P${index}">${timeOf(pause)}</intermediateCatchEvent>`)
      flow(`pause${index}`, `T${index}`, `P${index}`)
    }
    flow(`out${index}`, pause ? `P${index}` : `T${index}`, `G${index}`)
    if (patience) {
      parts.push(`<boundaryEvent id="B${index}" attachedToRef="T${index}">${timeOf(patience)}</boundaryEvent>`)
      flow(`patience${index}`, `B${index}`, onward === 'Left' ? 'Left' : `G${index}`)
    }
    // Who takes a hold twice fails: nobody goes back to where one is taken.
    const back = index === takesAt || again === 'never' ? '' : again
    parts.push(
      `<exclusiveGateway id="G${index}"${back === 'byAcuity' || back === 'byOutcome' ? ` default="in${index + 1}"` : ''}/>`,
    )
    if (back === 'byChance')
      parts.push(
        `<sequenceFlow id="back${index}" sourceRef="G${index}" targetRef="T${index === givesAt && givesAt > takesAt ? takesAt : index}"><extensionElements><hospital:probability value="0.3"/></extensionElements></sequenceFlow>`,
      )
    if (back === 'byAcuity') flow(`back${index}`, `G${index}`, 'Early', when('acuity > 2'))
    if (back === 'byOutcome') flow(`back${index}`, `G${index}`, `T${index}`, when('again'))
  })
  flow(`in${tasks.length}`, `G${tasks.length - 1}`, 'Out')
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1" id="d" targetNamespace="t">
    <process id="visit" isExecutable="false"><extensionElements><hospital:hold name="place" pool="place"/></extensionElements>
    <startEvent id="In"/>${parts.join('')}<endEvent id="Out"/>${['Early', 'Left'].map((end) => (parts.some((part) => part.includes(`"${end}"`)) ? `<endEvent id="${end}"/>` : '')).join('')}</process></definitions>`
}

/** How long events wait that are left to the scenario. */
const elementsOf = (tasks: Task[]) =>
  Object.fromEntries(
    tasks.flatMap(({ patience, pause }, index) => [
      ...(patience === 'by the scenario' ? [[`B${index}`, { duration: { distribution: 'exponential', mean: 'PT20M' } }]] : []),
      ...(pause === 'by the scenario'
        ? [[`P${index}`, { duration: { distribution: 'uniform', min: 'PT1M', max: 'PT9M' } }]]
        : []),
    ]),
  )

describe('a compiled hospital', () => {
  it.each(['m1', 'm2'])('measures of %s what the general one measures', async (model) => {
    const named = await readNamedScenario(bench(`${model}.yaml`))
    named.scenario.demand[0]!.limit = 3_000
    expectTheSame(await experimentOf(named), 7)
  })

  it('measures of any pathway it takes what the general one measures', async () => {
    const model = fc.record({
      tasks: fc.array(task, { minLength: 1, maxLength: 5 }),
      takesAt: fc.nat(4),
      givesAt: fc.nat(4),
      seed: fc.nat(),
      warmUp: fc.constantFrom('PT0S', 'P2D'),
      perHourOfDay: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 24, maxLength: 24 }),
    })
    await fc.assert(
      fc.asyncProperty(model, async ({ tasks, takesAt, givesAt, seed, warmUp, perHourOfDay }) => {
        const { drawings, findings } = await compile({ bpmn: drawingOf(tasks, takesAt, givesAt) })
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
        const scenario = ScenarioFile.parse({
          hospital: {
            pools: [
              { id: 'nurse', units: 4 },
              { id: 'doctor', units: 4 },
              { id: 'bed', units: 5 },
              { id: 'place', units: 6 },
            ],
          },
          pathways: [{ file: 'visit.bpmn', elements: elementsOf(tasks) }],
          demand: [
            {
              id: 'walk-in',
              pathway: 'visit',
              perHourOfDay,
              variables: { acuity: '=floor(luck * 4)', again: false, patience: { distribution: 'exponential', mean: 'PT12M' } },
            },
            {
              id: 'on-the-hour',
              pathway: 'visit',
              interarrival: 'PT15M',
              variables: { acuity: '=modulo(index, 3)', again: false, patience: 'PT10M' },
            },
          ],
          horizon: 'P3D',
          warmUp,
          seed,
        })
        expectTheSame(prepareExperiment(scenario, new Map([['visit.bpmn', drawings]])), 0)
      }),
      { numRuns: 30 },
    )
  }, 120_000)

  it('leaves to the general one what a run comes to and the tables do not hold: a hold taken twice', async () => {
    const { drawings } = await compile({ bpmn: twice })
    const scenario = ScenarioFile.parse({
      hospital: {
        pools: [
          { id: 'nurse', units: 3 },
          { id: 'place', units: 3 },
        ],
      },
      pathways: ['visit.bpmn'],
      demand: [{ id: 'patients', pathway: 'visit', perHour: 2 }],
      horizon: 'P30D',
    })
    const experiment = prepareExperiment(scenario, new Map([['visit.bpmn', drawings]]))
    expectTheSame(experiment, 0)
    const value = (name: string) => replicate(experiment, 0)!.find((each) => each.name === name)!.value
    // Three in ten go back, and fail.
    expect(value('visit.completed') / value('visit.started')).toBeCloseTo(0.7, 1)
  })

  it.each([
    [
      'a boundary event that does not interrupt',
      '<boundaryEvent id="B" attachedToRef="T" cancelActivity="false"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><sequenceFlow id="b" sourceRef="B" targetRef="Out"/>',
      {},
    ],
    [
      'a unit that is asked for by what it is',
      '',
      { needs: [{ pool: 'place', quantity: 1, where: { attribute: 'room', in: ['1'] } }] },
    ],
    ['a pool that has too few', '', { needs: [{ pool: 'place', quantity: 4 }] }],
  ])('does not take %s', async (_, inside, elements) => {
    const { drawings } = await compile({ bpmn: twice.replace('</process>', `${inside}</process>`) })
    const scenario = ScenarioFile.parse({
      hospital: {
        pools: [
          { id: 'nurse', units: 3 },
          { id: 'place', units: 3 },
        ],
      },
      pathways: [{ file: 'visit.bpmn', elements: { T: elements } }],
      demand: [{ id: 'patients', pathway: 'visit', perHour: 2 }],
      horizon: 'P3D',
    })
    const { options } = prepareExperiment(scenario, new Map([['visit.bpmn', drawings]]))
    expect(compileHospital(options)).toBeInstanceOf(Beyond)
  })
})

/** Some go back to where a hold is taken: they fail. */
const twice = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1" id="d" targetNamespace="t">
  <process id="visit" isExecutable="false"><extensionElements><hospital:hold name="place" pool="place"/></extensionElements>
  <startEvent id="In"/><sequenceFlow id="f" sourceRef="In" targetRef="T"/>
  <task id="T"><extensionElements><hospital:need pool="nurse"/><hospital:take hold="place"/><hospital:duration distribution="fixed" value="PT20M"/></extensionElements></task>
  <sequenceFlow id="g" sourceRef="T" targetRef="G"/><exclusiveGateway id="G"/>
  <sequenceFlow id="back" sourceRef="G" targetRef="T"><extensionElements><hospital:probability value="0.3"/></extensionElements></sequenceFlow>
  <sequenceFlow id="on" sourceRef="G" targetRef="Out"/><endEvent id="Out"/></process></definitions>`
