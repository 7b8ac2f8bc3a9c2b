/** Random pathways of blocks within blocks, with all that the direct simulator takes: what they have in common with the engine is tested on them. */
import fc from 'fast-check'

export type Block =
  | { type: 'task'; need: string; quantity: number; priority: string; duration: string; writes: boolean }
  | { type: 'take'; hold: string; gives: boolean; inside: Block[] }
  | { type: 'all'; branches: Block[][] }
  | { type: 'one'; by: 'chance' | 'value'; branches: Block[][] }
  | { type: 'again'; inside: Block[] }
  | {
      type: 'inside'
      inside: Block[]
      ends: '' | 'terminate' | 'error'
      watch: '' | 'patience' | 'reminder' | 'cycle' | 'message' | 'signal'
    }
  | { type: 'first'; inside: Block[] }
  | { type: 'pause'; time: string }
  | { type: 'send'; isSignal: boolean }
  | { type: 'script' }
  | { type: 'call'; passes: 'nothing' | 'lends' | 'handsOver' }

const time = fc.constantFrom('PT5M', '=wait', '=duration("PT1H")', 'P1D')

export const blocks = fc.letrec<{ blocks: Block[]; block: Block }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3, depthIdentifier: 'block' }),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true, maxDepth: 3, depthIdentifier: 'block' },
    fc.record({
      type: fc.constant('task' as const),
      need: fc.constantFrom('', 'nurse', 'doctor', 'room', 'set', 'bed'),
      quantity: fc.integer({ min: 1, max: 2 }),
      priority: fc.constantFrom('', '=acuity'),
      duration: fc.constantFrom(
        '',
        '<hospital:duration distribution="exponential" mean="PT20M"/>',
        '<hospital:duration distribution="lognormal" mean="PT40M" sd="PT20M"/>',
      ),
      writes: fc.boolean(),
    }),
    fc.record({ type: fc.constant('pause' as const), time }),
    fc.record({ type: fc.constant('send' as const), isSignal: fc.boolean() }),
    fc.record({ type: fc.constant('script' as const) }),
    fc.record({ type: fc.constant('call' as const), passes: fc.constantFrom('nothing', 'lends', 'handsOver') }),
    fc.record({
      type: fc.constant('take' as const),
      hold: fc.constantFrom('place', 'bed'),
      gives: fc.boolean(),
      inside: tie('blocks'),
    }),
    fc.record({ type: fc.constant('all' as const), branches: fc.array(tie('blocks'), { minLength: 2, maxLength: 3 }) }),
    fc.record({
      type: fc.constant('one' as const),
      by: fc.constantFrom('chance', 'value'),
      branches: fc.array(tie('blocks'), { minLength: 2, maxLength: 2 }),
    }),
    fc.record({ type: fc.constant('again' as const), inside: tie('blocks') }),
    fc.record({
      type: fc.constant('inside' as const),
      inside: tie('blocks'),
      ends: fc.constantFrom('', 'terminate', 'error'),
      watch: fc.constantFrom('', 'patience', 'reminder', 'cycle', 'message', 'signal'),
    }),
    fc.record({ type: fc.constant('first' as const), inside: tie('blocks') }),
  ),
})).blocks

const timer = (text: string, kind = 'timeDuration') =>
  `<timerEventDefinition><${kind}>${text.replaceAll('"', '&quot;')}</${kind}></timerEventDefinition>`
const NEWS = '<messageEventDefinition messageRef="News"/>'
const correlated =
  '<extensionElements><hospital:correlation key="=acuity"/><hospital:set variable="acuity" value="=payload.acuity"/></extensionElements>'
const inside = (...parts: string[]) => `<extensionElements>${parts.join('')}</extensionElements>`

/** Puts blocks one after the other. */
class Drawing {
  readonly parts: string[] = []
  readonly #name: string
  #number = 0

  constructor(name: string) {
    this.#name = name
  }

  id(prefix: string): string {
    return `${this.#name}${prefix}${this.#number++}`
  }

  /** Each pathway hears what the other one rings: a run that hears itself is left to the engine. */
  bell(of: string): string {
    return `<signalEventDefinition signalRef="Bell-${of}"/>`
  }

  flow(from: string, to: string, within = ''): string {
    const id = this.id('f')
    this.parts.push(`<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${within}</sequenceFlow>`)
    return id
  }

  node(type: string, prefix: string, within = '', attributes = ''): string {
    const id = this.id(prefix)
    this.parts.push(`<${type} id="${id}" ${attributes}>${within}</${type}>`)
    return id
  }

  /** @returns the last node. */
  row(from: string, row: Block[], canCall: boolean): string {
    return row.reduce((last, block) => this.block(last, block, canCall), from)
  }

  next(from: string, type: string, within = '', attributes = ''): string {
    const id = this.node(type, type[0]!.toUpperCase(), within, attributes)
    this.flow(from, id)
    return id
  }

  block(from: string, block: Block, canCall: boolean): string {
    switch (block.type) {
      case 'task': {
        const { need, quantity, priority, duration, writes } = block
        const where =
          need === 'room'
            ? '<hospital:where attribute="kind" operator="=" value="=if acuity > 1 then &quot;large&quot; else null"/>'
            : ''
        return this.next(
          from,
          'task',
          inside(
            need &&
              `<hospital:need pool="${need}" quantity="${need === 'bed' || need === 'room' ? 1 : quantity}">${where}</hospital:need>`,
            priority && `<hospital:priority value="${priority}"/>`,
            duration,
            writes ? '<hospital:outcome variable="acuity" value="=floor(luck * 3)"/>' : '',
          ),
        )
      }
      case 'take': {
        const scope = this.id('S')
        const start = this.parts.length
        const begin = this.node('startEvent', 'B')
        const take = this.next(
          begin,
          'task',
          inside('<hospital:take hold="own"/>', '<hospital:duration distribution="exponential" mean="PT9M"/>'),
        )
        const last = this.row(take, block.inside, canCall)
        const end = block.gives
          ? this.next(
              last,
              'task',
              inside(
                '<hospital:give hold="own"/>',
                '<hospital:need pool="nurse"/>',
                '<hospital:duration distribution="exponential" mean="PT9M"/>',
              ),
            )
          : last
        this.next(end, 'endEvent')
        const within = this.parts.splice(start).join('')
        this.parts.push(
          `<subProcess id="${scope}">${inside(`<hospital:hold name="own" pool="${block.hold}"/>`)}${within}</subProcess>`,
        )
        this.flow(from, scope)
        return scope
      }
      case 'all': {
        const split = this.next(from, 'parallelGateway')
        const join = this.node('parallelGateway', 'J')
        for (const branch of block.branches) this.flow(this.row(split, branch, canCall), join)
        return join
      }
      case 'one': {
        const split = this.id('X')
        const join = this.node('exclusiveGateway', 'M')
        this.flow(from, split)
        let otherwise = ''
        block.branches.forEach((branch, index) => {
          const first = this.node('intermediateThrowEvent', 'N')
          const isDefault = block.by === 'value' && index === 1
          const within = block.by === 'chance' || isDefault ? '' : '<conditionExpression>=acuity > 1</conditionExpression>'
          const id = this.flow(split, first, within)
          if (isDefault) otherwise = `default="${id}"`
          this.flow(this.row(first, branch, canCall), join)
        })
        this.parts.push(`<exclusiveGateway id="${split}" ${otherwise}/>`)
        return join
      }
      case 'again': {
        const begin = this.next(from, 'exclusiveGateway')
        const last = this.row(begin, [{ type: 'pause', time: 'PT5M' }, ...block.inside], canCall)
        const end = this.next(last, 'exclusiveGateway')
        this.flow(end, begin, inside('<hospital:probability value="0.3"/>'))
        return this.next(end, 'intermediateThrowEvent')
      }
      case 'inside':
        return this.#scope(from, block, canCall)
      case 'first': {
        const gate = this.next(from, 'eventBasedGateway')
        const join = this.node('exclusiveGateway', 'M')
        this.flow(this.next(gate, 'intermediateCatchEvent', timer('PT30M')), join)
        const message = this.next(gate, 'intermediateCatchEvent', correlated + NEWS)
        this.flow(this.row(message, block.inside, canCall), join)
        return join
      }
      case 'pause':
        return this.next(from, 'intermediateCatchEvent', timer(block.time))
      case 'send':
        return this.next(
          from,
          'intermediateThrowEvent',
          block.isSignal
            ? this.bell(this.#name)
            : `${inside('<hospital:correlation key="=modulo(acuity + 1, 3)"/>', '<hospital:payload name="acuity" value="=acuity"/>')}${NEWS}`,
        )
      case 'script':
        return this.next(from, 'scriptTask', '<script>{ acuity: modulo(acuity + 1, 3) }</script>', 'scriptFormat="feel"')
      case 'call': {
        if (!canCall) return this.next(from, 'task')
        const passed =
          block.passes === 'nothing'
            ? ''
            : block.passes === 'lends'
              ? '<hospital:lend hold="kept" as="given"/>'
              : '<hospital:handOver hold="kept" as="given"/>'
        return this.next(from, 'callActivity', inside(passed), 'calledElement="called"')
      }
    }
  }

  #scope(from: string, { inside: row, ends, watch }: Extract<Block, { type: 'inside' }>, canCall: boolean): string {
    const scope = this.id('S')
    const start = this.parts.length
    const last = this.row(this.node('startEvent', 'B'), row, canCall)
    if (ends === '') this.next(last, 'endEvent')
    else {
      const choice = this.next(last, 'exclusiveGateway')
      this.next(choice, 'endEvent')
      this.next(
        choice,
        'endEvent',
        ends === 'terminate' ? '<terminateEventDefinition/>' : '<errorEventDefinition errorRef="Trouble"/>',
      )
    }
    const within = this.parts.splice(start).join('')
    this.parts.push(`<subProcess id="${scope}">${within}</subProcess>`)
    this.flow(from, scope)
    const join = this.next(scope, 'exclusiveGateway')
    const boundary = (definition: string, isInterrupting: boolean) =>
      this.node('boundaryEvent', 'W', definition, `attachedToRef="${scope}" cancelActivity="${isInterrupting}"`)
    if (ends === 'error') this.flow(boundary('<errorEventDefinition errorRef="Trouble"/>', true), join)
    if (watch === 'patience') this.flow(boundary(timer('PT45M'), true), join)
    if (watch === 'reminder')
      this.next(
        this.next(
          boundary(timer('PT15M'), false),
          'task',
          inside('<hospital:need pool="nurse"/>', '<hospital:duration distribution="exponential" mean="PT9M"/>'),
        ),
        'endEvent',
      )
    if (watch === 'cycle')
      this.next(
        this.next(
          boundary(timer('R3/PT10M', 'timeCycle'), false),
          'task',
          inside('<hospital:duration distribution="exponential" mean="PT2M"/>'),
        ),
        'endEvent',
      )
    if (watch === 'message') this.flow(boundary(correlated + NEWS, true), join)
    if (watch === 'signal') this.next(this.next(boundary(this.bell(this.#name === 'v' ? 'c' : 'v'), false), 'task'), 'endEvent')
    return join
  }
}

const head = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1" id="d" targetNamespace="t">
  <message id="News" name="news"/><signal id="Bell-v" name="bell-v"/><signal id="Bell-c" name="bell-c"/><error id="Trouble" errorCode="trouble"/>`

/** Two pathways: one that may call the other. */
export const drawingOf = (visit: Block[], called: Block[]): string => {
  const main = new Drawing('v')
  const take = main.next(
    main.node('startEvent', 'B'),
    'task',
    inside('<hospital:take hold="kept"/>', '<hospital:duration distribution="exponential" mean="PT9M"/>'),
  )
  main.next(main.row(take, visit, true), 'endEvent')
  const other = new Drawing('c')
  other.next(other.row(other.node('startEvent', 'B'), called, false), 'endEvent')
  return `${head}<process id="visit" isExecutable="false">${inside('<hospital:hold name="kept" pool="place"/>')}${main.parts.join('')}</process>
    <process id="called" isExecutable="false">${inside('<hospital:hold name="given" pool="place"/>')}${other.parts.join('')}</process>
    <process id="clean" isExecutable="false"><startEvent id="In"/><sequenceFlow id="a" sourceRef="In" targetRef="T"/><task id="T">${inside('<hospital:need pool="nurse"/>', '<hospital:duration distribution="exponential" mean="PT15M"/>')}</task><sequenceFlow id="b" sourceRef="T" targetRef="Out"/><endEvent id="Out"/></process></definitions>`
}
