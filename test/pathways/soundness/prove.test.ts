// Goal: the proof says what is true of a pathway. Method: small models, sound and unsound of each kind, whose counterexamples the engine can be led along; random structured models can always end; the library.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import type { Program } from '../../../pathways/language/program.ts'
import { proveCollaboration, proveProcess, type Verdict } from '../../../pathways/soundness/prove.ts'
import { verdictWords } from '../../../pathways/soundness/words.ts'
import { error, lasting, message, model, single, terminate } from '../../conformance/model.ts'
import { block, modelOf } from '../../conformance/structured-model.ts'
import { programs as library } from '../library/library.ts'
import { replayed, replayedTogether } from './replay.ts'

async function programsOf(bpmn: string): Promise<Program[]> {
  const { programs: executable, drawings, findings } = await compile({ bpmn })
  const programs = [...executable, ...drawings]
  if (programs.length === 0) throw new Error(findings.map(({ element, message: said }) => `${element}: ${said}`).join('\n'))
  return programs
}
const prove = async (body: string, roots = '') => proveProcess((await programsOf(single(body, roots)))[0]!)
const words = ({ sound, safe, optionToComplete, properCompletion, deadActivities }: Verdict) =>
  [
    sound ? 'sound' : 'unsound',
    ...(safe === false ? ['unsafe'] : []),
    ...(optionToComplete === false ? ['stuck'] : []),
    ...(properCompletion === false ? ['improper'] : []),
    ...(deadActivities ?? []).map((id) => `dead ${id}`),
  ].join(', ')

const task = (...ids: string[]) => ids.map((id) => `<task id="${id}"/>`).join('')
const both = `<startEvent id="start"/><endEvent id="end"/>${task('A', 'B')}`
const xor = (id: string) => `<exclusiveGateway id="${id}"/>`
const and = (id: string) => `<parallelGateway id="${id}"/>`
const or = (id: string) => `<inclusiveGateway id="${id}"/>`
const choice = 'flow: start > s\nflow: s > A if x\nflow: s > B if y\n'
const fork = 'flow: start > s > A\nflow: s > B\n'
const join = 'flow: A > j > end\nflow: B > j\n'

const table: [what: string, body: string, verdict: string, roots?: string][] = [
  ['a sequence', `${both}\nflow: start > A > B > end`, 'sound'],
  ['a choice that is merged', `${both}${xor('s')}${xor('j')}\n${choice}${join}`, 'sound'],
  ['a fork that is joined', `${both}${and('s')}${and('j')}\n${fork}${join}`, 'sound'],
  ['a choice that waits for both ways', `${both}${xor('s')}${and('j')}\n${choice}${join}`, 'unsound, stuck'],
  ['a fork that is not joined', `${both}${and('s')}${xor('j')}\n${fork}${join}`, 'unsound, unsafe, improper'],
  ['a fork whose ways end apart', `${both}<endEvent id="end2"/>${and('s')}\n${fork}flow: A > end\nflow: B > end2`, 'sound'],
  ['an inclusive choice that is joined', `${both}${or('s')}${or('j')}\n${choice}${join}`, 'sound'],
  ['an inclusive choice that waits for both ways', `${both}${or('s')}${and('j')}\n${choice}${join}`, 'unsound, stuck'],
  ['an inclusive choice that is only merged', `${both}${or('s')}${xor('j')}\n${choice}${join}`, 'unsound, unsafe, improper'],
  ['a fork joined by an inclusive join', `${both}${and('s')}${or('j')}\n${fork}${join}`, 'sound'],
  [
    'a loop with a way out',
    `${both}${xor('m')}${xor('s')}\nflow: start > m > A > s\nflow: s > m if x\nflow: s > B if y\nflow: B > end`,
    'sound',
  ],
  ['a loop without a way out', `<startEvent id="start"/>${task('A')}${xor('m')}\nflow: start > m > A > m`, 'unsound, stuck'],
  [
    'gateways that go round, with a way out',
    `${both}${xor('m')}${xor('s')}\nflow: start > m > s\nflow: s > m if x\nflow: s > A if y\nflow: A > B > end`,
    'sound',
  ],
  [
    'a choice into gateways that go round without a way out',
    `${both}${xor('s')}${xor('m')}${xor('n')}\nflow: start > A > s\nflow: s > B if x\nflow: s > m if y\nflow: B > end\nflow: m > n > m`,
    'unsound, stuck',
  ],
  [
    'gateways that go round from the start',
    `<startEvent id="start"/>${xor('m')}${xor('n')}\nflow: start > m > n > m`,
    'unsound, stuck',
  ],
  [
    'an activity behind a join that never comes',
    `<startEvent id="start"/><endEvent id="end"/><endEvent id="end2"/>${task('A', 'B', 'C')}${xor('s')}${and('j')}
    flow: start > s\nflow: s > A if x\nflow: s > B if y\nflow: A > end\nflow: B > j > C > end2\nflow: A > j`,
    'unsound, stuck, dead C',
  ],
  [
    'a fork into a terminate end',
    `${both}<endEvent id="stop">${terminate}</endEvent>${and('s')}\n${fork}flow: A > end\nflow: B > stop`,
    'sound',
  ],
  [
    'a loop that leaves a token behind each time',
    `<startEvent id="start"/><endEvent id="end"/><endEvent id="end2"/>${task('A', 'B')}${xor('m')}${and('s')}${xor('d')}
    flow: start > m > s > A > end\nflow: s > B > d\nflow: d > m if x\nflow: d > end2 if y`,
    'unsound, unsafe, improper',
  ],
  [
    'a boundary timer that leads to the end',
    `${both}<boundaryEvent id="late" attachedToRef="A">${lasting('PT1H')}</boundaryEvent>\nflow: start > A > end\nflow: late > B > end`,
    'sound',
  ],
  [
    'a boundary that does not interrupt and joins what it left',
    `${both}${and('j')}<boundaryEvent id="late" attachedToRef="A" cancelActivity="false">${lasting('PT1H')}</boundaryEvent>
    flow: start > A > j > end\nflow: late > B > j`,
    'unsound, stuck',
  ],
  [
    'an error caught, and one that nobody catches',
    `${both}<endEvent id="stop">${error('e')}</endEvent>${xor('s')}\n${choice}flow: A > end\nflow: B > stop`,
    'sound',
    '<error id="e" errorCode="e"/>',
  ],
  [
    'a subprocess that locks',
    `<startEvent id="start"/><endEvent id="end"/><subProcess id="S"><startEvent id="in"/><endEvent id="out"/>${task('A', 'B')}${xor('s')}${and('j')}
    flow: in > s\nflow: s > A if x\nflow: s > B if y\nflow: A > j > out\nflow: B > j\n</subProcess>\nflow: start > S > end`,
    'unsound, stuck',
  ],
  [
    'an event subprocess that may interrupt',
    `${both}<subProcess id="E" triggeredByEvent="true"><startEvent id="in">${lasting('PT1H')}</startEvent><endEvent id="out"/>${task('H')}\nflow: in > H > out\n</subProcess>\nflow: start > A > B > end`,
    'sound',
  ],
  [
    'several instances',
    `<startEvent id="start"/><endEvent id="end"/><userTask id="A"><multiInstanceLoopCharacteristics><loopCardinality>n</loopCardinality></multiInstanceLoopCharacteristics></userTask>\nflow: start > A > end`,
    'sound',
  ],
  [
    'a standard loop',
    `<startEvent id="start"/><endEvent id="end"/><userTask id="A"><standardLoopCharacteristics><loopCondition>x</loopCondition></standardLoopCharacteristics></userTask>\nflow: start > A > end`,
    'sound',
  ],
]

describe('one process', () => {
  it.each(table)('%s', async (what, body, verdict, roots) => {
    const program = (await programsOf(single(body, roots)))[0]!
    const proven = proveProcess(program)
    expect(words(proven)).toBe(verdict)
    expect(proven.complete).toBe(!what.includes('each time'))
    if (verdict === 'sound') expect(proven.counterexample).toBeNull()
    else {
      const end = replayed(program, proven.counterexample!)
      expect(end).not.toBeNull()
      if (verdict.includes('stuck')) expect(end!.marking.outcome).not.toBe('completed')
    }
  })

  it('shows the shortest way to what is wrong', async () => {
    const { counterexample } = await prove(`${both}${xor('s')}${and('j')}\n${choice}${join}`)
    expect(counterexample!.filter(({ event }) => event !== 'taken').map(({ event, element }) => `${event} ${element}`)).toEqual([
      'entered start',
      'completed start',
      'entered s',
      'completed s',
      'entered A',
      'completed A',
    ])
  })

  it('says "not proven" beyond its budget, never "sound", and still what it has found', async () => {
    const wide = (
      await programsOf(modelOf({ kind: 'parallel', blocks: Array.from({ length: 8 }, () => ({ kind: 'task' as const })) }))
    )[0]!
    expect(proveProcess(wide, { budget: 20 })).toMatchObject({
      sound: null,
      optionToComplete: null,
      safe: null,
      // All have happened in what was looked at.
      deadActivities: [],
      complete: false,
    })
    expect(proveProcess(wide)).toMatchObject({ sound: true, complete: true })
    // Twenty-five conditions in one step are more ways than are looked at.
    const names = Array.from({ length: 25 }, (_, index) => `t${index}`)
    const many = names.map((id) => `<task id="${id}"/>\nflow: split > ${id} if x\nflow: ${id} > join`).join('\n')
    const choosing = await programsOf(
      single(
        `<startEvent id="start"/><endEvent id="end"/><inclusiveGateway id="split"/><inclusiveGateway id="join"/>${many}\nflow: start > split\nflow: join > end`,
      ),
    )
    expect(proveProcess(choosing[0]!, { budget: 500 })).toMatchObject({ sound: null, complete: false })
    const stopped = proveProcess(wide, { progress: () => true })
    expect(stopped).toMatchObject({ sound: null, complete: false })
    const growing = await programsOf(single(`${both}${xor('m')}${and('s')}\nflow: start > m > s > A > m\nflow: s > B > m`))
    // Nobody ever comes out of it, whatever was not looked at.
    expect(proveProcess(growing[0]!, { budget: 500 })).toMatchObject({ sound: false, safe: false, complete: false })
  })
})

describe('tokens that gather without end', () => {
  const growing = (more: string, body: string) =>
    `<startEvent id="start"/>${task('A', 'B')}${xor('m')}${and('s')}${more}\n${body}`
  it.each<[string, string, object]>([
    [
      'each of which can end',
      growing(
        `<endEvent id="end"/><endEvent id="end2"/>${xor('d')}`,
        'flow: start > m > s > A > end\nflow: s > B > d\nflow: d > m if x\nflow: d > end2 if y',
      ),
      { sound: false, safe: false, optionToComplete: true, properCompletion: false, deadActivities: [] },
    ],
    [
      'none of which ever ends',
      growing('', 'flow: start > m > s > A > m\nflow: s > B > m'),
      { sound: false, safe: false, optionToComplete: false, deadActivities: [] },
    ],
    [
      'with an activity that waits for what never comes',
      growing(
        `<endEvent id="end"/>${task('C', 'D')}${xor('d')}${xor('e')}${and('j')}<endEvent id="end2"/>`,
        'flow: start > m > s > A > end\nflow: s > B > d\nflow: d > m if x\nflow: d > e if y\nflow: e > C if x\nflow: e > j if y\nflow: C > end2\nflow: D > j > end2',
      ),
      { sound: false, safe: false, optionToComplete: false, deadActivities: null },
    ],
    [
      'that wait for each other, so that nothing tells whether all can end: not soundly, whatever happens',
      `<startEvent id="start"/>${task('A')}${xor('m')}${and('s')}${and('j')}<endEvent id="end"/>\nflow: start > m > A\nflow: A > s\nflow: A > j\nflow: s > m\nflow: s > j\nflow: j > j\nflow: j > end`,
      { sound: false, safe: false, optionToComplete: null, properCompletion: null },
    ],
  ])('%s', async (_, body, expected) => {
    const program = (await programsOf(single(body)))[0]!
    const verdict = proveProcess(program, { budget: 5_000 })
    expect(verdict).toMatchObject({ ...expected, complete: false })
    // A verdict says why: what is wrong, or that nothing could be right.
    expect(verdictWords(verdict, 'en').some((each) => /stuck|not sound|two tokens:/.test(each))).toBe(true)
    // The way to it can be gone, and gone on: at its end there are more tokens than anywhere before.
    expect(replayed(program, verdict.unbounded!)).not.toBeNull()
  })

  it('are not told from many where tokens are only many', async () => {
    const names = Array.from({ length: 5 }, (_, index) => `t${index}`)
    const wide = `<startEvent id="start"/><endEvent id="end"/>${and('s')}${xor('j')}${task('Z', ...names)}\n${names.map((id) => `flow: s > ${id} > j`).join('\n')}\nflow: start > s\nflow: j > Z > end`
    expect((await prove(wide)).unbounded).toBeUndefined()
  })
})

describe('participants together', () => {
  const pools = (first: string, second: string) =>
    model(`<message id="ask" name="ask"/><message id="answer" name="answer"/>
      <process id="main" isExecutable="true">${first}</process><process id="other" isExecutable="true">${second}</process>`)
  const caller = `<startEvent id="s1"/><sendTask id="ask1" messageRef="ask"/><receiveTask id="hear1" messageRef="answer"/><endEvent id="e1"/>
    flow: s1 > ask1 > hear1 > e1`

  it('what one sends the other hears', async () => {
    const answering = `<startEvent id="s2">${message('ask')}</startEvent><sendTask id="say2" messageRef="answer"/><endEvent id="e2"/>\nflow: s2 > say2 > e2`
    expect(proveCollaboration(await programsOf(pools(caller, answering)))).toMatchObject({ sound: true, messageSound: true })
  })

  it('what nobody sends in time is waited for in vain', async () => {
    const silent = `<startEvent id="s2">${message('ask')}</startEvent><exclusiveGateway id="g2"/><sendTask id="say2" messageRef="answer"/><endEvent id="e2"/><endEvent id="f2"/>
      flow: s2 > g2\nflow: g2 > say2 if x\nflow: g2 > f2 if y\nflow: say2 > e2`
    const programs = await programsOf(pools(caller, silent))
    const verdict = proveCollaboration(programs)
    expect(verdict).toMatchObject({ sound: false, optionToComplete: false, messageSound: false })
    const end = replayedTogether(programs, verdict.counterexample!)!
    expect(end.runs[0]!.marking.waits.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['message answer'])
    expect([end.runs[1]!.marking.outcome, end.unread]).toEqual(['completed', []])
  })

  it('what nobody reads breaks only message soundness', async () => {
    const chatty = `<startEvent id="s2">${message('ask')}</startEvent><sendTask id="say2" messageRef="answer"/><sendTask id="more2" messageRef="answer"/><endEvent id="e2"/>\nflow: s2 > say2 > more2 > e2`
    const programs = await programsOf(pools(caller, chatty))
    const verdict = proveCollaboration(programs)
    expect(verdict).toMatchObject({ sound: true, messageSound: false })
    const end = replayedTogether(programs, verdict.counterexample!)!
    expect(end.runs.map((run) => run!.marking.outcome)).toEqual(['completed', 'completed'])
    expect(end.unread).toEqual(['answer'])
  })

  it('two who wait for each other are stuck', async () => {
    const waiting = (one: string, own: string, other: string) =>
      `<startEvent id="s${one}"/><receiveTask id="r${one}" messageRef="${other}"/><sendTask id="t${one}" messageRef="${own}"/><endEvent id="e${one}"/>\nflow: s${one} > r${one} > t${one} > e${one}`
    const programs = await programsOf(pools(waiting('1', 'ask', 'answer'), waiting('2', 'answer', 'ask')))
    const verdict = proveCollaboration(programs)
    expect(verdict).toMatchObject({ sound: false, optionToComplete: false })
    const end = replayedTogether(programs, verdict.counterexample!)!
    expect(end.runs.map((run) => run!.marking.waits.map(({ name }) => name))).toEqual([['answer'], ['ask']])
  })
})

describe('any structured pathway', () => {
  it('is proven sound', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(block, async (root) => {
        const verdict = proveProcess((await programsOf(modelOf(root)))[0]!, { budget: 20_000 })
        // What does not interrupt may come while its activity goes on and again in a loop around it: then it is not proper, and rightly so.
        if (verdict.complete) expect(verdict.optionToComplete).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the library', () => {
  it.each([...library.keys()])('%s is sound and safe', (id) => {
    const verdict = proveProcess(library.get(id)!, { budget: 50_000 })
    expect({ ...verdict, states: 0 }).toEqual({
      sound: true,
      safe: true,
      optionToComplete: true,
      properCompletion: true,
      deadActivities: [],
      states: 0,
      complete: true,
      counterexample: null,
    })
  })
})
