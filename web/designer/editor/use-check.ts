/** What there is to say about a drawing while it is drawn: asked again a moment after each change, never twice at once. */
import { useEffect, useRef, useState } from 'react'
import { useText } from '../../shared/language.ts'
import type { CheckAnswer, Drawing } from '../proof/contract.ts'
import { prove } from '../proof/prover.ts'
import { inPlainWords } from './plain-words.ts'

const CHECK_AFTER_MS = 400

export interface Checked {
  /** Null before the first answer. */
  answer: CheckAnswer | null
  /** What is said is about what was drawn before. */
  isOld: boolean
  /** Why nothing can be said. */
  failure: string
}

export function useCheck(pathway: string, { bpmn, dmn, forms }: Drawing): Checked {
  const language = useText()
  const [checked, setChecked] = useState<Checked>({ answer: null, isOld: true, failure: '' })
  const running = useRef<Promise<unknown>>(Promise.resolve())
  useEffect(() => {
    let gone = false
    setChecked((before) => ({ ...before, isOld: true }))
    const timer = setTimeout(() => {
      running.current = running.current.then(async () => {
        if (gone) return
        try {
          const answer = await prove('check', { drawing: { bpmn, dmn, forms }, pathway, language })
          if (!gone) setChecked({ answer: { ...answer, findings: answer.findings.map(inPlainWords) }, isOld: false, failure: '' })
        } catch (error) {
          if (!gone) setChecked((before) => ({ ...before, failure: error instanceof Error ? error.message : String(error) }))
        }
      })
    }, CHECK_AFTER_MS)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [pathway, bpmn, dmn, forms, language])
  return checked
}
