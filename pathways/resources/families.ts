/** Who called whom, read off the ids of runs: a called run's is its caller's, a dot and more. */

/** What all runs below one run have in common: a called run's id begins with its caller's and a dot. */
export const familyOf = (run: string): string => {
  const dot = run.indexOf('.')
  return dot < 0 ? run : run.slice(0, dot)
}

/** The run itself, and each one above it. */
export const callersOf = (run: string): string[] => {
  const callers = [run]
  for (let dot = run.lastIndexOf('.'); dot > 0; dot = run.lastIndexOf('.', dot - 1)) callers.push(run.slice(0, dot))
  return callers
}
