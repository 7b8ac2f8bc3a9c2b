// Goal: the contract of `parcours rehearse`: exit codes, what goes to stdout and what to stderr. Method: the real program, on real files.
import { describe, expect, it } from 'vitest'
import { DANGLING, file, GOOD, parcours, pathway } from './parcours.ts'

describe('parcours rehearse', () => {
  const TIMER = pathway(`<startEvent id="s"/><userTask id="t" name="Look"/><endEvent id="e"/>
    <sequenceFlow id="f" sourceRef="s" targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="e"/>`)
  const script = (value: unknown) => file('script.json', JSON.stringify(value))

  it('plays a script: a line for each thing, the outcome last, exit 0', async () => {
    const tasks = { Look: { takes: 'PT10M', set: { seen: '=1 + 1' } } }
    const { code, out, err } = await parcours('rehearse', file('t.bpmn', TIMER), '--script', script({ tasks }), '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.at(-1)).toMatchObject({ outcome: 'completed', at: 'PT10M', variables: { seen: 2 }, open: [], error: null })
    expect(lines.find(({ element, event }) => element === 't' && event === 'completed')).toMatchObject({
      at: 'PT10M',
      name: 'Look',
      type: 'bpmn:UserTask',
    })
  })

  it('speaks to a person too', async () => {
    const { code, out } = await parcours('rehearse', file('t.bpmn', TIMER))
    expect(code).toBe(0)
    expect(out).toMatch(/entered +Look/)
    expect(out).toMatch(/completed at PT0S\n$/)
  })

  it('a task that fails: the run fails, exit 1', async () => {
    const { code, out } = await parcours(
      'rehearse',
      file('t.bpmn', TIMER),
      '--script',
      script({ tasks: { t: { fails: 'lost' } } }),
    )
    expect(code).toBe(1)
    expect(out).toMatch(/failed at PT0S.*lost.*\n$/)
  })

  it.each([
    { what: 'no file', args: () => [], err: 'name one BPMN file' },
    {
      what: 'an unknown process',
      args: () => [file('t.bpmn', TIMER), '--process', 'q'],
      err: 'there is no process "q"; there is p',
    },
    {
      what: 'a script that is no JSON',
      args: () => [file('t.bpmn', TIMER), '--script', file('s.json', '{')],
      err: 's.json: it is not JSON',
    },
    {
      what: 'a script with a wrong key',
      args: () => [file('t.bpmn', TIMER), '--script', script({ task: {} })],
      err: 'script.task: unknown',
    },
    {
      what: 'a script about an element that is not there',
      args: () => [file('t.bpmn', TIMER), '--script', script({ tasks: { nobody: {} } })],
      err: 'script.json: tasks.nobody: there is no such element',
    },
    {
      what: 'a form beside it that is broken',
      args: () => [file('rehearsed/p.bpmn', TIMER), '--script', file('rehearsed/forms/a.form', '{ "id": ') && script({})],
      err: 'a.form: the form is not JSON',
    },
    {
      what: 'a time that is none',
      args: () => [file('t.bpmn', TIMER), '--until', 'soon'],
      err: '--until: expected an ISO 8601 duration',
    },
    { what: 'a pathway with an error', args: () => [file('d.bpmn', DANGLING)], err: 'd.bpmn: ' },
  ])('$what: exit 2, said on stderr', async ({ args, err: expected }) => {
    const { code, out, err } = await parcours('rehearse', ...args())
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(expected)
  })
})

describe('parcours rehearse of a drawing', () => {
  const drawn = (attributes: string) =>
    pathway(
      `<startEvent id="s"/><sequenceFlow id="i" sourceRef="s" targetRef="g"/><exclusiveGateway id="g"/>
       <sequenceFlow id="x" sourceRef="g" targetRef="a"/><sequenceFlow id="y" sourceRef="g" targetRef="b"/><endEvent id="a"/><endEvent id="b"/>`,
    ).replace('isExecutable="true"', attributes)
  const ends = (out: string) =>
    out.split('\n').flatMap((line) => (/"element":"([ab])".*"entered"/.test(line) ? [/"element":"([ab])"/.exec(line)![1]] : []))

  it('lets chance decide, by its seed', async () => {
    const model = file('drawn/p.bpmn', drawn(''))
    const ways = await Promise.all(
      ['1', '2', '3', '4', '5', '6', '7', '8'].map((seed) => parcours('rehearse', model, '--seed', seed, '--json')),
    )
    expect(new Set(ways.flatMap(({ out }) => ends(out)))).toEqual(new Set(['a', 'b']))
    expect(ways.map(({ code }) => code)).toEqual(ways.map(() => 0))
  })

  it('that says it is executable needs a script that decides its gateways', async () => {
    const model = file('drawn/q.bpmn', drawn('isExecutable="true"'))
    const refused = await parcours('rehearse', model, '--json')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain('leaves exclusive gateway "g" without a condition')
    const script = file('drawn/script.json', '{ "branches": { "g": ["y"] } }')
    const decided = await parcours('rehearse', model, '--script', script, '--json')
    expect([decided.code, ends(decided.out)]).toEqual([0, ['b']])
  })

  it('refuses a seed that is none', async () => {
    const { code, err } = await parcours('rehearse', file('drawn/p.bpmn', drawn('')), '--seed', 'often')
    expect([code, err]).toEqual([2, expect.stringContaining('--seed often')])
  })
})

describe('parcours rehearse --scenarios', () => {
  const model = () => file('scenarios/p.bpmn', GOOD)
  const scenarios = (expectation: string) =>
    file('scenarios/p.scenarios.yaml', `pathway: p\nscenarios:\n  - { name: walks, expect: { ${expectation} } }\n`)

  it('says what went as expected and what was left out, exit 0; what did not, exit 1', async () => {
    const good = await parcours('rehearse', model(), '--scenarios', scenarios('at: PT0S'))
    expect(good).toMatchObject({ code: 0, err: '' })
    expect(good.out).toContain('1 passed, 0 failed')
    const bad = await parcours('rehearse', model(), '--scenarios', scenarios('at: PT1S'), '--json')
    expect(bad.code).toBe(1)
    const [line, total] = bad.out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text))
    expect(line).toMatchObject({ scenario: 'walks', ok: false, unmet: [{ expectation: 'at', expected: 'PT1S', found: 'PT0S' }] })
    expect(total).toMatchObject({ passed: 0, failed: 1, coverage: { flows: { total: 1, missing: [] } } })
  })

  it('names the place of what is misspelt, exit 2', async () => {
    const { code, out, err } = await parcours('rehearse', model(), '--scenarios', scenarios('pases: [s]'))
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('scenarios[0].expect: "pases" is not a known key. Did you mean "passes"?')
  })
})
