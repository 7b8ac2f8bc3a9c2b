import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../api/problem-catalogue.ts'
import type { Entry } from '../../api/problem-entry.ts'
import { languageOf, ProblemError, problemBody } from '../../api/problems.ts'

describe('problems', () => {
  it('are RFC 9457 bodies with a remedy, in the language asked for', () => {
    const error = new ProblemError('unknown-pathway', { pathway: 'admision' })
    expect(problemBody(error, 'fr', 'urn:uuid:1')).toEqual({
      type: 'urn:parcours:problem:unknown-pathway',
      title: 'Parcours inconnu',
      status: 404,
      detail: 'Aucun parcours « admision » n’est publié.',
      instance: 'urn:uuid:1',
      remedy: 'Choisissez-en un dans /api/pathways.',
    })
    expect(problemBody(error, 'en', 'urn:uuid:1').title).toBe('Unknown pathway')
  })

  it.each([
    [undefined, 'fr'],
    ['*', 'fr'],
    ['en', 'en'],
    ['en-GB,en;q=0.9,fr;q=0.8', 'en'],
    ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
    ['de, en;q=0.5', 'en'],
    ['en;q=0', 'fr'],
  ])('prefer French unless English is preferred: %s', (header, language) => {
    expect(languageOf(header)).toBe(language)
  })

  it('say what to do in both languages, with the same placeholders', () => {
    for (const [code, { fr, en, status }] of Object.entries(CATALOGUE as Record<string, Entry>)) {
      expect(status, code).toBeGreaterThanOrEqual(400)
      for (const field of ['title', 'detail', 'remedy'] as const) {
        const placeholders = (text: string | undefined) => [...(text ?? '').matchAll(/\{\w+\}/g)].map(String).sort()
        expect(placeholders(fr[field]), `${code}.${field}`).toEqual(placeholders(en[field]))
      }
    }
  })
})
