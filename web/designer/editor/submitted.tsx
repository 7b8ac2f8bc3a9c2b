/** A draft that waits for a second person: who that may be, and where they read it. */
import { Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import type { PathwayVersionItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { useSession } from '../../shared/queries.ts'
import { Mark } from '../mark.tsx'
import classes from './editor.module.css'

export function Submitted({ there }: { there: PathwayVersionItem | undefined }) {
  const demo = useSession().data?.demo
  if (!there?.submittedAt) return null
  const { pathway, version } = there
  return (
    <div className={classes.submitted} role="status">
      <Mark tone="good" icon={<IconSend size={14} aria-hidden />}>
        {text('versions.submitted')}
      </Mark>
      <Text size="sm">
        {text('submitted.next')} {demo ? text('submitted.demo') : null}{' '}
        <TextLink size="sm" to="/designer/$pathway" params={{ pathway }} search={{ version: String(version), show: 'approve' }}>
          {text('submitted.link')}
        </TextLink>
      </Text>
    </div>
  )
}
