/** The addresses of planners. */
export const plannerRoutes = [] as const
