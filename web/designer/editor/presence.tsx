/** Who else has this draft open, and since when: known before anybody saves over anybody. */
import { Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Presences } from '../../../api/types.ts'
import { put } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { hourText } from '../../shared/times.ts'
import { Mark } from '../mark.tsx'
import { personName } from '../people.ts'
import classes from './editor.module.css'

const SIGN_OF_LIFE_MS = 10_000
/** Of this window, for as long as the page stands. */
const WINDOW = crypto.randomUUID()

export function usePresence(pathway: string, version: number): Presences['others'] {
  const path = `/pathways/${encodeURIComponent(pathway)}/versions/${version}/presence` as const
  const { data } = useQuery({
    queryKey: ['presence', pathway, version],
    queryFn: () => put(path, { window: WINDOW }),
    refetchInterval: SIGN_OF_LIFE_MS,
    // Whoever looks at another window still has this one open.
    refetchIntervalInBackground: true,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
  useEffect(() => {
    const leave = () => void fetch(`/api${path}?window=${WINDOW}`, { method: 'DELETE', keepalive: true }).catch(() => {})
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [path])
  return data?.others ?? []
}

export function Presence({ others }: { others: Presences['others'] }) {
  // Several windows of one person are said once, since the first.
  const people = others.filter(({ actor }, index) => others.findIndex((one) => one.actor === actor) === index)
  if (people.length === 0) return null
  return (
    <div className={classes.presence} role="status">
      <Mark tone="warn" icon={<IconUsers size={14} aria-hidden />}>
        {text('presence.count', { count: others.length })}
      </Mark>
      <Text size="sm">
        {people
          .map(({ actor, since, self }) =>
            text(self ? 'presence.self' : 'presence.other', { who: personName(actor), at: hourText(since) }),
          )
          .join(' ; ')}
        . <span className="quiet">{text('presence.hint')}</span>
      </Text>
    </div>
  )
}
