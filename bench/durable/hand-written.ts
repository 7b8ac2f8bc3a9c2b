/**
 * The same path as anybody would write it for Temporal by hand, without an engine. After each step it writes what the interpreter writes, by
 * the same local activity: facts, where the patient is, the worklist, and the ledger.
 */
import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  setWorkflowOptions,
  sleep,
} from '@temporalio/workflow'
import type { Effect, Event, RecordedEvent } from '../../pathways/engine/contract.ts'
import type { Activation, Hold, Wait } from '../../pathways/engine/instance.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import type {
  ActivityInput,
  ActivityOutput,
  Completion,
  HostActivities,
  ProgramReference,
  RunInput,
} from '../../workflows/messages.ts'

const TIMER_MS = 1_000
const { commit } = proxyLocalActivities<HostActivities>({ startToCloseTimeout: '20 seconds' })
const activities = proxyActivities<Record<string, (input: ActivityInput) => Promise<ActivityOutput>>>({
  startToCloseTimeout: '1 minute',
})
const work = activities['bench.work']!
const complete = defineUpdate<{ sequence: number }, [Completion]>('complete')

/** Where elements stand in what the records know of the pathway. */
const START = 1
const FIRST_WORK = 2
const WORKS = 6
const PAUSE = 8
const CARE = 9
const END = 10

interface Written {
  input: RunInput
  hash: string
  sequence: number
  nextId: number
  startedAt: number
  at: number
  variables: Variables
  /** The step that the patient is at, and what it waits for. */
  here: { activation: Activation; wait: Wait; since: number } | null
  holds: Hold[]
  effects: Effect[]
}

export async function durable(input: RunInput, reference: ProgramReference): Promise<{ outcome: string }> {
  const first = input.first as Extract<Event, { type: 'started' }>
  const { at, variables } = first
  const patient: Written = {
    input,
    hash: reference.$program,
    sequence: 0,
    nextId: 1,
    startedAt: at,
    at,
    variables: { ...variables },
    here: null,
    holds: [],
    effects: [],
  }
  const task = listen(patient)
  note(patient, 'entered', START)
  note(patient, 'completed', START)
  move(patient, 0)
  for (let node = FIRST_WORK; node < FIRST_WORK + WORKS; node++) {
    const element = `work${node - FIRST_WORK + 1}`
    const wait = enter(patient, node, 'task')
    await write(patient)
    const { result, at } = await work({ run: input.run, wait, element, inputs: { patient: variables.patient! }, traceparent: '' })
    patient.at = at
    patient.variables[element] = result.done!
    leave(patient, node)
  }
  await pause(patient)
  await care(patient, task)
  await condition(allHandlersFinished)
  return { outcome: 'completed' }
}
setWorkflowOptions({ versioningBehavior: 'PINNED' }, durable)

async function pause(patient: Written): Promise<void> {
  const due = patient.at + TIMER_MS
  const wait = enter(patient, PAUSE, 'timer')
  patient.here!.wait.due = due
  const { clock } = await write(patient)
  await sleep(Math.max(1, due - clock.hospitalNow - (Date.now() - clock.wall)))
  patient.at = due
  note(patient, 'caught', PAUSE, wait - 1)
  leave(patient, PAUSE)
}

interface CareTask {
  wait: number
  done: Completion | null
  written: boolean
}

async function care(patient: Written, task: CareTask): Promise<void> {
  const hold = patient.nextId++
  const request = enter(patient, CARE, 'request')
  const activation = patient.here!.activation.id
  patient.here!.activation.state = 'requesting'
  note(patient, 'requested', CARE, activation)
  const needs = [{ hold, pool: 'nurse', quantity: 1, where: [] }]
  patient.holds = [{ id: hold, declaration: -1, activation, state: 'requested', units: [], lots: [], lent: false }]
  patient.effects.push({ type: 'acquire', wait: request, node: CARE, needs, priority: 0, slot: null })
  const { events } = await write(patient)
  const granted = events[0] as Extract<Event, { type: 'granted' }>
  patient.at = granted.at
  Object.assign(patient.holds[0]!, { state: 'occupied', units: granted.grants[0]!.units })
  task.wait = patient.nextId++
  Object.assign(patient.here!.activation, { state: 'active' })
  Object.assign(patient.here!.wait, { id: task.wait, kind: 'task' })
  note(patient, 'granted', CARE, activation)
  patient.effects.push({ type: 'occupy', hold })
  const base = { wait: task.wait, node: CARE, activation, inputs: {}, priority: 0, due: null }
  patient.effects.push({ type: 'perform', ...base, place: 'Ward A/12' })
  await write(patient)
  await condition(() => task.done !== null)
  const { at, wait, result, by, key } = task.done!
  patient.at = at
  Object.assign(patient.variables, result)
  note(patient, 'released', CARE, activation)
  patient.effects.push({ type: 'release', hold })
  patient.holds = []
  leave(patient, CARE)
  note(patient, 'entered', END)
  note(patient, 'completed', END)
  patient.effects.push({ type: 'end', outcome: 'completed', at, error: null })
  await write(patient, { events: [{ type: 'completed', at, wait, result }], by: { [wait]: by }, keys: { [wait]: key } })
  task.written = true
}

/** A person completes the task once; anything else is refused. */
function listen(patient: Written): CareTask {
  const task: CareTask = { wait: -1, done: null, written: false }
  setHandler(
    complete,
    async (completion) => {
      task.done = completion
      await condition(() => task.written)
      return { sequence: patient.sequence }
    },
    {
      validator: ({ wait }) => {
        if (wait !== task.wait || task.done) throw ApplicationFailure.nonRetryable('Nothing waits for this', 'UnknownWait')
      },
    },
  )
  return task
}

function enter(patient: Written, node: number, kind: Wait['kind']): number {
  const base = { node, whole: -1, instance: 0, planned: 0, completed: 0, interruptedBy: -1 }
  const activation: Activation = { id: patient.nextId++, scope: 0, state: 'active', ...base }
  const id = patient.nextId++
  const wait: Wait = { id, kind, node, activation: activation.id, due: 0, repeats: 0, period: '', name: '', key: null }
  patient.here = { activation, wait, since: patient.at }
  note(patient, 'entered', node, activation.id)
  return id
}

function leave(patient: Written, node: number): void {
  note(patient, 'completed', node, patient.here!.activation.id)
  patient.here = null
  move(patient, node - 1)
}

const move = (patient: Written, flow: number) => note(patient, 'taken', flow)

function note({ effects, at }: Written, event: RecordedEvent, element: number, activation = 0): void {
  effects.push({ type: 'record', event, element, at, activation, instance: 0, detail: null })
}

const PROCESS: Activation = {
  id: 0,
  node: 0,
  scope: -1,
  whole: -1,
  instance: 0,
  state: 'active',
  planned: 0,
  completed: 0,
  interruptedBy: -1,
}

interface Done {
  events: Event[]
  by: Record<number, string>
  keys: Record<number, string>
}

function write(patient: Written, { events, by, keys }: Done = { events: [], by: {}, keys: {} }) {
  const { input, hash, here, holds, variables, at, startedAt, nextId } = patient
  const effects = patient.effects.splice(0)
  const over = effects.at(-1)?.type === 'end'
  const since: Record<number, number> = over ? {} : { 0: startedAt }
  if (here) since[here.activation.id] = here.since
  const activations = [...(over ? [] : [PROCESS]), ...(here ? [here.activation] : [])]
  return commit({
    run: input.run,
    sequence: ++patient.sequence,
    events,
    by,
    keys,
    effects,
    instance: {
      program: hash,
      marking: { tokens: [], activations, waits: here ? [here.wait] : [], holds, outcome: over ? 'completed' : 'running' },
      variables: { 0: variables },
      bookkeeping: { nextId, startedAt, at, since, items: {}, error: null },
    },
    incidents: [],
    resolutions: [],
    traceparent: '',
  })
}
