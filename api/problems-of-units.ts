/** The problems of what people decide about beds and theatres by hand. */
import { type Entry, entry } from './problem-entry.ts'

export const UNIT_PROBLEMS = {
  'staff-not-followed': entry(
    422,
    {
      title: 'Le personnel n’est pas suivi',
      detail: '{unit} est une personne qui travaille ici. Rien n’a été gardé.',
      remedy: 'Ne signalez que des patients et du matériel : retirez ces badges de ce que le système de localisation envoie.',
    },
    {
      title: 'Staff are not followed',
      detail: '{unit} is somebody who works here. Nothing was kept.',
      remedy: 'Report patients and equipment only: take these badges out of what the location system sends.',
    },
  ),
  'changed-meanwhile': entry(
    409,
    {
      title: 'Changé entre-temps',
      detail: '{what} n’est plus comme vous l’avez vu : quelqu’un d’autre a agi. Rien n’a été fait.',
      remedy: 'Regardez ce qui a changé, puis décidez à nouveau.',
    },
    {
      title: 'Changed meanwhile',
      detail: '{what} is not as you saw it: somebody else has acted. Nothing was done.',
      remedy: 'Look at what has changed, then decide again.',
    },
  ),
  'unknown-request': entry(
    409,
    {
      title: 'Demande terminée',
      detail: 'Cette demande n’attend plus.',
      remedy: 'Elle a été servie ou retirée : relisez la file.',
    },
    {
      title: 'Request over',
      detail: 'This request does not wait any more.',
      remedy: 'It was granted or withdrawn: read the queue again.',
    },
  ),
  'unit-not-held': entry(
    409,
    { title: 'Personne n’occupe cette place', remedy: 'Il n’y a personne à déplacer : choisissez une place occupée.' },
    { title: 'Nobody has this unit', remedy: 'There is nobody to move: choose a unit that somebody has.' },
  ),
  'unit-not-free': entry(
    409,
    { title: 'Place non libre', remedy: 'On ne déplace que vers une place libre et propre : choisissez-en une autre.' },
    { title: 'Unit not free', remedy: 'One moves to a free, clean unit only: choose another.' },
  ),
  'unit-in-use': entry(
    409,
    {
      title: 'Place utilisée',
      remedy: 'Elle est occupée, réservée ou en cours de nettoyage : attendez, ou choisissez-en une autre.',
    },
    { title: 'Unit in use', remedy: 'It is occupied, reserved or being cleaned: wait, or choose another.' },
  ),
  'unit-closed': entry(
    409,
    { title: 'Place fermée', remedy: 'Rouvrez-la d’abord, ou choisissez-en une autre.' },
    { title: 'Unit closed', remedy: 'Open it first, or choose another.' },
  ),
  'unit-promised': entry(
    409,
    { title: 'Place déjà promise', remedy: 'Elle est attribuée à une autre demande : retirez d’abord cette attribution.' },
    { title: 'Unit promised already', remedy: 'It is assigned to another request: withdraw that assignment first.' },
  ),
  'unit-does-not-fit': entry(
    409,
    {
      title: 'Place qui ne convient pas',
      detail: 'Elle n’a pas les attributs demandés.',
      remedy: 'Choisissez-en une qui convient, ou confirmez malgré tout, avec un motif.',
    },
    {
      title: 'Unit does not fit',
      detail: 'It lacks the attributes asked for.',
      remedy: 'Choose one that fits, or confirm all the same, with a reason.',
    },
  ),
  'unit-of-other-pool': entry(
    409,
    { title: 'Place d’une autre sorte', remedy: 'Choisissez une place de la sorte demandée.' },
    { title: 'Unit of another kind', remedy: 'Choose a unit of the kind asked for.' },
  ),
  'unit-without-turnover': entry(
    409,
    { title: 'Rien à nettoyer', remedy: 'Aucun parcours de remise en état n’est prévu pour cette sorte de place.' },
    { title: 'Nothing to clean', remedy: 'This kind of unit has no turnover pathway.' },
  ),
  'planned-by-pathway': entry(
    409,
    {
      title: 'Prévu par le parcours',
      remedy: 'Le parcours a planifié cette place lui-même : changez le programme plutôt que l’attribution.',
    },
    { title: 'Planned by its pathway', remedy: 'The pathway planned this unit itself: change the plan, not the assignment.' },
  ),
} satisfies Record<string, Entry>
