/** What a compiler has to say about a file: a rule, the element it concerns, and what to do. */
export interface Finding {
  /** Short and stable: `missing-start`. */
  rule: string
  severity: 'error' | 'warning'
  /** Id of the element, '' when there is none. */
  element: string
  message: string
  help: string
}

export const hasError = (findings: readonly Finding[]): boolean => findings.some((finding) => finding.severity === 'error')
