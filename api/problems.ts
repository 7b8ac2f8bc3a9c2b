/** What went wrong, said as RFC 9457 asks (application/problem+json), in French or English, with what to do about it in `remedy`. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { CATALOGUE, type ProblemCode } from './problem-catalogue.ts'

export type { ProblemCode } from './problem-catalogue.ts'

export type Language = 'fr' | 'en'

export const Problem = z
  .object({
    type: z.string().openapi({ example: 'urn:parcours:problem:stale-task' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().openapi({ description: 'The request: quote it when asking for help.' }),
    remedy: z.string().openapi({ description: 'What to do about it.' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: 'For bad input: which fields, and why. Never quotes a value.' }),
  })
  .openapi('Problem')
export type ProblemBody = z.infer<typeof Problem>

export interface FieldError {
  path: string
  message: string
}

/** Thrown by routes; becomes the answer. Parameters may name elements and pathways, never a patient's data. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly parameters: Record<string, string | number>
  readonly errors: FieldError[] | undefined

  constructor(code: ProblemCode, parameters: Record<string, string | number> = {}, errors?: FieldError[]) {
    super(code)
    this.name = 'ProblemError'
    this.code = code
    this.parameters = parameters
    this.errors = errors
  }
}

/** French unless the caller prefers English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const weights = { fr: 0, en: 0 }
  for (const part of (acceptLanguage ?? '').split(',')) {
    const [tag = '', ...options] = part.trim().split(';')
    const quality = Number(
      options
        .find((option) => option.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? 1,
    )
    const language = tag.slice(0, 2).toLowerCase()
    if (language === 'fr' || language === 'en') weights[language] = Math.max(weights[language], quality || 0)
  }
  return weights.en > weights.fr ? 'en' : 'fr'
}

/** The body of a problem in one language. `instance` is the request's id, so that a log line can be found. */
export function problemBody(error: ProblemError, language: Language, instance: string): ProblemBody {
  const entry = CATALOGUE[error.code]
  const texts = entry[language]
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(error.parameters[name] ?? '…'))
  return {
    type: `urn:parcours:problem:${error.code}`,
    title: filled(texts.title),
    status: entry.status,
    ...(texts.detail ? { detail: filled(texts.detail) } : {}),
    instance,
    remedy: filled(texts.remedy),
    ...(error.errors ? { errors: error.errors } : {}),
  }
}

/** Answers with a problem. */
export function answerProblem(context: Context, error: ProblemError): Response {
  const body = problemBody(error, languageOf(context.req.header('accept-language')), `urn:uuid:${context.get('requestId')}`)
  context.header('content-type', 'application/problem+json')
  context.header('content-language', languageOf(context.req.header('accept-language')))
  if (body.status === 401) context.header('www-authenticate', 'Bearer')
  if (body.status === 503) context.header('retry-after', '2')
  return context.body(JSON.stringify(body), body.status as ContentfulStatusCode)
}

/** What a schema refuses, by field, in the caller's language; values are never quoted. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[], language: Language): FieldError[] {
  return issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issueText(issue, language) }))
}

function issueText(issue: z.core.$ZodIssue, language: Language): string {
  const french = language === 'fr'
  switch (issue.code) {
    case 'invalid_type':
      return french ? `attendu : ${issue.expected}` : `expected: ${issue.expected}`
    case 'too_small':
      return french ? `trop petit (minimum ${issue.minimum})` : `too small (at least ${issue.minimum})`
    case 'too_big':
      return french ? `trop grand (maximum ${issue.maximum})` : `too big (at most ${issue.maximum})`
    case 'invalid_value':
      return `${french ? 'une valeur parmi' : 'one of'} : ${issue.values.map(String).join(', ')}`
    case 'invalid_format':
      return french ? `format attendu : ${issue.format}` : `expected format: ${issue.format}`
    case 'unrecognized_keys':
      return `${french ? 'champ inconnu' : 'unknown field'} : ${issue.keys.join(', ')}`
    default:
      return french ? 'valeur refusée' : 'refused'
  }
}
