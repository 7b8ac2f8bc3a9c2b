/** What may go wrong around tasks, patients and their follow-up at home. */
import { entry } from './problem-entry.ts'

export const CARE_PROBLEMS = {
  'unknown-colleague': entry(
    422,
    {
      title: 'Personne introuvable',
      remedy: 'Choisissez quelqu’un de la liste : elle montre qui est au travail, ou transmettez à un métier.',
    },
    { title: 'Nobody of that name', remedy: 'Choose somebody from the list: it shows who is at work, or hand it to a role.' },
  ),
}
