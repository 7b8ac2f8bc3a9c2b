/** The addresses of planners. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { rootRoute } from '../frame/root-route.tsx'
import { word } from '../shared/search.ts'
import { hospitalRoute } from './hospital/route.ts'
import { WhatIfSearch } from './what-if/share.ts'

const getParentRoute = () => rootRoute

const home = createRoute({
  getParentRoute,
  path: '/planner/questions',
  component: lazyRouteComponent(() => import('./home/home-view.tsx'), 'HomeView'),
  staticData: { title: 'view.planner' },
})

const whatIf = createRoute({
  getParentRoute,
  path: '/planner/what-if',
  validateSearch: WhatIfSearch,
  component: lazyRouteComponent(() => import('./what-if/what-if-view.tsx'), 'WhatIfView'),
  staticData: { title: 'view.whatIf' },
})

const brief = createRoute({
  getParentRoute,
  path: '/planner/brief',
  validateSearch: WhatIfSearch,
  component: lazyRouteComponent(() => import('./brief/brief-view.tsx'), 'BriefView'),
  staticData: { title: 'view.brief' },
})

const experiments = createRoute({
  getParentRoute,
  path: '/planner/experiments',
  validateSearch: z.object({ experiment: word, against: word }),
  component: lazyRouteComponent(() => import('./experiments/experiments-view.tsx'), 'ExperimentsView'),
  staticData: { title: 'view.experiments' },
})

const scenario = createRoute({
  getParentRoute,
  path: '/planner/scenario',
  validateSearch: z.object({ model: word, text: word }),
  component: lazyRouteComponent(() => import('./scenario/scenario-view.tsx'), 'ScenarioView'),
  staticData: { title: 'view.scenario' },
})

const forecast = createRoute({
  getParentRoute,
  path: '/planner/forecast',
  validateSearch: z.object({ forecast: word }),
  component: lazyRouteComponent(() => import('./forecast/forecast-view.tsx'), 'ForecastView'),
  staticData: { title: 'view.forecast' },
})

const validation = createRoute({
  getParentRoute,
  path: '/planner/validation',
  component: lazyRouteComponent(() => import('./validation/validation-view.tsx'), 'ValidationView'),
  staticData: { title: 'view.validation' },
})

export const plannerRoutes = [home, whatIf, brief, scenario, experiments, forecast, validation, hospitalRoute] as const
