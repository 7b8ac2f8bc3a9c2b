/** What a compiler or the lint has to say about a file: a rule, the element it concerns, and what to do, in English and in French. */
export interface Finding extends Words {
  /** Short and stable: `missing-start`. */
  rule: string
  severity: 'error' | 'warning'
  /** Id of the element, '' when there is none. */
  element: string
  /** The same in French. */
  french: Words
}

export interface Words {
  message: string
  help: string
}

export type Language = 'en' | 'fr'

/** What a finding says to those who read that language. */
export const worded = ({ message, help, french }: Finding, language: Language): Words =>
  language === 'fr' ? french : { message, help }

export const hasError = (findings: readonly Finding[]): boolean => findings.some((finding) => finding.severity === 'error')

/** What is said when a model defeats the compiler itself. */
export const notCompilable = (error: unknown, element: string): Finding => {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    rule: 'not-compilable',
    severity: 'error',
    element,
    message: `The model could not be compiled: ${reason}.`,
    help: 'Simplify or correct the model; if it is right, report this message.',
    french: {
      message: `Le modèle n’a pas pu être compilé (${reason}).`,
      help: 'Simplifiez ou corrigez le modèle ; s’il est juste, signalez ce message.',
    },
  }
}
