/** What designers find in the navigation. */
import type { NavigationArea } from '../frame/navigation.ts'

export const designerNavigation: NavigationArea = { label: 'area.designer', entries: [] }
