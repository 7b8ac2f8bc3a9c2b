/** The address of the hospital in 3D: what is shown, and how, is in it. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { rootRoute } from '../../frame/root-route.tsx'
import { word } from '../../shared/search.ts'

export const hospitalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/hospital',
  validateSearch: z.object({
    ...{ scenario: word, against: word, days: word },
    /** Minutes since the site's epoch. */
    at: word,
    ...{ floor: word, only: word, apart: word, heat: word, plan: word },
  }),
  component: lazyRouteComponent(() => import('./hospital-page.tsx'), 'HospitalPage'),
  staticData: { title: 'view.hospital' },
})
