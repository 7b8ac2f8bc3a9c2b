/** People as versions name them: `designer/4f21ab` is a role and a pseudonym. */
import { text } from '../shared/language.ts'
import { roleName } from '../shared/names.tsx'

export function personName(actor: string): string {
  if (actor === 'library') return text('person.library')
  const [role = '', name = ''] = actor.split('/')
  return name ? `${roleName(role)} ${name}` : actor
}
