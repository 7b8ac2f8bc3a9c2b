/** What was imported, held against what `simulate` takes: a file that is written can be simulated. */
import type { Finding } from '../../pathways/language/finding.ts'
import type { Program } from '../../pathways/language/program.ts'
import { isImpossible } from '../experiment/impossible.ts'
import { openedExperiment } from '../experiment/prepare.ts'
import { ScenarioFile } from '../experiment/schema.ts'
import { finding, type Imported, type WrittenScenario } from './imported.ts'

/** The same, without its scenario and with what is wrong named, if it could not be simulated. @param programs of the file that the scenario names. */
export const accepted = ({ scenario, findings }: Imported, programs: Program[]): Imported => {
  const wrong = scenario ? wrongOf(scenario, programs) : []
  return wrong.length === 0 ? { scenario, findings } : { scenario: null, findings: [...findings, ...wrong] }
}

const wrongOf = (scenario: WrittenScenario, programs: Program[]): Finding[] => {
  const parsed = ScenarioFile.safeParse(scenario)
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) =>
      impossible(path.map(String).join('.'), `${path.map(String).join('.')}: ${message}.`),
    )
  const files = parsed.data.pathways.map((pathway) => (typeof pathway === 'string' ? pathway : pathway.file))
  try {
    openedExperiment(parsed.data, new Map(files.map((file) => [file, programs])))
    return []
  } catch (error) {
    if (!isImpossible(error)) throw error
    return [impossible('', error.message)]
  }
}

const impossible = (place: string, message: string): Finding =>
  finding(
    'error',
    'impossible-scenario',
    place,
    [message, 'Correct the parameters.'],
    [`Ces paramètres ne donnent pas un scénario que l’on puisse simuler (${message}).`, 'Corrigez les paramètres.'],
  )
