/** A draft as its designers work on it: drawing, decisions, forms, scenario tests, rehearsal, comparison; or a version to look at. */
import { useParams } from '@tanstack/react-router'
import { text } from '../../shared/language.ts'
import { ButtonLink } from '../../shared/links.tsx'
import { Empty, Loading, Shown } from '../../shared/states.tsx'
import { useVersion, useVersions } from '../versions.ts'
import { DraftEditor } from './draft-editor.tsx'

export function EditorView() {
  const { pathway, version } = useParams({ from: '/designer/$pathway/$version' })
  const read = useVersion(pathway, Number(version))
  const versions = useVersions(pathway)
  const current = versions.data?.items.find((one) => one.current)
  const published = useVersion(pathway, current?.version ?? 0)
  return (
    <Shown read={read} lines={8}>
      {(draft) =>
        draft.state !== 'draft' ? (
          <>
            <Empty hint={text('editor.publishedHint')}>{text('editor.published')}</Empty>
            <ButtonLink to="/designer/$pathway" params={{ pathway }} mx="auto" display="block" w="fit-content">
              {text('editor.toPathway')}
            </ButtonLink>
          </>
        ) : versions.data && (published.data || !current) ? (
          // Mounted once for a draft: what others save meanwhile is told, and never put under somebody's hands.
          <DraftEditor key={`${pathway} ${version}`} initial={draft} published={published.data ?? null} />
        ) : (
          <Loading lines={8} />
        )
      }
    </Shown>
  )
}
