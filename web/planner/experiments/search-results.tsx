/** What a search says so far: the table that `parcours search` writes, of the server's own results. */
import { Anchor, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { SearchResults as Results } from '../../../twin/search/results.ts'
import { tableOfSearch } from '../../../twin/search/table.ts'
import { get } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { Shown } from '../../shared/states.tsx'
import styles from '../what-if/what-if.module.css'

export function SearchResults({ id, name }: { id: string; name: string }) {
  const language = useText()
  const path = `/experiments/${encodeURIComponent(id)}/results` as const
  const read = useQuery({
    queryKey: ['experiment-results', id, ''],
    queryFn: async () => (await get(path)) as unknown as Results,
    retry: false,
  })
  return (
    <Shown read={read} lines={8}>
      {(results) => (
        <Stack gap="sm" className={styles.panel}>
          <Title order={3}>{name}</Title>
          <Anchor size="sm" href={`/api${path}?format=csv`} download="results.csv">
            {text('take.csv')}
          </Anchor>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too */}
          <section className={styles.scroll} tabIndex={0} aria-label={text('experiments.designs')}>
            <pre>{tableOfSearch(results, language)}</pre>
          </section>
        </Stack>
      )}
    </Shown>
  )
}
