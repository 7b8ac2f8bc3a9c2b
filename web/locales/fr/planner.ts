/** What planners say, in French. */
export const planner = {} as const
