/** Names and ids as people read them, in the language of the page. */
import { useMemo } from 'react'
import { text, textOf, useText } from './language.ts'
import { TextLink } from './links.tsx'
import { usePathwayTitles, useTexts } from './queries.ts'

const ID_LENGTH_MAX = 8

/** A pseudonym short enough to read out: `admission-4f21ab…` is `4f21ab`; one that is short already stays whole, since its end tells it apart. */
export function shortId(id: string): string {
  const last = id.split('-').at(-1)!
  return last.length > ID_LENGTH_MAX ? last.slice(0, 6) : last
}

export const roleName = (role: string): string => textOf('role', role)

export interface Names {
  /** What a pathway or the hospital says, in the language of the page; as it is written where nobody has translated it. */
  say: (words: string, pathway?: string) => string
  /** A pathway's title. */
  pathway: (id: string) => string
}

/** The names that come with the pathways and the hospital: those of pages in French are their own, others are asked for. */
export function useNames(): Names {
  const language = useText()
  const { data: texts } = useTexts(language)
  const { data: titles } = usePathwayTitles()
  return useMemo(() => {
    // What one pathway hands to another, a ward's name say, is written in the first one's folder.
    const anywhere: Record<string, string> = Object.assign({}, ...Object.values(texts?.pathways ?? {}), texts?.site)
    const say = (words: string, pathway = '') => texts?.pathways[pathway]?.[words] ?? anywhere[words] ?? words
    return { say, pathway: (id) => say(titles?.get(id) ?? id, id) }
  }, [texts, titles])
}

/** A run by its pseudonym, as a link that opens it. */
export function RunLink({ run, pathway }: { run: string; pathway?: string | null }) {
  const names = useNames()
  return (
    <TextLink
      size="sm"
      className="figures"
      title={text('run.open', { run })}
      to="."
      search={(search) => ({ ...search, run, task: undefined })}
    >
      {pathway ? `${names.pathway(pathway)} ` : ''}
      {shortId(run)}
    </TextLink>
  )
}
