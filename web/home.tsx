/** `/` is where the day of whoever asks begins. */
import { Navigate } from '@tanstack/react-router'
import { AREAS } from './areas.ts'
import { ViewMissing } from './frame/fallbacks.tsx'
import { homeFor } from './frame/navigation.ts'
import { useSession } from './shared/queries.ts'

export function Home() {
  const home = homeFor(AREAS, useSession().data?.role ?? '')
  return home ? <Navigate to={home.to} replace /> : <ViewMissing />
}
