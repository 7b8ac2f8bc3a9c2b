/** Of a shared link: whether what is seen here is what was shared, and why not. */
import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconLoader } from '@tabler/icons-react'
import { text } from '../../shared/language.ts'
import { type SharedVerdict, verdictOf, type WhatIfSearch } from './share.ts'

export function SharedNote({
  search,
  version,
  engine,
  results,
}: {
  search: WhatIfSearch
  version: string
  engine: string
  results: string | null
}) {
  const verdict = verdictOf(search, { version, engine, results })
  if (verdict === 'own') return null
  const { color, Icon } = LOOKS[verdict]
  return (
    <Alert
      color={color}
      variant="light"
      icon={<Icon size={18} aria-hidden />}
      role="status"
      data-testid="shared"
      title={text(`shared.${verdict}`)}
    >
      {text(`shared.${verdict}.lead`, {
        before:
          verdict === 'model-changed'
            ? short(search.version)
            : verdict === 'different'
              ? short(search.results)
              : (search.engine ?? ''),
        now: verdict === 'model-changed' ? short(version) : verdict === 'different' ? short(results ?? '') : engine,
      })}
    </Alert>
  )
}

const short = (hash: string | undefined): string => (hash ?? '').slice(0, 12)

const LOOKS: Record<Exclude<SharedVerdict, 'own'>, { color: string; Icon: typeof IconLoader }> = {
  pending: { color: 'gray', Icon: IconLoader },
  same: { color: 'teal', Icon: IconCircleCheck },
  'model-changed': { color: 'yellow', Icon: IconAlertTriangle },
  'engine-changed': { color: 'yellow', Icon: IconAlertTriangle },
  different: { color: 'red', Icon: IconAlertTriangle },
}
