/** Scenario tests of a pathway, as they stand beside it in `*.scenarios.yaml`: a patient, what people and systems do, what must happen. */
import { z } from 'zod'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { checkedYaml, type YamlProblem } from '../yaml/checked.ts'
import type { Script } from './script.ts'

const Values = z.record(z.string(), z.json()).transform((values) => values as Variables)
const Duration = z.string().regex(/^P/, 'expected an ISO 8601 duration such as PT10M')
const Task = z.strictObject({ takes: Duration.optional(), set: Values.optional(), fails: z.string().optional() })
const Message = z.strictObject({
  name: z.string(),
  after: Duration.optional(),
  every: Duration.optional(),
  times: z.int().positive().max(10_000).optional(),
  set: Values.optional(),
})
const Trigger = z.strictObject({ element: z.string(), after: Duration.optional(), set: Values.optional() })

const script = {
  variables: Values.optional(),
  tasks: z.record(z.string(), Task).optional(),
  branches: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  messages: z.array(Message).optional(),
  signals: z.array(Message).optional(),
  triggers: z.array(Trigger).optional(),
}

const Expectation = z.strictObject({
  outcome: z.enum(['completed', 'failed', 'stuck', 'unfinished']).default('completed'),
  /** When it ended, since the start. */
  at: Duration.optional(),
  /** It ended no later. */
  within: Duration.optional(),
  /** Elements by id or name, flows by id; of another process as `process:element`. */
  passes: z.array(z.string()).default([]),
  avoids: z.array(z.string()).default([]),
  /** Completed one after the other, whatever else happens in between. */
  order: z.array(z.string()).default([]),
  /** How many times an element completes. */
  completes: z.record(z.string(), z.int().min(0)).default({}),
  /** When an element completes for the first time, since the start. */
  completesAt: z.record(z.string(), Duration).default({}),
  /** At the end; of contexts, only the entries that are named. */
  variables: Values.optional(),
  /** What is still open, all of it. */
  open: z.array(z.string()).optional(),
  error: z.strictObject({ code: z.string(), element: z.string().optional() }).optional(),
})

const ScenarioFileSchema = z.strictObject({
  /** The process id. */
  pathway: z.string(),
  /** Of every scenario; what a scenario says itself goes before it, name by name. */
  given: z.strictObject(script).default({}),
  scenarios: z
    .array(z.strictObject({ name: z.string().min(1), ...script, until: Duration.optional(), expect: Expectation }))
    .min(1),
})

export type Expectation = z.infer<typeof Expectation>
export type ScenarioFile = z.infer<typeof ScenarioFileSchema>
export type Scenario = ScenarioFile['scenarios'][number]

/** The scenarios of a text, or everything that is wrong with it. */
export function readScenarioFile(text: string): { file: ScenarioFile | null; problems: YamlProblem[] } {
  const { value, problems } = checkedYaml(text, ScenarioFileSchema)
  if (!value) return { file: null, problems }
  const repeated = value.scenarios.flatMap(({ name }, index) =>
    value.scenarios.findIndex((other) => other.name === name) < index
      ? [{ path: `scenarios[${index}].name`, message: `"${name}" is there twice`, help: 'Give each scenario a name of its own.' }]
      : [],
  )
  return { file: repeated.length > 0 ? null : value, problems: repeated }
}

/** What people, systems and messages do in one scenario. */
export function scriptOf({ given }: ScenarioFile, scenario: Scenario): Script {
  const { variables, tasks, branches, messages, signals, triggers } = scenario
  const merged = {
    variables: { ...given.variables, ...variables },
    tasks: { ...given.tasks, ...tasks },
    branches: { ...given.branches, ...branches },
    messages: messages ?? given.messages ?? [],
    signals: signals ?? given.signals ?? [],
    triggers: triggers ?? given.triggers ?? [],
  }
  // What is undefined in the file is absent: the script has no undefined members.
  return JSON.parse(JSON.stringify(merged)) as Script
}
