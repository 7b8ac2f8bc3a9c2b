/** One patient at home: how they are, who must act and by when, their trend, and the act. */
import { Button, Group, Stack, Text } from '@mantine/core'
import type { FollowUpItem } from '../../../api/types.ts'
import { Due } from '../../shared/due.tsx'
import { text, textOf, useText } from '../../shared/language.ts'
import { ButtonLink, TextLink } from '../../shared/links.tsx'
import { roleName, useNames } from '../../shared/names.tsx'
import { fullName } from '../../shared/person-name.ts'
import { momentText } from '../../shared/times.ts'
import { MeasurementChart, valueText } from '../measurement-chart.tsx'
import { PatientLine, personName } from '../people.tsx'
import { ColourMark } from './colour-mark.tsx'
import styles from './desk.module.css'

const TREND_PX = 84

export function FollowUpRow({ item, onAct }: { item: FollowUpItem; onAct: () => void }) {
  const language = useText()
  const { say } = useNames()
  const { colour, alert, task, name, patient, measurements, limits } = item
  const kind = limits?.kind ?? measurements.at(-1)?.kind ?? ''
  const trend = measurements.filter((one) => one.kind === kind)
  return (
    <li className={styles.row} data-colour={colour}>
      <Stack gap={4} className={styles.who}>
        <ColourMark colour={colour} />
        {name ? (
          <TextLink to="/patients/$id" params={{ id: patient }} size="sm">
            <PatientLine name={name} language={language} />
          </TextLink>
        ) : null}
        <Text size="sm" className="quiet">
          {textOf('condition', item.condition)}
        </Text>
        <Text size="sm">{alert?.reason ? say(alert.reason, 'telesurveillance') : text('desk.quiet')}</Text>
      </Stack>
      <div className={styles.trend}>
        {trend.length > 0 ? (
          <>
            <MeasurementChart kind={kind} measurements={trend} limits={limits} height={TREND_PX} isSmall />
            <Text size="xs" className="figures">
              {text('measurement.last', {
                value: valueText(trend.at(-1)!.value, language),
                unit: limits?.unit ?? '',
                at: momentText(trend.at(-1)!.at, '', language),
              })}
            </Text>
          </>
        ) : (
          <Text size="xs" className="quiet">
            {text('patient.noMeasurements')}
          </Text>
        )}
      </div>
      <Facts item={item} />
      <Stack gap={6} className={styles.act}>
        <Text size="sm" component="div">
          {alert ? <Due due={alert.due} createdAt={alert.openedAt} /> : null}
        </Text>
        <Text size="sm" className="quiet">
          {alert || task ? text('desk.owner', { who: roleName(task?.role ?? alert!.owner) }) : null}
          {task?.assignee ? `, ${text('desk.taken', { person: personName(task.assignee) })}` : ''}
        </Text>
        <Group gap="xs">
          <Button
            size="sm"
            variant={alert ? 'filled' : 'light'}
            onClick={onAct}
            aria-label={text('desk.actOn', { name: name ? fullName(name) : '' })}
          >
            {text('desk.act')}
          </Button>
          {task ? (
            <ButtonLink size="sm" variant="default" to="." search={(search) => ({ ...search, task: task.id, run: undefined })}>
              {text('desk.openTask')}
            </ButtonLink>
          ) : null}
        </Group>
      </Stack>
    </li>
  )
}

function Facts({ item: { step, adherence, contact, task } }: { item: FollowUpItem }) {
  const language = useText()
  const { say } = useNames()
  const inWords = (words: string) => say(words, 'telesurveillance')
  return (
    <dl className={`facts ${styles.facts}`}>
      <dt>{text('desk.step')}</dt>
      <dd>{(task ? [task.name] : step.slice(-1)).map(inWords).join(', ') || '–'}</dd>
      <dt>{text('desk.adherence')}</dt>
      <dd className="figures">
        {adherence
          ? text('desk.adherenceOf', { ...adherence, percent: Math.round((adherence.returned / adherence.expected) * 100) })
          : text('desk.noAdherence')}
      </dd>
      <dt>{text('desk.contact')}</dt>
      <dd>
        {contact
          ? `${textOf('contact', inWords(contact.what))} · ${text('contact.by', { person: personName(contact.by), at: momentText(contact.at, '', language) })}`
          : text('desk.noContact')}
      </dd>
    </dl>
  )
}
