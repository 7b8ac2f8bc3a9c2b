/** The areas, as the navigation and the palette offer them. */
import { careNavigation } from './care/navigation.ts'
import { designerNavigation } from './designer/navigation.ts'
import { operationsNavigation } from './operations/navigation.ts'
import { plannerNavigation } from './planner/navigation.ts'

export const AREAS = [operationsNavigation, careNavigation, designerNavigation, plannerNavigation]
