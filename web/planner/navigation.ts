/** What planners find in the navigation. */
import type { NavigationArea } from '../frame/navigation.ts'

export const plannerNavigation: NavigationArea = { label: 'area.planner', entries: [] }
