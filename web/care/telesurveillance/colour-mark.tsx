/** An alert's colour, which never speaks alone: each has a form and a word (IEC 60601-1-8). */
import { IconAlertTriangleFilled, IconCircleCheck, IconSquareRotatedFilled } from '@tabler/icons-react'
import type { FollowUpItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import styles from './desk.module.css'

export type Colour = FollowUpItem['colour']
export const COLOURS: Colour[] = ['red', 'orange', 'green']
const FORMS = { red: IconAlertTriangleFilled, orange: IconSquareRotatedFilled, green: IconCircleCheck }

export function ColourMark({ colour }: { colour: Colour }) {
  const Form = FORMS[colour]
  return (
    <span className={styles.mark} data-colour={colour}>
      <Form size={18} aria-hidden /> {text(`desk.${colour}`)}
    </span>
  )
}
