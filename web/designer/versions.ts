/** The versions of pathways, as designers read and change them. */
import { useMutation, useQuery } from '@tanstack/react-query'
import type { PathwayVersionDetail } from '../../api/types.ts'
import { get, post, put, remove } from '../shared/api.ts'
import { queries } from '../shared/queries.ts'

const versionPath = (pathway: string, version: number) => `/pathways/${encodeURIComponent(pathway)}/versions/${version}` as const

/** How often somebody who has a draft open is told that somebody else has saved it. */
const WATCH_MS = 10_000

export const useVersions = (pathway: string) =>
  useQuery({
    queryKey: ['pathways', 'versions', pathway],
    queryFn: () => get(`/pathways/${encodeURIComponent(pathway)}/versions`, { limit: 200 }),
    enabled: pathway !== '',
    refetchInterval: WATCH_MS,
  })

export const useDrafts = () => useQuery({ queryKey: ['pathways', 'drafts'], queryFn: () => get('/drafts', { limit: 200 }) })

export const readVersion = (pathway: string, version: number) => get(versionPath(pathway, version))

/** As it is now: of a draft, whoever saved it last. */
export const useVersion = (pathway: string, version: number, enabled = true) =>
  useQuery({
    queryKey: ['version', pathway, version],
    queryFn: () => readVersion(pathway, version),
    enabled: enabled && version > 0,
    staleTime: 0,
  })

export const useElementTimes = (pathway: string, days: number, enabled: boolean) =>
  useQuery({
    queryKey: ['times', pathway, days],
    queryFn: () => get(`/pathways/${encodeURIComponent(pathway)}/times`, { days }),
    staleTime: 60_000,
    enabled,
  })

export interface Sources {
  bpmn: string
  dmn: string[]
  forms: Record<string, unknown>
  texts: Record<string, Record<string, string>>
  scenarios: string
  note: string
}

export const sourcesOf = ({ bpmn, dmn, forms, texts, scenarios, note }: PathwayVersionDetail): Sources => ({
  ...{ bpmn, dmn, texts, scenarios, note },
  forms: forms as Record<string, unknown>,
})

export const createDraft = (pathway: string, sources: Sources, key: string) =>
  post(`/pathways/${encodeURIComponent(pathway)}/versions`, sources, key)

export const replaceDraft = (pathway: string, version: number, sources: Sources, revision: string) =>
  put(versionPath(pathway, version), { ...sources, revision })

const changed = () => queries.invalidateQueries({ queryKey: ['pathways'] })

/** What is done to one version by a button. */
export const useVersionAction = (pathway: string, version: number) =>
  useMutation({
    mutationFn: ({
      action,
      revision,
    }: {
      action: 'submit' | 'publish' | 'retire' | 'delete'
      revision: string
    }): Promise<unknown> =>
      action === 'delete'
        ? remove(versionPath(pathway, version))
        : action === 'retire'
          ? post(`${versionPath(pathway, version)}/${action}`, {})
          : post(`${versionPath(pathway, version)}/${action}`, { revision }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['version', pathway, version] })
      await changed()
    },
  })

export const useMigrations = (pathway: string) =>
  useQuery({
    queryKey: ['pathways', 'migrations', pathway],
    queryFn: () => get('/migrations', { pathway, limit: 50 }),
    refetchInterval: (query) => (query.state.data?.items.some(({ state }) => state === 'running') ? 1_000 : false),
  })

export const useMigrationRuns = (id: string) =>
  useQuery({
    queryKey: ['pathways', 'migrations', 'runs', id],
    queryFn: () => get(`/migrations/${encodeURIComponent(id)}/runs`, { limit: 200 }),
    enabled: id !== '',
  })

/** @param run for it alone; all that are on the older version without. */
export const planMigration = (pathway: string, from: number, to: number, key: string, run?: string) =>
  post(`/pathways/${encodeURIComponent(pathway)}/migrations`, { from, to, run }, key)

export const steerMigration = (id: string, action: 'start' | 'stop') =>
  post(`/migrations/${encodeURIComponent(id)}/${action}`, {})

/** Another counterpart for an element of the older version; '' for none. */
export const correctPlan = (id: string, elements: Record<string, string>) =>
  put(`/migrations/${encodeURIComponent(id)}/plan`, { elements })
