/** The addresses of those who care. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { rootRoute } from '../frame/root-route.tsx'
import { word } from '../shared/search.ts'

const tasks = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tasks',
  validateSearch: z.object({ role: word }),
  component: lazyRouteComponent(() => import('./tasks/tasks-view.tsx'), 'TasksView'),
  staticData: { title: 'view.tasks' },
})

export const careRoutes = [tasks] as const
