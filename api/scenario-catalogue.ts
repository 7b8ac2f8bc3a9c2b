/** The scenarios that come with Parcours: those of its files that are whole ones. */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { assembledScenario, UnreadableScenario } from '../twin/experiment/assemble.ts'
import { ScenarioFile } from '../twin/experiment/schema.ts'
import { checkedValue } from '../twin/yaml/checked.ts'

export interface KnownScenario {
  id: string
  name: string
  note: string | null
  horizon: string
  warmUp: string
  text: string
}

/** @param folder of the scenarios. @returns by name of their files; what is no scenario, a hospital say, is left aside. */
export function knownScenarios(folder: string): KnownScenario[] {
  const read = (path: string) => readFileSync(posix.join(folder, path), 'utf8')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /^[^/]+\/.*\.ya?ml$/.test(file))
    .sort()
    .flatMap((id) => {
      const scenario = scenarioOf(id, read)
      if (!scenario) return []
      const { name, note, horizon, warmUp } = scenario
      return [{ id, name: name || id, note: note ?? null, horizon, warmUp, text: read(id) }]
    })
}

function scenarioOf(id: string, read: (path: string) => string): ScenarioFile | undefined {
  try {
    return checkedValue(assembledScenario(id, read), ScenarioFile).value ?? undefined
  } catch (error) {
    if (error instanceof UnreadableScenario) return undefined
    throw error
  }
}
