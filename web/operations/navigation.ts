/** What operations finds in the navigation. */
import {
  IconActivity,
  IconBed,
  IconCalendarTime,
  IconDashboard,
  IconPackages,
  IconRoute,
  IconTimeline,
} from '@tabler/icons-react'
import type { NavigationArea } from '../frame/navigation.ts'

const STAFF = ['operations', 'nurse', 'physician', 'bed-manager', 'theatre-manager', 'porter', 'cleaner'] as const
const STEERING = ['operations', 'bed-manager', 'theatre-manager'] as const

export const operationsNavigation: NavigationArea = {
  label: 'area.operations',
  entries: [
    {
      ...{ to: '/command-centre', label: 'view.commandCentre', icon: IconDashboard },
      roles: [...STEERING, 'nurse', 'physician', 'planner', 'administrator'],
      homeOf: ['operations', 'administrator'],
    },
    { to: '/beds', label: 'view.beds', icon: IconBed, roles: STAFF, homeOf: ['bed-manager'] },
    {
      ...{ to: '/theatres', label: 'view.theatres', icon: IconCalendarTime },
      roles: ['operations', 'theatre-manager', 'nurse', 'physician', 'bed-manager', 'planner', 'administrator'],
      homeOf: ['theatre-manager'],
    },
    { to: '/pathways', label: 'view.pathways', icon: IconRoute, roles: [...STAFF, 'designer', 'planner', 'administrator'] },
    {
      to: '/runs',
      label: 'view.runs',
      icon: IconTimeline,
      roles: [...STEERING, 'nurse', 'physician', 'designer', 'administrator'],
    },
    { to: '/stock', label: 'view.stock', icon: IconPackages, roles: ['operations', 'theatre-manager', 'bed-manager', 'nurse'] },
    { to: '/feed', label: 'view.feed', icon: IconActivity, roles: STAFF, count: ({ alerts, incidents }) => alerts + incidents },
  ],
}
