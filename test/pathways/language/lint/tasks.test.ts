// Goal: who does a task, how long it takes and what stops it too early are said. Method: for each rule a model that breaks it, and its corrected twin.
import { describe, expect, it } from 'vitest'
import { activity, around } from '../../../conformance/small-model.ts'
import { findingsIn, foundBy } from './linted.ts'

const role = '<hospital:task role="nurse"/>'
const duration = '<hospital:duration value="PT10M"/>'

describe('task-role', () => {
  it.each(['userTask', 'manualTask'])('%s', async (type) => {
    expect(await foundBy('task-role', around(activity(type, duration)))).toEqual(['warning a'])
    expect(await foundBy('task-role', around(activity(type, role + duration)))).toEqual([])
  })
})

describe('task-duration', () => {
  it.each([
    ['userTask', role],
    ['serviceTask', '<hospital:activity name="x.y"/>'],
    ['sendTask', '<hospital:activity name="x.y"/>'],
  ])('%s', async (type, does) => {
    expect(await foundBy('task-duration', around(activity(type, does)))).toEqual(['warning a'])
    expect(await foundBy('task-duration', around(activity(type, does + duration)))).toEqual([])
  })

  it('says nothing of what takes as long as it takes', async () => {
    expect(await findingsIn(around(activity('receiveTask', '<hospital:priority value="1"/>', 'messageRef="m"')))).toEqual([])
  })
})

describe('plain BPMN from elsewhere', () => {
  it('is left alone', async () => {
    expect(await findingsIn(around('<userTask id="a"/>'))).toEqual([])
  })
})

describe('timer-shorter-than-task', () => {
  const timed = (
    timer: string,
    lasts = '<hospital:duration distribution="lognormal" mean="PT10M" sd="PT5M"/>',
    attributes = '',
  ) =>
    around(
      activity('userTask', role + lasts),
      `<boundaryEvent id="t" attachedToRef="a" ${attributes}><timerEventDefinition><timeDuration>${timer}</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="te"/><sequenceFlow id="t_te" sourceRef="t" targetRef="te"/>`,
    )

  it('fires below the mean, and names both lengths', async () => {
    const [found] = await findingsIn(timed('PT5M'))
    expect(found).toMatchObject({ rule: 'timer-shorter-than-task', severity: 'warning', element: 't' })
    expect(found!.message).toContain('after 5 min, which takes 10 min on average')
    expect(found!.french.message).toContain('au bout de 5 min, alors qu’il faut 10 min en moyenne')
  })

  it.each([
    ['PT29M', '<hospital:duration value="PT30M"/>'],
    ['PT19M', '<hospital:duration distribution="uniform" min="PT10M" max="PT30M"/>'],
    ['PT19M', '<hospital:duration distribution="triangular" min="PT10M" mode="PT20M" max="PT30M"/>'],
    ['PT19M', '<hospital:duration distribution="gamma" shape="2" scale="PT10M"/>'],
    ['P1DT1H', '<hospital:duration distribution="exponential" mean="P2D"/>'],
  ])('%s on %s', async (timer, lasts) => {
    expect(await foundBy('timer-shorter-than-task', timed(timer, lasts))).toEqual(['warning t'])
  })

  it.each([
    ['as long as the mean', timed('PT10M')],
    ['only reminding', timed('PT5M', undefined, 'cancelActivity="false"')],
    ["the patient's own", timed('=patience')],
    ['on a task without a duration', timed('PT5M', '')],
  ])('%s: silent', async (_, bpmn) => {
    expect(await foundBy('timer-shorter-than-task', bpmn)).toEqual([])
  })
})
