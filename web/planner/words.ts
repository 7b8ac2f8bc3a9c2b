/** What a scenario calls things, in words: ids are for machines. */
import type { ReadyScenario } from '../../twin/experiment/ready.ts'

/** `walk-in` read aloud, where nobody has given it a name. */
const spoken = (id: string): string => {
  const words = id.replaceAll(/[-_]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const pathwayName = (id: string, { programs }: Pick<ReadyScenario, 'programs'>): string =>
  programs.flatMap(([, each]) => each).find(({ process }) => process === id)?.name || spoken(id)

/** A stream by its name; else by its pathway, and by itself too where several begin that one. */
export const streamName = (id: string, model: ReadyScenario): string => {
  const { demand } = model.scenario
  const stream = demand.find((each) => each.id === id)
  if (!stream) return spoken(id)
  if (stream.name) return stream.name
  if (stream.pathway === undefined) return spoken(id)
  const name = pathwayName(stream.pathway, model)
  return demand.filter(({ pathway }) => pathway === stream.pathway).length > 1 ? `${name} · ${spoken(id)}` : name
}

/** What a class of patients goes by, and one of its values. */
export const classWords = ({
  variable,
  name,
  labels,
}: ReadyScenario['scenario']['classes'][number]): { name: string; value: (value: unknown) => string } => ({
  name: name ?? spoken(variable),
  value: (value) => labels?.[String(value)] ?? String(value),
})
