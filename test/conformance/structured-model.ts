/** Random structured models: blocks with one way in and one way out, so that every run of them can end. */
import * as fc from 'fast-check'
import { cancel, compensate, extensions, lasting, single, undo } from './model.ts'

export type Block =
  | { kind: 'task' | 'taskWithNeed' | 'wait' | 'call' | 'undone' }
  | { kind: 'instances'; count: number; sequential: boolean }
  | { kind: 'sequence' | 'exclusive' | 'parallel'; blocks: Block[] }
  | { kind: 'undoing' | 'adHoc'; block: Block; flag: boolean }
  | { kind: 'transaction' | 'loop' | 'guarded' | 'reminded' | 'instancesOf'; block: Block }

export const block: fc.Arbitrary<Block> = fc.letrec<{ block: Block; leaf: Block }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<Block>({ kind: 'task' }, { kind: 'taskWithNeed' }, { kind: 'wait' }, { kind: 'call' }, { kind: 'undone' }),
    fc.record({ kind: fc.constant('instances' as const), count: fc.integer({ min: 0, max: 3 }), sequential: fc.boolean() }),
  ),
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    fc.record({
      kind: fc.constantFrom('sequence' as const, 'exclusive' as const, 'parallel' as const),
      blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constantFrom('undoing' as const, 'adHoc' as const),
      block: tie('block'),
      flag: fc.boolean(),
    }),
    fc.record({
      kind: fc.constantFrom(
        'transaction' as const,
        'loop' as const,
        'guarded' as const,
        'reminded' as const,
        'instancesOf' as const,
      ),
      block: tie('block'),
    }),
  ),
})).block

/** The model as a BPMN file; every exclusive split has a default. */
export function modelOf(root: Block): string {
  let counter = 0
  const name = (prefix: string) => `${prefix}${++counter}`

  /** The elements of a block, and where it begins and ends. */
  const draw = (drawn: Block): [text: string, first: string, last: string] => {
    switch (drawn.kind) {
      case 'task':
        return leaf((id) => `<userTask id="${id}"/>`)
      case 'taskWithNeed':
        return leaf((id) => `<userTask id="${id}">${extensions('<hospital:need pool="nurse"/>')}</userTask>`)
      case 'undone':
        return leaf((id) => `<userTask id="${id}"/>${undo(id)}`)
      case 'wait':
        return leaf((id) => `<intermediateCatchEvent id="${id}">${lasting('PT1M')}</intermediateCatchEvent>`)
      case 'call':
        return leaf((id) => `<callActivity id="${id}" calledElement="other"/>`)
      case 'instances':
        return leaf((id) => `<userTask id="${id}">${loop(drawn.count, drawn.sequential)}</userTask>`)
      case 'sequence': {
        const parts = drawn.blocks.map(draw)
        const between = parts.slice(1).map(([, first], index) => `flow: ${parts[index]![2]} > ${first}`)
        return [[...parts.map(([text]) => text), ...between].join('\n'), parts[0]![1], parts.at(-1)![2]]
      }
      case 'exclusive':
        return fork('exclusiveGateway', drawn.blocks)
      case 'parallel':
        return fork('parallelGateway', drawn.blocks)
      case 'loop': {
        const [text, first, last] = draw(drawn.block)
        const [merge, decide, after] = [name('x'), name('x'), name('x')]
        const gateways = `<exclusiveGateway id="${merge}"/><exclusiveGateway id="${decide}" default="${decide}-${after}"/><exclusiveGateway id="${after}"/>`
        return [
          `${gateways}${text}\nflow: ${merge} > ${first}\nflow: ${last} > ${decide} > ${after}\nflow: ${decide} > ${merge} if false`,
          merge,
          after,
        ]
      }
      case 'undoing': {
        const [text, first, last] = draw(drawn.block)
        const id = name('u')
        const thrower = `<intermediateThrowEvent id="${id}">${compensate('', drawn.flag)}</intermediateThrowEvent>`
        return [`${text}${thrower}\nflow: ${last} > ${id}`, first, id]
      }
      case 'adHoc': {
        const [[text]] = subProcess(drawn.block)
        return leaf(
          (id) =>
            `<adHocSubProcess id="${id}" ordering="${drawn.flag ? 'Sequential' : 'Parallel'}">${text}<userTask id="${name('a')}"/></adHocSubProcess>`,
        )
      }
      case 'transaction':
        return transaction(drawn.block)
      case 'guarded':
      case 'reminded':
        return bounded(drawn.block, drawn.kind === 'guarded')
      case 'instancesOf': {
        const [text] = subProcess(drawn.block, loop(2, false))
        return text
      }
    }
  }

  const leaf = (text: (id: string) => string): [string, string, string] => {
    const id = name('a')
    return [text(id), id, id]
  }

  const loop = (count: number, sequential: boolean) =>
    `<multiInstanceLoopCharacteristics isSequential="${sequential}"><loopCardinality xsi:type="tFormalExpression">${count}</loopCardinality></multiInstanceLoopCharacteristics>`

  const fork = (gateway: string, blocks: Block[]): [string, string, string] => {
    const parts = blocks.map(draw)
    const [split, join] = [name('g'), name('g')]
    const exclusive = gateway === 'exclusiveGateway'
    const flows = parts.map(
      ([, first, last], index) =>
        `flow: ${split} > ${first}${exclusive && index > 0 ? ' if false' : ''}\nflow: ${last} > ${join}`,
    )
    const byDefault = exclusive ? ` default="${split}-${parts[0]![1]}"` : ''
    return [
      `<${gateway} id="${split}"${byDefault}/><${gateway} id="${join}"/>\n${[...parts.map(([text]) => text), ...flows].join('\n')}`,
      split,
      join,
    ]
  }

  const subProcess = (inner: Block, characteristics = ''): [[string, string, string], string] => {
    const [text, first] = draw(inner)
    const [id, start] = [name('s'), name('e')]
    return [
      [
        `<subProcess id="${id}">${characteristics}<startEvent id="${start}"/>${text}\nflow: ${start} > ${first}\n</subProcess>`,
        id,
        id,
      ],
      id,
    ]
  }

  /** Beside the block somebody decides whether all of it is cancelled; either way it leads to the same end. */
  const transaction = (inner: Block): [string, string, string] => {
    const [text, first] = draw(inner)
    const [id, start, split, task, decide, out, stop, edge, merge] = [...'tegagecbx'].map(name) as string[]
    return [
      `<transaction id="${id}"><startEvent id="${start}"/><parallelGateway id="${split}"/>${text}<userTask id="${task}"/>
      <exclusiveGateway id="${decide}" default="${decide}-${out}"/><endEvent id="${out}"/><endEvent id="${stop}">${cancel}</endEvent>
      flow: ${start} > ${split} > ${first}
      flow: ${split} > ${task} > ${decide} > ${out}
      flow: ${decide} > ${stop} if false
      </transaction><boundaryEvent id="${edge}" attachedToRef="${id}">${cancel}</boundaryEvent><exclusiveGateway id="${merge}"/>
      flow: ${id} > ${merge}
      flow: ${edge} > ${merge}`,
      id!,
      merge!,
    ]
  }

  /** A subprocess with a boundary timer: interrupting, it leads to the same end; otherwise it ends by itself. */
  const bounded = (inner: Block, interrupting: boolean): [string, string, string] => {
    const [[text, id]] = subProcess(inner)
    const [timer, merge, end] = [name('t'), name('x'), name('e')]
    const boundary = `<boundaryEvent id="${timer}" attachedToRef="${id}" cancelActivity="${interrupting}">${lasting('PT1H')}</boundaryEvent>`
    const after = interrupting ? `flow: ${timer} > ${merge}` : `<endEvent id="${end}"/>\nflow: ${timer} > ${end}`
    return [`${text}${boundary}<exclusiveGateway id="${merge}"/>\nflow: ${id} > ${merge}\n${after}`, id, merge]
  }

  const [text, first, last] = draw(root)
  return single(`<startEvent id="start"/>${text}<endEvent id="end"/>\nflow: start > ${first}\nflow: ${last} > end`)
}
