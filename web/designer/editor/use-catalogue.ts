/** What there is to choose from while a draft is drawn, kept up to date for the properties panel. */
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ConnectorsList } from '../../../api/types.ts'
import { ask } from '../../shared/api.ts'
import { useText } from '../../shared/language.ts'
import { roleName, useNames } from '../../shared/names.tsx'
import { usePathways, usePools } from '../../shared/queries.ts'
import type { Sources } from '../versions.ts'
import type { Catalogue, KnownVariable } from './properties/catalogue.ts'

const ROLES = ['nurse', 'physician', 'bed-manager', 'theatre-manager', 'porter', 'cleaner', 'operations']

const useConnectors = () =>
  useQuery({ queryKey: ['connectors'], queryFn: () => ask<ConnectorsList>('/connectors'), staleTime: Number.POSITIVE_INFINITY })

/** Stays the same object, whatever changes in it. */
export function useCatalogue(pathway: string, sources: Sources): Catalogue {
  const language = useText()
  const names = useNames()
  const pools = usePools()
  const pathways = usePathways()
  const connectors = useConnectors()
  const now = useRef({} as Catalogue)
  const items = connectors.data?.items ?? []
  Object.assign(now.current, {
    options: {
      role: () => ROLES.map((value) => ({ value, label: roleName(value) })),
      form: () => Object.keys(sources.forms).map((value) => ({ value, label: value })),
      pool: () => (pools.data?.items ?? []).map(({ id, name }) => ({ value: id, label: names.say(name) })),
      decision: () => decisionsOf(sources.dmn),
      connector: () => items.map(({ name, label }) => ({ value: name, label: label[language] })),
      pathway: () =>
        (pathways.data?.items ?? [])
          .filter(({ id }) => id !== pathway)
          .map(({ id }) => ({ value: id, label: names.pathway(id) })),
    },
    variables: () => variablesOf(sources),
    connectors: () => items,
  } satisfies Catalogue)
  return now.current
}

/** The decisions of some DMN files, by id. */
function decisionsOf(dmn: string[]) {
  return dmn.flatMap((xml) => {
    const parsed = new DOMParser().parseFromString(xml, 'application/xml')
    return [...parsed.getElementsByTagNameNS('*', 'decision'), ...parsed.getElementsByTagNameNS('*', 'decisionService')].map(
      (decision) => {
        const id = decision.getAttribute('id') ?? ''
        return { value: id, label: decision.getAttribute('name') || id }
      },
    )
  })
}

/** What expressions may name: what tasks, forms, decisions and messages of the drawing write. */
export function variablesOf({ bpmn, forms }: Pick<Sources, 'bpmn' | 'forms'>): KnownVariable[] {
  const known = new Map<string, KnownVariable>()
  const add = (name: string | null, from: string) => {
    if (name && !known.has(name)) known.set(name, { name, detail: from, info: from })
  }
  const parsed = new DOMParser().parseFromString(bpmn, 'application/xml')
  const written: [tag: string, attribute: string][] = [
    ['outcome', 'variable'],
    ['set', 'variable'],
    ['result', 'variable'],
    ['output', 'name'],
    ['decision', 'result'],
    ['hold', 'name'],
  ]
  for (const [tag, attribute] of written)
    for (const element of parsed.getElementsByTagNameNS('urn:parcours:hospital:1', tag)) {
      const owner = element.parentElement?.parentElement
      add(element.getAttribute(attribute), owner?.getAttribute('name') || owner?.getAttribute('id') || '')
    }
  for (const [form, schema] of Object.entries(forms))
    for (const { key } of (schema as { components?: { key?: string }[] }).components ?? []) add(key ?? null, form)
  for (const name of ['patient', 'age', 'sex', 'mode', 'urgency', 'specialty', 'isolation', 'place']) add(name, 'patient')
  return [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
