/** The address of the hospital in 3D: what is shown, and how, is in it. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../frame/root-route.tsx'
import { withTexts } from '../../shared/language.ts'
import { searchOf, word } from '../../shared/search.ts'

export const hospitalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/hospital',
  validateSearch: searchOf({
    ...{ scenario: word, against: word, days: word },
    /** Minutes since the site's epoch. */
    at: word,
    ...{ floor: word, only: word, apart: word, heat: word, tint: word, plan: word },
  }),
  component: lazyRouteComponent(
    withTexts(['hospital'], () => import('./hospital-page.tsx')),
    'HospitalPage',
  ),
  staticData: { title: 'view.hospital' },
})
