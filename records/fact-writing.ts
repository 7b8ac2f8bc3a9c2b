/** What a step adds to the fact log. */
import type { Carried } from './carrying.ts'
import { FACTS_CHANNEL } from './facts.ts'

interface NewFact {
  ordinal: number
  at: number
  event: string
  element: string
  name: string
  type: string
  activation: number
  instance: number
  /** Encrypted, base64. */
  detail: string | null
}

export function factsOf({ batch, program, records }: Carried): NewFact[] {
  const facts: NewFact[] = []
  for (const effect of batch.effects) {
    if (effect.type !== 'record') continue
    const { event, at, activation, instance, detail } = effect
    const element =
      event === 'taken' ? { ...program.flows[effect.element]!, type: 'bpmn:SequenceFlow' } : program.nodes[effect.element]!
    facts.push({
      ordinal: facts.length,
      at,
      event,
      element: element.id,
      name: element.name,
      type: element.type,
      activation,
      instance,
      detail: detail === null ? null : records.encryption.encryptJson(detail).toString('base64'),
    })
  }
  return facts
}

export async function writeFacts({ tx, run, batch }: Carried, facts: NewFact[]): Promise<void> {
  if (facts.length === 0) return
  const insert = tx`
    insert into facts (run, sequence, site, pathway, ordinal, at, event, element, element_name, type, activation, instance, detail)
    select ${run.id}, ${batch.sequence}::int, ${run.site}, ${run.pathway}, x.ordinal, x.at, x.event, x.element, x.name, x.type, x.activation,
      x.instance, decode(x.detail, 'base64')
    from json_to_recordset(${JSON.stringify(facts)}::json)
      as x(ordinal int, at bigint, event text, element text, name text, type text, activation int, instance int, detail text)
    order by x.ordinal`
  await Promise.all([insert, tx`select pg_notify(${FACTS_CHANNEL}, '')`])
}
