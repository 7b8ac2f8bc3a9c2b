/** What calls for somebody in the view: by area, with a sign and a word; and the way there. */
import { Button } from '@mantine/core'
import { IconAlertOctagonFilled, IconAlertTriangleFilled, IconInfoCircleFilled } from '@tabler/icons-react'
import type { Trace } from '../../../twin/trace/trace.ts'
import { ALARMS } from '../../../twin/view/area-states.ts'
import type { View } from '../../../twin/view/contract.ts'
import { text, useText } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { durationText } from '../../shared/times.ts'
import classes from './hospital.module.css'
import { usePlaceNames } from './place-names.ts'

const ICON = { none: null, low: IconInfoCircleFilled, medium: IconAlertTriangleFilled, high: IconAlertOctagonFilled }

export function Alarms({ view, trace, onGo }: { view: View; trace: Trace; onGo: (room: number) => void }) {
  const language = useText()
  const names = usePlaceNames()
  const { states, alarm } = view
  if (!states) return null
  const calling = trace.places.areas
    .map((area, index) => ({ ...area, index, level: ALARMS[alarm[index] ?? 0]! }))
    .filter(({ level }) => level !== 'none')
    .sort((one, other) => ALARMS.indexOf(other.level) - ALARMS.indexOf(one.level))
  if (calling.length === 0) return null
  return (
    <ul className={classes.alarms} aria-label={text('hospital.alarms')}>
      {calling.map(({ index, place, waiting, level }) => {
        const Icon = ICON[level]!
        const longest = states.longestMs[index]!
        const isFull = states.beds[index]! > 0 && states.freeBeds[index] === 0
        const why = [
          longest > 0
            ? text('hospital.alarm.longest', { count: states.waiting[index]!, longest: durationText(longest, language) })
            : '',
          isFull ? text('hospital.alarm.full') : '',
        ].filter(Boolean)
        const isSaid = states.alarm[index]! < alarm[index]!
        return (
          <li key={place} data-alarm={level}>
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<Icon size={14} aria-hidden />}
              onClick={() => onGo(waiting)}
              styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
            >
              {text(`hospital.alarm.${level as 'high'}`)} · {names.place(place)}
              {why.length > 0 ? ` : ${why.join(', ')}` : ''}
            </Button>
            {isSaid ? (
              <TextLink size="xs" to="/command-centre">
                {text('hospital.toCentre')}
              </TextLink>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
