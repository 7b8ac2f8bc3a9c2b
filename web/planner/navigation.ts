/** What planners find in the navigation. */
import {
  IconAdjustmentsHorizontal,
  IconBuildingHospital,
  IconBulb,
  IconCheckbox,
  IconCloud,
  IconFileDescription,
  IconServer,
} from '@tabler/icons-react'
import type { NavigationArea } from '../frame/navigation.ts'

const ROLES = ['planner', 'designer', 'administrator'] as const

export const plannerNavigation: NavigationArea = {
  label: 'area.planner',
  entries: [
    { to: '/planner/questions', label: 'view.planner', icon: IconBulb, roles: ROLES, homeOf: ['planner'] },
    { to: '/planner/what-if', label: 'view.whatIf', icon: IconAdjustmentsHorizontal, roles: ROLES },
    { to: '/planner/scenario', label: 'view.scenario', icon: IconFileDescription, roles: ROLES },
    { to: '/planner/experiments', label: 'view.experiments', icon: IconServer, roles: ROLES },
    { to: '/planner/forecast', label: 'view.forecast', icon: IconCloud, roles: [...ROLES, 'bed-manager', 'theatre-manager'] },
    { to: '/planner/validation', label: 'view.validation', icon: IconCheckbox, roles: ROLES },
    {
      to: '/hospital',
      label: 'view.hospital',
      icon: IconBuildingHospital,
      roles: [...ROLES, 'operations', 'bed-manager', 'theatre-manager'],
    },
  ],
}
