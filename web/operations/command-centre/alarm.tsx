/** How loud a measure is: form, word and colour, after IEC 60601-1-8. */
import { IconAlertOctagonFilled, IconAlertTriangleFilled, IconInfoCircleFilled } from '@tabler/icons-react'
import type { MeasureItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import styles from './command-centre.module.css'

const ICON = { high: IconAlertOctagonFilled, medium: IconAlertTriangleFilled, low: IconInfoCircleFilled }

export function Alarm({ alarm }: { alarm: MeasureItem['alarm'] }) {
  if (alarm === 'none') return null
  const Icon = ICON[alarm]
  return (
    <span className={styles.alarm} data-alarm={alarm}>
      <Icon size="1.15em" aria-hidden />
      {text(`alarm.${alarm}`)}
    </span>
  )
}
