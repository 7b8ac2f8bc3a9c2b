/** An urgent case: for whom, what, when; what each theatre would make of the day; and why, before anything is changed. */
import '@mantine/core/styles/RadioCard.css'
import '@mantine/core/styles/RadioIndicator.css'
import { Autocomplete, Badge, Group, Modal, Radio, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { InsertIn, PatientItem, PlannedDay } from '../../../api/types.ts'
import { post, problemCode } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { fullName } from '../../shared/person-name.ts'
import { queries } from '../../shared/queries.ts'
import { hourText, isoLike } from '../../shared/times.ts'
import { ReasonForm } from '../beds/reason-form.tsx'
import { STEP_MINUTES } from './gantt.tsx'
import { PatientChoice } from './patient-choice.tsx'
import { PlanChanges, shiftText } from './plan-changes.tsx'
import { riskText } from './risk.ts'
import styles from './theatres.module.css'
import { URGENT, type UrgentPlace, urgentPlaces, withUrgent } from './urgent.ts'

const MINUTE_MS = 60_000
const STALE = ['changed-meanwhile', 'run-over', 'unit-in-use', 'unknown-run']

interface UrgentDialogProps {
  day: PlannedDay
  /** Unix ms. */
  now: number
  onInserted: (run: string) => void
  onClose: () => void
}

export function UrgentDialog({ day: asItIs, now, onInserted, onClose }: UrgentDialogProps) {
  const { say } = useNames()
  const [patient, setPatient] = useState<PatientItem | null>(null)
  const [procedure, setProcedure] = useState('')
  const [place, setPlace] = useState('')
  const [pathway, setPathway] = useState(asItIs.pathways[0]?.id ?? '')
  const [hour, setHour] = useState<string | null>(null)
  const [chosen, setChosen] = useState('')
  const [key] = useState(() => crypto.randomUUID())
  const name = patient?.traits ? fullName(patient.traits) : text('theatres.urgentWho')
  const day = useMemo(() => withUrgent(asItIs, { name, procedure }), [asItIs, name, procedure])
  const step = STEP_MINUTES * MINUTE_MS
  const soon = Math.ceil(now / step) * step
  const at =
    hour === null ? null : Math.max(now, Date.parse(`${day.from.slice(0, 10)}T${hour || '00:00'}:00${day.from.slice(19)}`))
  const places = useMemo(() => urgentPlaces(day, soon, at), [day, soon, at])
  const one = places.find(({ unit }) => unit === chosen) ?? places[0]
  const theatre = (id: string) => say(day.units.find((unit) => unit.id === id)?.name ?? '')
  const insert = useMutation({
    mutationFn: ({ reason, there }: { reason: string; there: UrgentPlace }) => {
      const moves = there.consequences.moves
        .filter(({ run }) => run !== URGENT)
        .map(({ run, unit, start }) => ({
          ...{ run, unit, start: isoLike(start, day.at) },
          sequence: day.cases.find((moved) => moved.run === run)!.sequence,
        }))
      const body: InsertIn = {
        ...{ pathway, patient: patient!.id, procedure: procedure.trim(), unit: there.unit, moves, reason },
        ...{ start: isoLike(there.start, day.at), ...(place.trim() === '' ? {} : { place: place.trim() }) },
      }
      return post(`/resources/pools/${encodeURIComponent(day.pool.id)}/cases`, body, key)
    },
    onSuccess: ({ id }) => onInserted(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['resources'] }),
  })
  const known = [...new Set(asItIs.cases.map((other) => other.procedure).filter((other) => other !== ''))].sort()
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('theatres.urgentTitle')}
      size="xl"
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <ReasonForm
        reasons={[]}
        first={text('theatres.reason.urgent')}
        error={insert.error}
        isPending={insert.isPending}
        isStale={STALE.includes(problemCode(insert.error))}
        isReady={patient !== null && procedure.trim().length >= 2 && one !== undefined}
        confirm={text('theatres.urgentConfirm')}
        onConfirm={(reason) => one && insert.mutate({ reason, there: one })}
        onClose={onClose}
      >
        <div className={styles.urgentFields}>
          <PatientChoice value={patient} onChange={setPatient} />
          <Autocomplete
            label={text('theatres.procedure')}
            data={known}
            value={procedure}
            onChange={setProcedure}
            maxLength={200}
            required
          />
          <TextInput
            label={text('theatres.urgentPlace')}
            placeholder={text('theatres.urgentPlaceHint')}
            value={place}
            onChange={({ currentTarget }) => setPlace(currentTarget.value)}
            maxLength={200}
          />
          {asItIs.pathways.length > 1 ? (
            <Select
              label={text('theatres.urgentPathway')}
              data={asItIs.pathways.map(({ id, name: title }) => ({ value: id, label: say(title, id) }))}
              value={pathway}
              allowDeselect={false}
              onChange={(other) => other && setPathway(other)}
            />
          ) : null}
        </div>
        <Group gap="sm" align="end">
          <SegmentedControl
            aria-label={text('theatres.urgentWhen')}
            data={[
              { value: 'soon', label: text('theatres.urgentSoon') },
              { value: 'at', label: text('theatres.urgentAt') },
            ]}
            value={hour === null ? 'soon' : 'at'}
            onChange={(when) => setHour(when === 'soon' ? null : hourText(isoLike(soon, day.at)))}
          />
          {hour === null ? null : (
            <TextInput
              type="time"
              aria-label={text('theatres.urgentWhen')}
              value={hour}
              onChange={({ currentTarget }) => setHour(currentTarget.value)}
              w={120}
            />
          )}
        </Group>
        <Radio.Group label={text('theatres.urgentWhere')} value={one?.unit ?? ''} onChange={setChosen}>
          <Stack gap={6} mt={4}>
            {places.map((there, rank) => (
              <Radio.Card key={there.unit} value={there.unit} className={styles.urgentPlace} aria-label={theatre(there.unit)}>
                <Radio.Indicator aria-hidden />
                <b>{theatre(there.unit)}</b>
                <span className="figures">{text('theatres.urgentBegins', { at: hourText(isoLike(there.start, day.at)) })}</span>
                <span>{pushesText(there)}</span>
                <span className="quiet">{riskOf(there)}</span>
                {there.isClosed ? (
                  <Badge color="gray" variant="outline">
                    {text('theatres.urgentClosed')}
                  </Badge>
                ) : rank === 0 ? (
                  <Badge variant="light">{text('beds.target.best')}</Badge>
                ) : null}
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
        {one ? (
          <section aria-label={text('theatres.urgentChanges')}>
            <Text fw={650} size="sm">
              {text('theatres.urgentChanges')}
            </Text>
            <PlanChanges day={day} consequences={one.consequences} />
          </section>
        ) : null}
      </ReasonForm>
    </Modal>
  )
}

function pushesText({ consequences: { moves } }: UrgentPlace): string {
  const pushed = moves.filter(({ run }) => run !== URGENT)
  if (pushed.length === 0) return text('theatres.pushesNone')
  const most = Math.max(...pushed.map(({ start, from }) => start - (from ?? start)))
  return text('theatres.pushes', { count: pushed.length, most: shiftText(most) })
}

const riskOf = ({ unit, consequences: { risks } }: UrgentPlace): string => {
  const after = risks.find((risk) => risk.unit === unit)?.after ?? null
  return after === null ? '' : riskText(after)
}
