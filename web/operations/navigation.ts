/** What operations finds in the navigation. */
import { IconActivity, IconBed, IconPackages, IconRoute } from '@tabler/icons-react'
import type { NavigationArea } from '../frame/navigation.ts'

const STAFF = ['operations', 'nurse', 'physician', 'bed-manager', 'theatre-manager', 'porter', 'cleaner'] as const

export const operationsNavigation: NavigationArea = {
  label: 'area.operations',
  entries: [
    { to: '/pathways', label: 'view.pathways', icon: IconRoute, roles: STAFF },
    { to: '/beds', label: 'view.beds', icon: IconBed, roles: STAFF },
    { to: '/stock', label: 'view.stock', icon: IconPackages, roles: ['operations', 'theatre-manager', 'bed-manager', 'nurse'] },
    { to: '/feed', label: 'view.feed', icon: IconActivity, roles: STAFF, count: ({ alerts, incidents }) => alerts + incidents },
  ],
}
