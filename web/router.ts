/** Puts the areas together: every address there is. */
import { createRoute, createRouter } from '@tanstack/react-router'
import { careRoutes } from './care/routes.tsx'
import { designerRoutes } from './designer/routes.tsx'
import { ViewBroken, ViewLoading, ViewMissing } from './frame/fallbacks.tsx'
import { rootRoute } from './frame/root-route.tsx'
import { Home } from './home.tsx'
import { operationsRoutes } from './operations/routes.tsx'
import { plannerRoutes } from './planner/routes.tsx'
import { parseSearch, stringifySearch } from './shared/search.ts'

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: Home,
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
