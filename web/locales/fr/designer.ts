/** What designers say, in French. */
export const designer = {} as const
