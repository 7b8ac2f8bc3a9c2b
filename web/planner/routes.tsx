/** The addresses of planners. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../frame/root-route.tsx'
import { withTexts } from '../shared/language.ts'
import { searchOf, word } from '../shared/search.ts'
import { hospitalRoute } from './hospital/route.ts'
import { readWhatIfSearch } from './what-if/share.ts'

const getParentRoute = () => rootRoute

const home = createRoute({
  getParentRoute,
  path: '/planner/questions',
  component: lazyRouteComponent(
    withTexts(['planner'], () => import('./home/home-view.tsx')),
    'HomeView',
  ),
  staticData: { title: 'view.planner' },
})

const whatIf = createRoute({
  getParentRoute,
  path: '/planner/what-if',
  validateSearch: readWhatIfSearch,
  component: lazyRouteComponent(
    withTexts(['planner'], () => import('./what-if/what-if-view.tsx')),
    'WhatIfView',
  ),
  staticData: { title: 'view.whatIf' },
})

const brief = createRoute({
  getParentRoute,
  path: '/planner/brief',
  validateSearch: readWhatIfSearch,
  component: lazyRouteComponent(
    withTexts(['planner'], () => import('./brief/brief-view.tsx')),
    'BriefView',
  ),
  staticData: { title: 'view.brief' },
})

const experiments = createRoute({
  getParentRoute,
  path: '/planner/experiments',
  validateSearch: searchOf({ experiment: word, against: word }),
  component: lazyRouteComponent(
    withTexts(['planner'], () => import('./experiments/experiments-view.tsx')),
    'ExperimentsView',
  ),
  staticData: { title: 'view.experiments' },
})

const scenario = createRoute({
  getParentRoute,
  path: '/planner/scenario',
  validateSearch: searchOf({ model: word, text: word }),
  component: lazyRouteComponent(
    withTexts(['planner'], () => import('./scenario/scenario-view.tsx')),
    'ScenarioView',
  ),
  staticData: { title: 'view.scenario' },
})

const forecast = createRoute({
  getParentRoute,
  path: '/planner/forecast',
  validateSearch: searchOf({ forecast: word }),
  component: lazyRouteComponent(
    withTexts(['planner'], () => import('./forecast/forecast-view.tsx')),
    'ForecastView',
  ),
  staticData: { title: 'view.forecast' },
})

const validation = createRoute({
  getParentRoute,
  path: '/planner/validation',
  component: lazyRouteComponent(
    withTexts(['planner'], () => import('./validation/validation-view.tsx')),
    'ValidationView',
  ),
  staticData: { title: 'view.validation' },
})

export const plannerRoutes = [home, whatIf, brief, scenario, experiments, forecast, validation, hospitalRoute] as const
