/** Drawings that lack what only execution needs: imported with honest findings, rehearsed, proven, and never published. */
import { describe, expect, it } from 'vitest'
import { checkPathway } from '../../../../pathways/check.ts'
import { type RehearsalEnd, type RehearsalLine, rehearse } from '../../../../twin/rehearse/rehearse.ts'
import { condition, definitions, flow, process } from '../../../conformance/small-model.ts'

const probability = (value: number) => `<extensionElements><hospital:probability value="${value}"/></extensionElements>`

/** A gateway of one kind with two ways to the end. */
const split = (attributes: string, first = '', second = '', gateway = 'exclusiveGateway') =>
  process(
    `<startEvent id="s"/>${flow('s', 'g')}<${gateway} id="g"/>${flow('g', 'a', first)}${flow('g', 'b', second)}
     <task id="a"/><task id="b"/>${flow('a', 'e')}${flow('b', 'e')}<endEvent id="e"/>`,
    attributes,
  )

const around = (element: string, beside = '') =>
  process(`<startEvent id="s"/>${flow('s', 'a')}${element}${flow('a', 'e')}<endEvent id="e"/>${beside}`, 'isExecutable="false"')

const rehearsed = async (bpmn: string, seed = 1): Promise<{ entered: string[]; end: RehearsalEnd }> => {
  const { programs, drawings } = await checkPathway({ bpmn })
  const lines = [...rehearse({ programs: [...programs, ...drawings], seed })]
  const entered = lines.flatMap((line) => ('event' in line && (line as RehearsalLine).event === 'entered' ? line.element : []))
  return { entered, end: lines.at(-1) as RehearsalEnd }
}

describe('a gateway without conditions', () => {
  it.each(['', 'isExecutable="false"'])('is a drawing in a process with "%s"', async (attributes) => {
    const { programs, drawings, findings, verdicts } = await checkPathway({ bpmn: split(attributes) })
    expect([programs.length, drawings.length]).toEqual([0, 1])
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(findings.map(({ rule, element }) => `${rule} ${element}`)).toEqual(
      expect.arrayContaining(['missing-condition g_a', 'missing-condition g_b', 'not-executable p']),
    )
    expect(verdicts.get('p')).toMatchObject({ sound: true, deadActivities: [] })
  })

  it('is an error in a process that says it is executable', async () => {
    const { programs, findings } = await checkPathway({ bpmn: split('isExecutable="true"') })
    expect(programs).toEqual([])
    expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual([
      'missing-condition',
      'missing-condition',
    ])
  })

  it('is decided by probabilities, the same way for the same seed', async () => {
    const bpmn = split('', probability(0.8))
    const ways = await Promise.all(Array.from({ length: 400 }, (_, seed) => rehearsed(bpmn, seed)))
    expect(ways.every(({ end }) => end.outcome === 'completed')).toBe(true)
    const first = ways.filter(({ entered }) => entered.includes('a')).length
    // 400 draws at 0.8: four standard deviations either side.
    expect(first).toBeGreaterThan(288)
    expect(first).toBeLessThan(352)
    expect(await rehearsed(bpmn, 7)).toEqual(await rehearsed(bpmn, 7))
  })

  it('is not asked for conditions where it gives probabilities', async () => {
    const asked = async (bpmn: string) =>
      (await checkPathway({ bpmn })).findings.filter(({ rule }) => rule === 'missing-condition').map(({ element }) => element)
    expect(await asked(split('', probability(0.8), probability(0.2)))).toEqual([])
    expect(await asked(split('', probability(0.8)))).toEqual(['g_b'])
    expect(await asked(split('isExecutable="true"', probability(0.8), probability(0.2)))).toEqual(['g_a', 'g_b'])
  })

  it('takes one way or both, and at least one, when it is inclusive', async () => {
    const bpmn = split('', probability(0.3), probability(0.3), 'inclusiveGateway')
    const ways = await Promise.all(Array.from({ length: 200 }, (_, seed) => rehearsed(bpmn, seed)))
    const seen = new Set(ways.map(({ entered }) => ['a', 'b'].filter((task) => entered.includes(task)).join()))
    expect(seen).toEqual(new Set(['a', 'b', 'a,b']))
  })

  it('goes round a loop until chance ends it', async () => {
    const bpmn = process(
      `<startEvent id="s"/>${flow('s', 'a')}<task id="a"/>${flow('a', 'g')}<exclusiveGateway id="g"/>${flow('g', 'a', probability(0.9))}${flow('g', 'e')}<endEvent id="e"/>`,
      '',
    )
    const ways = await Promise.all(Array.from({ length: 100 }, (_, seed) => rehearsed(bpmn, seed)))
    expect(ways.map(({ end }) => end.outcome)).toEqual(ways.map(() => 'completed'))
    const rounds = ways.map(({ entered }) => entered.filter((element) => element === 'a').length)
    // The mean of a geometric law of 0.1 is 10, its standard deviation 9.5: four of those of a mean of 100 either side.
    const mean = rounds.reduce((sum, each) => sum + each, 0) / rounds.length
    expect(mean).toBeGreaterThan(6.2)
    expect(mean).toBeLessThan(13.8)
  })
})

describe('what else a drawing may lack', () => {
  const rows: [rule: string, bpmn: string][] = [
    ['timer-missing', around('<intermediateCatchEvent id="a"><timerEventDefinition/></intermediateCatchEvent>')],
    [
      'timer-text',
      around(
        '<intermediateCatchEvent id="a"><timerEventDefinition><timeDuration>an hour</timeDuration></timerEventDefinition></intermediateCatchEvent>',
      ),
    ],
    [
      'timer-missing',
      around(
        '<task id="a"/>',
        `<boundaryEvent id="b" attachedToRef="a"><timerEventDefinition/></boundaryEvent>${flow('b', 'x')}<endEvent id="x"/>`,
      ),
    ],
    ['condition-missing', around('<intermediateCatchEvent id="a"><conditionalEventDefinition/></intermediateCatchEvent>')],
    ['message-missing', around('<intermediateThrowEvent id="a"><messageEventDefinition/></intermediateThrowEvent>')],
    ['signal-missing', around('<intermediateThrowEvent id="a"><signalEventDefinition/></intermediateThrowEvent>')],
    ['escalation-missing', around('<intermediateThrowEvent id="a"><escalationEventDefinition/></intermediateThrowEvent>')],
    ['called-element', around('<callActivity id="a"/>')],
    ['decision-missing', around('<businessRuleTask id="a"/>')],
    ['script-format', around('<scriptTask id="a" scriptFormat="groovy"><script>x = 1</script></scriptTask>')],
    ['loop-count', around('<task id="a"><multiInstanceLoopCharacteristics/></task>')],
    ['loop-endless', around('<task id="a"><standardLoopCharacteristics/></task>')],
    ['feel-syntax', split('isExecutable="false"', condition('#{approved}'), condition('#{!approved}'))],
  ]

  it.each(rows)('%s: a warning, and it runs through', async (rule, bpmn) => {
    const { programs, findings, verdicts } = await checkPathway({ bpmn })
    expect(programs).toEqual([])
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(findings.map((finding) => finding.rule)).toEqual(expect.arrayContaining([rule, 'not-executable']))
    expect(verdicts.get('p')?.sound).toBe(true)
    expect((await rehearsed(bpmn)).end.outcome).toBe('completed')
  })

  it('is never what the standard asks of every drawing', async () => {
    const crossing = process(`<startEvent id="s"/>${flow('s', 'e')}<endEvent id="e"/>${flow('e', 's')}`, 'isExecutable="false"')
    const { programs, drawings, findings } = await checkPathway({ bpmn: crossing })
    expect([programs, drawings]).toEqual([[], []])
    expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['incoming-flow', 'outgoing-flow']),
    )
  })

  it('is nothing at all in a pool that shows nothing', async () => {
    const drawn = `<process id="p"><startEvent id="s"/>${flow('s', 'e')}<endEvent id="e"/></process>`
    const { programs, findings } = await checkPathway({
      bpmn: definitions(
        `<collaboration id="c"><participant id="one" name="ward" processRef="p"/><participant id="two" name="laboratory" processRef="q"/></collaboration>${drawn}<process id="q" isExecutable="false"/>`,
      ),
    })
    expect(programs.map((program) => program.process)).toEqual(['p'])
    expect(findings.filter(({ element }) => ['c', 'one', 'two', 'p', 'q', 's', 'e'].includes(element))).toEqual([])
  })
})
