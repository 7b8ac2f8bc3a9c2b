/** What designers find in the navigation. */
import { IconVectorBezier } from '@tabler/icons-react'
import type { NavigationArea } from '../frame/navigation.ts'

export const designerNavigation: NavigationArea = {
  label: 'area.designer',
  entries: [
    {
      to: '/designer',
      label: 'view.library',
      icon: IconVectorBezier,
      roles: ['designer', 'administrator'],
      homeOf: ['designer'],
    },
  ],
}
