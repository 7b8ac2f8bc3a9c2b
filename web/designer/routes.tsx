/** The addresses of designers. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../frame/root-route.tsx'
import { withTexts } from '../shared/language.ts'
import { searchOf, word } from '../shared/search.ts'

const getParentRoute = () => rootRoute

const library = createRoute({
  getParentRoute,
  path: '/designer',
  component: lazyRouteComponent(
    withTexts(['designer'], () => import('./library/library-view.tsx')),
    'LibraryView',
  ),
  staticData: { title: 'view.library' },
})

const pathway = createRoute({
  getParentRoute,
  path: '/designer/$pathway',
  validateSearch: searchOf({ version: word, show: word, element: word, move: word }),
  component: lazyRouteComponent(
    withTexts(['designer'], () => import('./pathway/pathway-view.tsx')),
    'PathwayView',
  ),
  staticData: { title: 'view.designed' },
})

const editor = createRoute({
  getParentRoute,
  path: '/designer/$pathway/$version',
  validateSearch: searchOf({ tab: word, element: word }),
  component: lazyRouteComponent(
    withTexts(['designer'], () => import('./editor/editor-view.tsx')),
    'EditorView',
  ),
  staticData: { title: 'view.editor' },
})

export const designerRoutes = [library, pathway, editor] as const
