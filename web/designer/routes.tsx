/** The addresses of designers. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { rootRoute } from '../frame/root-route.tsx'
import { word } from '../shared/search.ts'

const getParentRoute = () => rootRoute

const library = createRoute({
  getParentRoute,
  path: '/designer',
  component: lazyRouteComponent(() => import('./library/library-view.tsx'), 'LibraryView'),
  staticData: { title: 'view.library' },
})

const pathway = createRoute({
  getParentRoute,
  path: '/designer/$pathway',
  validateSearch: z.object({ version: word, show: word, element: word }),
  component: lazyRouteComponent(() => import('./pathway/pathway-view.tsx'), 'PathwayView'),
  staticData: { title: 'view.designed' },
})

const editor = createRoute({
  getParentRoute,
  path: '/designer/$pathway/$version',
  validateSearch: z.object({ tab: word, element: word }),
  component: lazyRouteComponent(() => import('./editor/editor-view.tsx'), 'EditorView'),
  staticData: { title: 'view.editor' },
})

export const designerRoutes = [library, pathway, editor] as const
