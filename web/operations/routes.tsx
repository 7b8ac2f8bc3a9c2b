/** The addresses of operations. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { rootRoute } from '../frame/root-route.tsx'
import { word } from '../shared/search.ts'

const getParentRoute = () => rootRoute

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

const stock = createRoute({
  getParentRoute,
  path: '/stock',
  component: lazyRouteComponent(() => import('./beds/stock-panel.tsx'), 'StockView'),
  staticData: { title: 'view.stock' },
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

export const operationsRoutes = [pathways, beds, stock, feed, resources] as const
