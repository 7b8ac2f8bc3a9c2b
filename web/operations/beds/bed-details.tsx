/** One bed: what it is, who has it, until when, and what can be done. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconBiohazard, IconHandGrab, IconLock, IconLockOpen, IconSparkles } from '@tabler/icons-react'
import type { BoardRequestItem, BoardUnitItem } from '../../../api/types.ts'
import { placeOf } from '../../../pathways/resources/places.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { RunLink, useNames } from '../../shared/names.tsx'
import { durationText, momentText } from '../../shared/times.ts'
import { attributesText, exitText, whoText } from './words.ts'

export type UnitAction = 'block' | 'unblock' | 'soil' | 'cleaned'

interface BedDetailsProps {
  unit: BoardUnitItem
  requests: BoardRequestItem[]
  now: { ms: number; iso: string }
  mayDecide: boolean
  cleans: boolean
  onAct: (action: UnitAction) => void
  onPickUp: () => void
}

export function BedDetails({ unit, requests, now, mayDecide, cleans, onAct, onPickUp }: BedDetailsProps) {
  const language = useText()
  const { say } = useNames()
  const { department, room } = placeOf(unit.place)
  const since = (iso: string) => `${momentText(iso, now.iso, language)} (${durationText(now.ms - Date.parse(iso), language)})`
  const promised = unit.keptFor && requests.find(({ run, wait }) => run === unit.keptFor?.run && wait === unit.keptFor.wait)
  const isHeld = unit.state === 'occupied' || unit.state === 'reserved'
  return (
    <Stack gap="sm">
      <dl className="facts">
        <dt>{text('beds.state')}</dt>
        <dd>
          {textOf('unit', unit.state)}, {since(unit.since)}
        </dd>
        <dt>{text('beds.place')}</dt>
        <dd>
          {[department, room]
            .filter(Boolean)
            .map((part) => say(part))
            .join(' · ')}
        </dd>
        {attributesText(unit) ? (
          <>
            <dt>{text('beds.attributes')}</dt>
            <dd>{attributesText(unit)}</dd>
          </>
        ) : null}
        {isHeld ? (
          <>
            <dt>{text('beds.patient')}</dt>
            <dd>
              <b>{whoText(unit)}</b>
              {unit.person
                ? ` · ${textOf('sex', unit.person.sex)} · ${unit.person.birthDate.split('-').reverse().join('/')}`
                : ''}
              <br />
              {unit.run ? <RunLink run={unit.run} pathway={unit.pathway} /> : null}
            </dd>
          </>
        ) : null}
        {unit.heldSince ? (
          <>
            <dt>{text('beds.stay')}</dt>
            <dd>{since(unit.heldSince)}</dd>
          </>
        ) : null}
        {unit.exit ? (
          <>
            <dt>{text('beds.exit')}</dt>
            <dd>{exitText(unit.exit, language)}</dd>
          </>
        ) : null}
        {unit.cleaning ? (
          <>
            <dt>{text('beds.cleaningTitle')}</dt>
            <dd>
              {text(`beds.cleaning.${unit.cleaning.state}`)}, {since(unit.cleaning.since)}
              <br />
              <RunLink run={unit.cleaning.run} />
            </dd>
          </>
        ) : null}
        {unit.blocked ? (
          <>
            <dt>{text('beds.blocked')}</dt>
            <dd>{text('beds.blockedBy', { by: unit.blocked.by, reason: unit.blocked.reason })}</dd>
          </>
        ) : null}
        {unit.keptFor ? (
          <>
            <dt>{text(`beds.kept.${unit.keptFor.rule}`)}</dt>
            <dd>{promised ? whoText(promised) : <RunLink run={unit.keptFor.run} />}</dd>
          </>
        ) : null}
      </dl>
      {unit.isolation ? (
        <Group gap={6}>
          <IconBiohazard size={18} aria-hidden />
          <Text size="sm" fw={600}>
            {text('beds.isolated')}
          </Text>
        </Group>
      ) : null}
      {mayDecide ? (
        <Group gap="xs">
          {isHeld ? (
            <Button size="xs" leftSection={<IconHandGrab size={15} aria-hidden />} onClick={onPickUp}>
              {text('beds.move')}
            </Button>
          ) : null}
          {unit.state === 'dirty' ? (
            <Button size="xs" leftSection={<IconSparkles size={15} aria-hidden />} onClick={() => onAct('cleaned')}>
              {text('beds.act.cleaned')}
            </Button>
          ) : null}
          {cleans && !isHeld && unit.cleaning === null ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconSparkles size={15} aria-hidden />}
              onClick={() => onAct('soil')}
            >
              {text('beds.act.soil')}
            </Button>
          ) : null}
          {unit.outOfService ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconLockOpen size={15} aria-hidden />}
              onClick={() => onAct('unblock')}
            >
              {text('beds.act.unblock')}
            </Button>
          ) : (
            <Button size="xs" variant="default" leftSection={<IconLock size={15} aria-hidden />} onClick={() => onAct('block')}>
              {text('beds.act.block')}
            </Button>
          )}
        </Group>
      ) : null}
    </Stack>
  )
}
