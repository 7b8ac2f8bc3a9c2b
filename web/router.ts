/** Puts the areas together: every address there is. */
import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { careRoutes } from './care/routes.tsx'
import { designerRoutes } from './designer/routes.tsx'
import { ViewBroken, ViewLoading, ViewMissing } from './frame/fallbacks.tsx'
import { rootRoute } from './frame/root-route.tsx'
import { operationsRoutes } from './operations/routes.tsx'
import { plannerRoutes } from './planner/routes.tsx'
import { parseSearch, stringifySearch } from './shared/search.ts'

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/pathways', search, replace: true })
  },
})

const routeTree = rootRoute.addChildren([home, ...operationsRoutes, ...careRoutes, ...designerRoutes, ...plannerRoutes])

export const router = createRouter({
  ...{ routeTree, parseSearch, stringifySearch, scrollRestoration: true, defaultPreload: 'intent' },
  ...{ defaultPendingComponent: ViewLoading, defaultErrorComponent: ViewBroken, defaultNotFoundComponent: ViewMissing },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
