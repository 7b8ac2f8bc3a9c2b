/** What there is to choose from while a draft is drawn, kept up to date for the properties panel. */
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { get } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { roleName, useNames } from '../../shared/names.tsx'
import { usePathways, usePools } from '../../shared/queries.ts'
import { offeredFunctions } from '../feel/functions.ts'
import { variablesOf } from '../feel/variables.ts'
import { formTitle } from '../forms/form-title.ts'
import type { Sources } from '../versions.ts'
import type { Catalogue } from './properties/catalogue.ts'

const ROLES = ['nurse', 'physician', 'bed-manager', 'theatre-manager', 'porter', 'cleaner', 'operations']

const useConnectors = () =>
  useQuery({ queryKey: ['connectors'], queryFn: () => get('/connectors'), staleTime: Number.POSITIVE_INFINITY })

/** Stays the same object, whatever changes in it. */
export function useCatalogue(pathway: string, sources: Sources): Catalogue {
  const language = useText()
  const names = useNames()
  const pools = usePools()
  const pathways = usePathways()
  const connectors = useConnectors()
  const now = useRef({} as Catalogue)
  const items = (connectors.data?.items ?? []).map((one) => ({ ...one, label: one.label[language], help: one.help[language] }))
  Object.assign(now.current, {
    options: {
      role: () => ROLES.map((value) => ({ value, label: roleName(value) })),
      form: () => Object.entries(sources.forms).map(([value, schema]) => ({ value, label: formTitle(value, schema) })),
      pool: () => (pools.data?.items ?? []).map(({ id, name }) => ({ value: id, label: names.say(name) })),
      decision: () => decisionsOf(sources.dmn),
      connector: () => items.map(({ name, label }) => ({ value: name, label })),
      pathway: () =>
        (pathways.data?.items ?? [])
          .filter(({ id }) => id !== pathway)
          .map(({ id }) => ({ value: id, label: names.pathway(id) })),
    },
    variables: () => variablesOf(sources, { patient: text('feel.patient'), hold: text('feel.hold'), loop: text('feel.loop') }),
    functions: () => offeredFunctions(language),
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
