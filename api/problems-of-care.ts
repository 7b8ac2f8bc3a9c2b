/** What may go wrong around tasks, patients and their follow-up at home. */
import { entry } from './problem-entry.ts'

export const CARE_PROBLEMS = {
  'search-too-short': entry(
    422,
    {
      title: 'Recherche trop courte',
      remedy: 'Donnez au moins deux lettres d’un nom, une date de naissance (28/03/1979) ou un matricule INS.',
    },
    {
      title: 'Too little to search by',
      remedy: 'Give at least two letters of a name, a birth date (28/03/1979) or an INS.',
    },
  ),
  'unknown-colleague': entry(
    422,
    {
      title: 'Personne introuvable',
      remedy: 'Choisissez quelqu’un de la liste : elle montre qui est au travail, ou transmettez à un métier.',
    },
    { title: 'Nobody of that name', remedy: 'Choose somebody from the list: it shows who is at work, or hand it to a role.' },
  ),
}
