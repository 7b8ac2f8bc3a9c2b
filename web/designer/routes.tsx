/** The addresses of designers. */
export const designerRoutes = [] as const
