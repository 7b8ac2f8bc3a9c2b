/** The root of every address: a run or a task may be open over any view. */
import { createRootRoute } from '@tanstack/react-router'
import type { MessageKey } from '../locales/fr.ts'
import { searchOf, word } from '../shared/search.ts'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What the view is called: its heading, and the window's title. */
    title?: MessageKey
  }
}

export const rootRoute = createRootRoute({ validateSearch: searchOf({ run: word, task: word }) })
