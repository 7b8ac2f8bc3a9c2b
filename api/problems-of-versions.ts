/** The problems of drafts, their publication and retirement. */
import { type Entry, entry } from './problem-entry.ts'

export const VERSION_PROBLEMS = {
  'not-a-draft': entry(
    409,
    {
      title: 'Version déjà publiée',
      detail: 'Ce qui a été publié ne change plus.',
      remedy: 'Enregistrez vos modifications comme un nouveau brouillon.',
    },
    { title: 'Published already', detail: 'What was published never changes.', remedy: 'Save your changes as a new draft.' },
  ),
  'draft-changed': entry(
    409,
    {
      title: 'Brouillon modifié entre-temps',
      detail: 'Quelqu’un d’autre l’a enregistré depuis que vous l’avez lu.',
      remedy: 'Relisez-le, reportez vos modifications, puis recommencez avec sa nouvelle `revision`.',
    },
    {
      title: 'Draft changed meanwhile',
      detail: 'Somebody else has saved it since you read it.',
      remedy: 'Read it again, bring your changes in, and try again with its new `revision`.',
    },
  ),
  'not-executable': entry(
    422,
    {
      title: 'Parcours non exécutable',
      detail: 'Le contrôle a trouvé des erreurs ; `errors` nomme les éléments.',
      remedy: 'Corrigez-les dans le brouillon, puis publiez.',
    },
    {
      title: 'Pathway not executable',
      detail: 'The check found errors; `errors` names the elements.',
      remedy: 'Mend them in the draft, then publish.',
    },
  ),
  'not-sound': entry(
    422,
    {
      title: 'Parcours non sain',
      detail: 'Un patient pourrait y rester bloqué, ou une étape ne jamais avoir lieu ; voir `errors`.',
      remedy: 'Suivez le contre-exemple du contrôle sur le diagramme, corrigez le brouillon, puis publiez.',
    },
    {
      title: 'Pathway not sound',
      detail: 'A patient could get stuck in it, or a step never happen; see `errors`.',
      remedy: 'Follow the counterexample of the check on the diagram, mend the draft, then publish.',
    },
  ),
  'not-published': entry(
    409,
    { title: 'Jamais publiée', remedy: 'C’est un brouillon : supprimez-le.' },
    { title: 'Never published', remedy: 'It is a draft: delete it.' },
  ),
  'same-person': entry(
    409,
    {
      title: 'Une deuxième personne est nécessaire',
      detail: 'Qui a dessiné une version ne la publie pas.',
      remedy: 'Demandez à un autre concepteur ou à un administrateur de la relire et de la publier.',
    },
    {
      title: 'A second person is needed',
      detail: 'Whoever drew a version does not publish it.',
      remedy: 'Ask another designer or an administrator to review and publish it.',
    },
  ),
  'unreadable-pathway': entry(
    422,
    {
      title: 'Fichier illisible',
      detail: 'Ce n’est pas du BPMN 2.0, ou le parcours « {pathway} » n’y est pas ; voir `errors`.',
      remedy: 'Exportez le dessin de nouveau, avec un processus dont l’identifiant est « {pathway} ».',
    },
    {
      title: 'Unreadable file',
      detail: 'It is no BPMN 2.0, or the pathway "{pathway}" is not in it; see `errors`.',
      remedy: 'Export the drawing again, with a process whose id is "{pathway}".',
    },
  ),
  'scenarios-unmet': entry(
    422,
    {
      title: 'Scénarios non tenus',
      detail: 'Des scénarios de test conservés avec cette version ne donnent pas ce qu’ils attendent ; `errors` les nomme.',
      remedy: 'Corrigez le parcours, ou ce que le scénario attend, enregistrez, puis publiez.',
    },
    {
      title: 'Scenarios not met',
      detail: 'Scenario tests kept with this version do not give what they expect; `errors` names them.',
      remedy: 'Mend the pathway, or what the scenario expects, save it, then publish.',
    },
  ),
} satisfies Record<string, Entry>
