/** The addresses of operations. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { rootRoute } from '../frame/root-route.tsx'
import { word } from '../shared/search.ts'

const getParentRoute = () => rootRoute

const commandCentre = createRoute({
  getParentRoute,
  path: '/command-centre',
  validateSearch: z.object({ wall: word }),
  component: lazyRouteComponent(() => import('./command-centre/command-centre-view.tsx'), 'CommandCentreView'),
  staticData: { title: 'view.commandCentre' },
})

const pathways = createRoute({
  getParentRoute,
  path: '/pathways',
  validateSearch: z.object({ pathway: word, element: word }),
  component: lazyRouteComponent(() => import('./pathways/pathways-view.tsx'), 'PathwaysView'),
  staticData: { title: 'view.pathways' },
})

const beds = createRoute({
  getParentRoute,
  path: '/beds',
  validateSearch: z.object({ pool: word, state: word, ward: word, q: word, bed: word }),
  component: lazyRouteComponent(() => import('./beds/beds-view.tsx'), 'BedsView'),
  staticData: { title: 'view.beds' },
})

const theatres = createRoute({
  getParentRoute,
  path: '/theatres',
  validateSearch: z.object({ pool: word, date: word, case: word }),
  component: lazyRouteComponent(() => import('./theatres/theatres-view.tsx'), 'TheatresView'),
  staticData: { title: 'view.theatres' },
})

const stock = createRoute({
  getParentRoute,
  path: '/stock',
  component: lazyRouteComponent(() => import('./beds/stock-panel.tsx'), 'StockView'),
  staticData: { title: 'view.stock' },
})

const runs = createRoute({
  getParentRoute,
  path: '/runs',
  validateSearch: z.object({ named: word, pathway: word, state: word }),
  component: lazyRouteComponent(() => import('./runs/runs-view.tsx'), 'RunsView'),
  staticData: { title: 'view.runs' },
})

const feed = createRoute({
  getParentRoute,
  path: '/feed',
  component: lazyRouteComponent(() => import('./feed/feed-view.tsx'), 'FeedView'),
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
