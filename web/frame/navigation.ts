/** What each area offers to go to. */
import type { Icon } from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'
import type { Role } from '../../api/roles.ts'
import type { Counters } from '../../api/types.ts'
import type { MessageKey } from '../locales/fr.ts'

export interface NavigationEntry {
  to: LinkProps['to'] & string
  label: MessageKey
  /** Where there is little room. */
  short?: MessageKey
  icon: Icon
  /** Who finds it there; what each may do is the API's to say. */
  roles: readonly Role[]
  /** How many things wait there, for who is asking. */
  count?: (counters: Counters, role: string) => number
  /** Whose day begins here. */
  homeOf?: readonly Role[]
}

/** The views of one kind of user. */
export interface NavigationArea {
  label: MessageKey
  entries: readonly NavigationEntry[]
}

const isHome = ({ homeOf = [] }: NavigationEntry, role: string) => homeOf.some((one) => one === role)

/** Where the day of this role begins: what waits for it first. */
export function homeFor(areas: readonly NavigationArea[], role: string): NavigationEntry | undefined {
  const entries = navigationFor(areas, role).flatMap((area) => area.entries)
  return entries.find((entry) => isHome(entry, role)) ?? entries[0]
}

/** The areas with what somebody of this role finds there, the one where their day begins first; empty ones are left out. */
export function navigationFor(areas: readonly NavigationArea[], role: string): NavigationArea[] {
  const found = areas
    .map((area) => ({ ...area, entries: area.entries.filter(({ roles }) => roles.some((one) => one === role)) }))
    .filter(({ entries }) => entries.length > 0)
  const own = found.filter(({ entries }) => entries.some((entry) => isHome(entry, role)))
  return [...own, ...found.filter((area) => !own.includes(area))]
}
