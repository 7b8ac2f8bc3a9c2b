/** Why a run cannot move, in words, in both languages. `{element}` is an element of the older version, or the name of a hold. */
import type { MigrationRefusal } from '../pathways/engine/index.ts'
import type { Language } from './problems.ts'

const WORDS: Record<MigrationRefusal['code'], Record<Language, string>> = {
  unmapped: {
    fr: 'L’exécution est à l’étape « {element} », qui n’a pas d’équivalent : indiquez-en un dans le plan.',
    en: 'The run stands at "{element}", which has no counterpart: name one in the plan.',
  },
  otherKind: {
    fr: 'L’équivalent de « {element} » est d’une autre nature : choisissez un élément du même type.',
    en: 'The counterpart of "{element}" is of another kind: choose an element of the same type.',
  },
  otherScope: {
    fr: 'L’équivalent de « {element} » est dans un autre sous-processus : laissez cette exécution finir sur son ancienne version.',
    en: 'The counterpart of "{element}" is in another subprocess: let this run end on its older version.',
  },
  otherLoop: {
    fr: '« {element} » se répète autrement dans la nouvelle version : attendez que l’exécution l’ait quitté.',
    en: '"{element}" repeats in another way in the newer version: wait until the run has left it.',
  },
  hold: {
    fr: 'L’exécution détient « {element} », que la nouvelle version ne connaît pas : attendez qu’elle l’ait rendu.',
    en: 'The run holds "{element}", which the newer version does not know: wait until it has given it back.',
  },
  token: {
    fr: 'Un jeton attend devant « {element} » sur un chemin qui n’existe plus : attendez que l’exécution l’ait passé.',
    en: 'A token waits before "{element}" on a path that is no more: wait until the run has passed it.',
  },
  undo: {
    fr: '« {element} » peut encore devoir être annulé, et la nouvelle version ne l’annule pas de la même façon : laissez cette exécution finir sur son ancienne version.',
    en: '"{element}" may still have to be undone, and the newer version does not undo it in the same way: let this run end on its older version.',
  },
  cancelling: {
    fr: '« {element} » est en cours d’annulation : recommencez dans un moment.',
    en: '"{element}" is being cancelled: try again in a moment.',
  },
  fault: {
    fr: 'La nouvelle version échouerait aussitôt à « {element} » : corrigez-la.',
    en: 'The newer version would fail at once at "{element}": mend it.',
  },
}

export const migrationRefusal = ({ code, element }: MigrationRefusal, language: Language) => ({
  code,
  element,
  message: WORDS[code][language].replace('{element}', element),
})
