/** Two versions of a pathway, compared. */
import { Text } from '@mantine/core'
import type { PathwayVersionItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { Shown } from '../../shared/states.tsx'
import { Compare } from '../compare/compare.tsx'
import { sourcesOf, useVersion } from '../versions.ts'

interface CompareProps {
  pathway: string
  older: PathwayVersionItem | undefined
  newer: PathwayVersionItem
}

export function CompareVersions({ pathway, older, newer }: CompareProps) {
  const before = useVersion(pathway, older?.version ?? 0)
  const after = useVersion(pathway, newer.version)
  if (!older) return <Text className="quiet">{text('designed.nothingOlder')}</Text>
  return (
    <Shown read={before}>
      {(from) => (
        <Shown read={after}>
          {(to) => (
            <Compare
              older={{ ...sourcesOf(from), title: text('pathways.version', { version: from.version }) }}
              newer={{ ...sourcesOf(to), title: text('pathways.version', { version: to.version }) }}
            />
          )}
        </Shown>
      )}
    </Shown>
  )
}
