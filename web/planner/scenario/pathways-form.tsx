/** Which drawing each pathway of the scenario is played by: the scenario's own, or a version that the hospital has published. */
import { Select, Title } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { get } from '../../shared/api.ts'
import { text as say, useText } from '../../shared/language.ts'
import { usePathways } from '../../shared/queries.ts'
import { dayMonthText } from '../dates.ts'
import type { ReadyModel } from '../what-if/use-what-if.ts'
import styles from '../what-if/what-if.module.css'
import { pathwayName } from '../words.ts'
import { withPathways } from './edits.ts'
import forms from './scenario.module.css'

const PUBLISHED = 'published:'

export function PathwaysForm({ model, text, onChange }: { model: ReadyModel; text: string; onChange: (text: string) => void }) {
  const language = useText()
  const published = usePathways()
  const known = new Set(published.data?.items.map(({ id }) => id))
  const own = model.own.pathways.map((pathway) => {
    const file = typeof pathway === 'string' ? pathway : pathway.file
    const process = model.sent.programs.find(([name]) => name === file)?.[1][0]?.process ?? file
    return { file, process, isPublished: known.has(process) }
  })
  const versions = useQueries({
    queries: own.map(({ process, isPublished }) => ({
      queryKey: ['pathways', process, 'versions'],
      queryFn: () => get(`/pathways/${encodeURIComponent(process)}/versions`, { limit: 50 }),
      enabled: isPublished,
    })),
  })
  const choose = (index: number, file: string) => onChange(withPathways(text, model.own, index, file))
  return (
    <section className={styles.panel} aria-label={say('scenario.pathways')}>
      <Title order={3}>{say('scenario.pathways')}</Title>
      <p className="quiet">{say('scenario.pathwaysLead')}</p>
      <div className={forms.wide}>
        {own.map(({ file, process, isPublished }, index) => {
          const there = (versions[index]?.data?.items ?? []).filter(({ state }) => state !== 'draft')
          const isOwn = !file.startsWith(PUBLISHED)
          return (
            <Select
              key={file}
              size="xs"
              label={pathwayName(process, model)}
              disabled={!isPublished}
              description={isPublished ? undefined : say('scenario.notPublished')}
              allowDeselect={false}
              value={file}
              onChange={(value) => value && value !== file && choose(index, value)}
              data={[
                ...(isOwn ? [{ value: file, label: say('scenario.ownDrawing', { file: file.split('/').at(-1)! }) }] : []),
                { value: `${PUBLISHED}${process}`, label: say('scenario.currentVersion') },
                ...there.map(({ version, savedAt }) => ({
                  value: `${PUBLISHED}${process}@${version}`,
                  label: say('scenario.version', { version, day: dayMonthText(savedAt, language) }),
                })),
              ]}
            />
          )
        })}
      </div>
    </section>
  )
}
