/** What planners find in the navigation. */
import { IconAdjustmentsHorizontal, IconBulb, IconServer } from '@tabler/icons-react'
import type { NavigationArea } from '../frame/navigation.ts'

const ROLES = ['planner', 'designer', 'administrator'] as const

export const plannerNavigation: NavigationArea = {
  label: 'area.planner',
  entries: [
    { to: '/planner/questions', label: 'view.planner', icon: IconBulb, roles: ROLES },
    { to: '/planner/what-if', label: 'view.whatIf', icon: IconAdjustmentsHorizontal, roles: ROLES },
    { to: '/planner/experiments', label: 'view.experiments', icon: IconServer, roles: ROLES },
  ],
}
