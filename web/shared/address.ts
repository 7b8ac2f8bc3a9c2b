/** The address bar is the page's state: every view, filter and open drawer has a link. */
import { useSyncExternalStore } from 'react'

export const VIEWS = ['pathways', 'resources', 'tasks', 'feed'] as const
export type View = (typeof VIEWS)[number]
/** Filters and what is open, by name; an absent one is ''. */
export type Parameter = 'pathway' | 'element' | 'pool' | 'state' | 'role' | 'run' | 'task'

export interface Address {
  view: View
  parameters: Partial<Record<Parameter, string>>
}

const listeners = new Set<() => void>()
const notify = () => {
  for (const listener of listeners) listener()
}
window.addEventListener('popstate', notify)

export function parseAddress(path: string, search: string): Address {
  const name = path.split('/')[1] ?? ''
  const view = VIEWS.find((one) => one === name) ?? 'pathways'
  return { view, parameters: Object.fromEntries(new URLSearchParams(search)) }
}

/** The link of an address; empty parameters are left out. */
export function linkOf({ view, parameters }: Address): string {
  const filled = Object.entries(parameters).filter(([, value]) => value)
  const query = new URLSearchParams(filled).toString()
  return `/${view}${query ? `?${query}` : ''}`
}

/** Where the page is. Changes with the address, whoever changes it. */
export function useAddress(): Address {
  const href = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => location.pathname + location.search,
  )
  const [path = '/', search = ''] = href.split('?')
  return parseAddress(path, search)
}

/** Goes somewhere. A filter replaces the entry in the history; a view or something opened makes a new one. */
export function go(address: Address, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', linkOf(address))
  notify()
}

/** The address as it is, with some parameters changed. */
export function withParameters(address: Address, parameters: Address['parameters']): Address {
  return { ...address, parameters: { ...address.parameters, ...parameters } }
}

/** Properties of an anchor that stays inside the page; with a modifier key the browser does as it always does. */
export function linkTo(address: Address) {
  return {
    href: linkOf(address),
    onClick: (event: { metaKey: boolean; ctrlKey: boolean; shiftKey: boolean; preventDefault: () => void }) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      go(address)
    },
  }
}
