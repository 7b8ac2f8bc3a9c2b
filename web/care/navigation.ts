/** What those who care find in the navigation. */
import { IconChecklist, IconDeviceHeartMonitor, IconUserSearch, IconWalk } from '@tabler/icons-react'
import type { NavigationArea } from '../frame/navigation.ts'
import { tasksSeenBy } from '../shared/queries.ts'

export const careNavigation: NavigationArea = {
  label: 'area.care',
  entries: [
    {
      to: '/jobs',
      label: 'view.jobs',
      icon: IconWalk,
      roles: ['porter', 'cleaner'],
      homeOf: ['porter', 'cleaner'],
    },
    {
      to: '/tasks',
      label: 'view.tasks',
      icon: IconChecklist,
      roles: ['operations', 'nurse', 'physician', 'bed-manager', 'theatre-manager', 'porter', 'cleaner'],
      homeOf: ['nurse', 'physician'],
      count: ({ tasks }, role) => Object.values(tasksSeenBy(role, tasks)).reduce((sum, one) => sum + one, 0),
    },
    {
      to: '/patients',
      label: 'view.patients',
      icon: IconUserSearch,
      roles: ['operations', 'nurse', 'physician', 'bed-manager', 'theatre-manager'],
    },
    {
      to: '/telesurveillance',
      label: 'view.telesurveillance',
      short: 'view.telesurveillanceShort',
      icon: IconDeviceHeartMonitor,
      roles: ['operations', 'nurse', 'physician'],
    },
  ],
}
