/** What can be wrong with an experiment of the twin, and with what is asked of one. */
import { entry } from './problem-entry.ts'

export const EXPERIMENT_PROBLEMS = {
  'invalid-scenario': entry(
    422,
    {
      title: 'Scénario refusé',
      detail: 'Il ne peut pas être simulé ; `errors` dit où, pourquoi et que faire.',
      remedy: 'Corrigez le scénario ou ses fichiers, puis renvoyez.',
    },
    {
      title: 'Scenario refused',
      detail: 'It cannot be simulated; `errors` says where, why and what to do.',
      remedy: 'Correct the scenario or its files, then send again.',
    },
  ),
  'unknown-experiment': entry(
    404,
    { title: 'Expérience inconnue', remedy: 'Choisissez-en une dans /api/experiments.' },
    { title: 'Unknown experiment', remedy: 'Choose one from /api/experiments.' },
  ),
  'no-results-yet': entry(
    409,
    {
      title: 'Pas encore de résultats',
      detail: 'Aucune réplication de « {experiment} » n’est finie.',
      remedy: 'Suivez /api/experiments/{experiment}/events, puis redemandez.',
    },
    {
      title: 'No results yet',
      detail: 'No replication of "{experiment}" is finished.',
      remedy: 'Follow /api/experiments/{experiment}/events, then ask again.',
    },
  ),
  'of-a-search': entry(
    409,
    {
      title: 'C’est une recherche',
      detail: '« {experiment} » est une recherche : elle ne se prolonge pas, ne se compare pas, et n’a pas de fiche STRESS.',
      remedy:
        'Demandez ses résultats en JSON, en CSV ou en texte ; pour en savoir plus, lancez-la de nouveau avec davantage de réplications.',
    },
    {
      title: 'This is a search',
      detail: '"{experiment}" is a search: it is not extended, nor compared, and has no STRESS sheet.',
      remedy: 'Ask for its results as JSON, CSV or text; to know more, begin it again with more replications.',
    },
  ),
  'of-no-search': entry(
    409,
    {
      title: 'Ce n’est pas une recherche',
      detail: '« {experiment} » est une expérience : ses résultats sont en JSON, en CSV, ou une fiche STRESS.',
      remedy: 'Demandez format=json, csv ou stress.',
    },
    {
      title: 'This is no search',
      detail: '"{experiment}" is an experiment: its results are JSON, CSV, or a STRESS sheet.',
      remedy: 'Ask for format=json, csv or stress.',
    },
  ),
  'not-comparable': entry(
    409,
    {
      title: 'Expériences non comparables',
      detail: '« {other} » n’a pas rencontré les mêmes patients : graine {seeds}, versions {engines}.',
      remedy: 'Lancez-la de nouveau avec la même graine, sur la même version de Parcours.',
    },
    {
      title: 'Experiments not comparable',
      detail: '"{other}" did not meet the same patients: seeds {seeds}, releases {engines}.',
      remedy: 'Begin it again with the same seed, on the same release of Parcours.',
    },
  ),
  'not-more-replications': entry(
    409,
    {
      title: 'Pas davantage de réplications',
      detail: '{there} réplications sont déjà finies.',
      remedy: 'Demandez-en davantage : `replications` est leur nombre en tout.',
    },
    {
      title: 'No more replications',
      detail: '{there} replications are finished already.',
      remedy: 'Ask for more: `replications` is how many there are to be in all.',
    },
  ),
  'other-release': entry(
    409,
    {
      title: 'Expérience d’une autre version',
      detail: 'Une autre version de Parcours l’a simulée ; des réplications de deux versions ne se mélangent pas.',
      remedy: 'Reprenez son scénario (/api/experiments/{experiment}/scenario) et lancez-le de nouveau.',
    },
    {
      title: 'Experiment of another release',
      detail: 'Another release of Parcours simulated it; replications of two releases are not put together.',
      remedy: 'Take its scenario (/api/experiments/{experiment}/scenario) and begin it again.',
    },
  ),
}
