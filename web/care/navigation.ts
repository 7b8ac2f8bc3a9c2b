/** What those who care find in the navigation. */
import { IconChecklist } from '@tabler/icons-react'
import type { NavigationArea } from '../frame/navigation.ts'
import { tasksSeenBy } from '../shared/queries.ts'

export const careNavigation: NavigationArea = {
  label: 'area.care',
  entries: [
    {
      to: '/tasks',
      label: 'view.tasks',
      icon: IconChecklist,
      roles: ['operations', 'nurse', 'physician', 'bed-manager', 'theatre-manager', 'porter', 'cleaner'],
      homeOf: ['nurse', 'physician', 'porter', 'cleaner'],
      count: ({ tasks }, role) => Object.values(tasksSeenBy(role, tasks)).reduce((sum, one) => sum + one, 0),
    },
  ],
}
