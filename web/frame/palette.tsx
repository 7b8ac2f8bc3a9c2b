/** The command palette: views, patients by their names, pathways, runs by their pseudonym, and what may be switched. */
import '@mantine/spotlight/styles.css'
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconLanguage, IconMoon, IconRoute, IconSearch, IconSun, IconTimeline, IconUser } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { activateLanguage, text, textOf, useText } from '../shared/language.ts'
import { shortId, useNames } from '../shared/names.tsx'
import { birthDateText, fullName } from '../shared/person-name.ts'
import { useFoundPatients, usePathways, useRunsNamed } from '../shared/queries.ts'
import { stringifySearch } from '../shared/search.ts'
import { type NavigationArea, navigationFor } from './navigation.ts'

const [store, palette] = createSpotlight()
const WAIT_MS = 200
const SEE_PATIENTS = ['operations', 'nurse', 'physician', 'bed-manager', 'theatre-manager']
const PATIENTS_SHOWN = 6
/** A pseudonym, or its beginning: what a person would type after reading one out. */
const PSEUDONYM = /^[a-z0-9.-]{3,}$/i

/** @param opened how often it was asked for: each time it opens. */
export default function Palette({ role, areas, opened }: { role: string; areas: readonly NavigationArea[]; opened: number }) {
  const [query, setQuery] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: it opens anew each time it is asked for
  useEffect(() => palette.open(), [opened])
  const groups = useGroups(role, areas, query.trim())
  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      nothingFound={text('palette.none')}
      highlightQuery
      scrollable
      maxHeight={420}
      limit={14}
      clearQueryOnClose
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: text('palette.hint'),
        'aria-label': text('palette.hint'),
        onKeyDown: takeFirst,
      }}
    />
  )
}

/** What arrives after the typing is not selected by itself: Enter takes the first of it. */
function takeFirst(event: KeyboardEvent<HTMLInputElement>): void {
  const list = event.currentTarget.closest('[role=dialog]')
  if (event.key !== 'Enter' || list?.querySelector('[data-selected]')) return
  list?.querySelector<HTMLElement>('[data-action]')?.click()
}

function useGroups(role: string, areas: readonly NavigationArea[], query: string): SpotlightActionGroupData[] {
  const router = useRouter()
  const names = useNames()
  const language = useText()
  const scheme = useComputedColorScheme('light')
  const { setColorScheme } = useMantineColorScheme()
  const pathways = usePathways()
  const [asked] = useDebouncedValue(PSEUDONYM.test(query) ? query.toLowerCase() : '', WAIT_MS)
  const runs = useRunsNamed(asked)
  const [named] = useDebouncedValue(SEE_PATIENTS.includes(role) ? query : '', WAIT_MS)
  const people = useFoundPatients(named)
  const go = (to: string, search: Record<string, string> = {}) => void router.navigate({ href: to + stringifySearch(search) })
  const views = navigationFor(areas, role).map(({ label, entries }) => ({
    group: text(label),
    actions: entries.map(
      ({ to, label: name, icon: Icon }): SpotlightActionData => ({
        ...{ id: `view ${to}`, label: text(name), leftSection: <Icon size={20} stroke={1.6} aria-hidden /> },
        onClick: () => go(to),
      }),
    ),
  }))
  const found = (runs.data?.items ?? []).map(
    ({ id, pathway, state }): SpotlightActionData => ({
      id: `run ${id}`,
      label: `${names.pathway(pathway)} ${shortId(id)}`,
      description: textOf('runState', state),
      // What was found by a pseudonym is shown, whatever its own words are.
      keywords: query,
      leftSection: <IconTimeline size={20} stroke={1.6} aria-hidden />,
      onClick: () => go('/runs', { run: id }),
    }),
  )
  const known = named === '' ? [] : (people.data?.items ?? []).slice(0, PATIENTS_SHOWN)
  const patients = known.flatMap(({ id, traits, running }): SpotlightActionData[] =>
    traits === null
      ? []
      : [
          {
            ...{ id: `patient ${id}`, label: fullName(traits) },
            description: `${birthDateText(traits.birthDate, language)} · ${text('palette.running', { count: running })}`,
            // What the API found is shown, however it was typed.
            keywords: query,
            leftSection: <IconUser size={20} stroke={1.6} aria-hidden />,
            onClick: () => go(`/patients/${id}`),
          },
        ],
  )
  const drawn = (pathways.data?.items ?? []).map(
    ({ id, running }): SpotlightActionData => ({
      ...{ id: `pathway ${id}`, label: names.pathway(id), description: text('pathways.running', { count: running }) },
      leftSection: <IconRoute size={20} stroke={1.6} aria-hidden />,
      onClick: () => go('/pathways', { pathway: id }),
    }),
  )
  const isDark = scheme === 'dark'
  const LightIcon = isDark ? IconSun : IconMoon
  const actions: SpotlightActionData[] = [
    {
      ...{ id: 'light', label: text(isDark ? 'frame.light' : 'frame.dark') },
      leftSection: <LightIcon size={20} stroke={1.6} aria-hidden />,
      onClick: () => setColorScheme(isDark ? 'light' : 'dark'),
    },
    {
      ...{ id: 'language', label: language === 'fr' ? 'English' : 'Français' },
      leftSection: <IconLanguage size={20} stroke={1.6} aria-hidden />,
      onClick: () => void activateLanguage(language === 'fr' ? 'en' : 'fr'),
    },
  ]
  return [
    ...(patients.length > 0 ? [{ group: text('view.patients'), actions: patients }] : []),
    ...(found.length > 0 ? [{ group: text('palette.runs'), actions: found }] : []),
    ...views,
    { group: text('palette.pathways'), actions: drawn },
    { group: text('palette.actions'), actions },
  ]
}
