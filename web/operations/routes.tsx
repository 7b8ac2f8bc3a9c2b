/** The addresses of operations. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { rootRoute } from '../frame/root-route.tsx'
import { withTexts } from '../shared/language.ts'
import { searchOf, word } from '../shared/search.ts'

const getParentRoute = () => rootRoute

const commandCentre = createRoute({
  getParentRoute,
  path: '/command-centre',
  validateSearch: searchOf({ wall: word }),
  component: lazyRouteComponent(() => import('./command-centre/command-centre-view.tsx'), 'CommandCentreView'),
  staticData: { title: 'view.commandCentre' },
})

const pathways = createRoute({
  getParentRoute,
  path: '/pathways',
  validateSearch: searchOf({ pathway: word, element: word }),
  component: lazyRouteComponent(() => import('./pathways/pathways-view.tsx'), 'PathwaysView'),
  staticData: { title: 'view.pathways' },
})

const beds = createRoute({
  getParentRoute,
  path: '/beds',
  validateSearch: searchOf({ pool: word, state: word, ward: word, q: word, bed: word }),
  component: lazyRouteComponent(
    withTexts(['boards'], () => import('./beds/beds-view.tsx')),
    'BedsView',
  ),
  staticData: { title: 'view.beds' },
})

const theatres = createRoute({
  getParentRoute,
  path: '/theatres',
  validateSearch: searchOf({ pool: word, date: word, case: word }),
  component: lazyRouteComponent(
    withTexts(['boards'], () => import('./theatres/theatres-view.tsx')),
    'TheatresView',
  ),
  staticData: { title: 'view.theatres' },
})

const stock = createRoute({
  getParentRoute,
  path: '/stock',
  component: lazyRouteComponent(
    withTexts(['boards'], () => import('./beds/stock-panel.tsx')),
    'StockView',
  ),
  staticData: { title: 'view.stock' },
})

const runs = createRoute({
  getParentRoute,
  path: '/runs',
  validateSearch: searchOf({ named: word, pathway: word, state: word }),
  component: lazyRouteComponent(() => import('./runs/runs-view.tsx'), 'RunsView'),
  staticData: { title: 'view.runs' },
})

const feed = createRoute({
  getParentRoute,
  path: '/feed',
  component: lazyRouteComponent(
    withTexts(['boards'], () => import('./feed/feed-view.tsx')),
    'FeedView',
  ),
  staticData: { title: 'view.feed' },
})

/** Links from before the areas had addresses of their own. */
const resources = createRoute({
  getParentRoute,
  path: '/resources',
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/beds', search, replace: true })
  },
})

export const operationsRoutes = [commandCentre, pathways, beds, theatres, stock, runs, feed, resources] as const
