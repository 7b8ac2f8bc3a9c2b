/** Every problem the API can answer with: its status, and its words in both languages. `{name}` is filled from the error's parameters. */
import { type Entry, entry } from './problem-entry.ts'
import { CARE_PROBLEMS } from './problems-of-care.ts'
import { EXPERIMENT_PROBLEMS } from './problems-of-experiments.ts'
import { FORECAST_PROBLEMS } from './problems-of-forecasts.ts'
import { UNIT_PROBLEMS } from './problems-of-units.ts'
import { VERSION_PROBLEMS } from './problems-of-versions.ts'

export const CATALOGUE = {
  ...CARE_PROBLEMS,
  ...EXPERIMENT_PROBLEMS,
  ...FORECAST_PROBLEMS,
  ...VERSION_PROBLEMS,
  ...UNIT_PROBLEMS,
  'bad-request': entry(
    400,
    {
      title: 'Requête illisible',
      remedy: 'Envoyez du JSON valide (UTF-8, sans caractère nul), avec Content-Type: application/json.',
    },
    {
      title: 'Unreadable request',
      remedy: 'Send valid JSON (UTF-8, without NUL characters) with Content-Type: application/json.',
    },
  ),
  'invalid-input': entry(
    422,
    {
      title: 'Données refusées',
      detail: 'Des champs sont absents ou incorrects.',
      remedy: 'Corrigez les champs de `errors`, puis renvoyez.',
    },
    {
      title: 'Input refused',
      detail: 'Some fields are missing or wrong.',
      remedy: 'Correct the fields in `errors` and send again.',
    },
  ),
  'bad-cursor': entry(
    400,
    { title: 'Curseur inconnu', remedy: 'Reprenez la valeur `next` d’une page, ou recommencez sans curseur.' },
    { title: 'Unknown cursor', remedy: 'Use the `next` of a page, or start again without a cursor.' },
  ),
  'not-signed-in': entry(
    401,
    { title: 'Non identifié', remedy: 'Ouvrez une session, puis recommencez.' },
    { title: 'Not signed in', remedy: 'Sign in, then try again.' },
  ),
  'session-expired': entry(
    401,
    { title: 'Session expirée', remedy: 'Ouvrez une nouvelle session ; votre saisie peut être renvoyée telle quelle.' },
    { title: 'Session expired', remedy: 'Sign in again; what you typed can be sent as it is.' },
  ),
  forbidden: entry(
    403,
    { title: 'Rôle non autorisé', detail: 'Le rôle « {role} » ne peut pas faire ceci.', remedy: 'Demandez à : {admitted}.' },
    { title: 'Role not allowed', detail: 'The role "{role}" may not do this.', remedy: 'Ask one of: {admitted}.' },
  ),
  'cross-site': entry(
    403,
    { title: 'Requête d’un autre site', remedy: 'Passez par la page de Parcours, ou utilisez un jeton « Bearer ».' },
    { title: 'Request from another site', remedy: 'Use the Parcours page, or a bearer token.' },
  ),
  'not-found': entry(
    404,
    { title: 'Introuvable', remedy: 'Vérifiez l’adresse ; /api/reference décrit celles qui existent.' },
    { title: 'Not found', remedy: 'Check the address; /api/reference describes those that exist.' },
  ),
  'unknown-pathway': entry(
    404,
    {
      title: 'Parcours inconnu',
      detail: 'Aucun parcours « {pathway} » n’est publié.',
      remedy: 'Choisissez-en un dans /api/pathways.',
    },
    { title: 'Unknown pathway', detail: 'No pathway "{pathway}" is published.', remedy: 'Choose one from /api/pathways.' },
  ),
  'unknown-version': entry(
    404,
    { title: 'Version inconnue', remedy: 'Choisissez-en une dans /api/pathways/{pathway}/versions.' },
    { title: 'Unknown version', remedy: 'Choose one from /api/pathways/{pathway}/versions.' },
  ),
  'unknown-migration': entry(
    404,
    { title: 'Migration inconnue', remedy: 'Choisissez-en une dans /api/migrations.' },
    { title: 'Unknown migration', remedy: 'Choose one from /api/migrations.' },
  ),
  'migration-under-way': entry(
    409,
    { title: 'Migration en cours', remedy: 'Arrêtez-la, corrigez son plan, puis reprenez-la.' },
    { title: 'Migration under way', remedy: 'Stop it, correct its plan, then go on.' },
  ),
  'wrong-plan': entry(
    422,
    {
      title: 'Plan incorrect',
      detail: 'Ces éléments ne sont pas dans les versions concernées : {elements}.',
      remedy: 'Corrigez leurs identifiants.',
    },
    {
      title: 'Wrong plan',
      detail: 'These elements are not in the versions concerned: {elements}.',
      remedy: 'Correct their ids.',
    },
  ),
  'unknown-run': entry(
    404,
    { title: 'Exécution inconnue', remedy: 'Vérifiez l’identifiant dans /api/runs.' },
    { title: 'Unknown run', remedy: 'Check the id in /api/runs.' },
  ),
  'unknown-task': entry(
    404,
    { title: 'Tâche inconnue', remedy: 'Rechargez la liste des tâches.' },
    { title: 'Unknown task', remedy: 'Reload the task list.' },
  ),
  'unknown-patient': entry(
    404,
    { title: 'Patient inconnu', remedy: 'Cherchez-le dans /api/patients.' },
    { title: 'Unknown patient', remedy: 'Look for them in /api/patients.' },
  ),
  'unknown-unit': entry(
    404,
    {
      title: 'Ressource inconnue',
      detail: 'Ce site n’a pas de ressource « {unit} ».',
      remedy: 'Choisissez-en une dans /api/resources/units.',
    },
    { title: 'Unknown resource', detail: 'This site has no resource "{unit}".', remedy: 'Choose one from /api/resources/units.' },
  ),
  'unknown-pool': entry(
    404,
    {
      title: 'Groupe de ressources inconnu',
      detail: 'Ce site n’a pas de groupe « {pool} ».',
      remedy: 'Choisissez-en un dans /api/resources/pools.',
    },
    { title: 'Unknown pool', detail: 'This site has no pool "{pool}".', remedy: 'Choose one from /api/resources/pools.' },
  ),
  'unknown-incident': entry(
    404,
    { title: 'Incident inconnu', remedy: 'Rechargez la liste des incidents.' },
    { title: 'Unknown incident', remedy: 'Reload the list of incidents.' },
  ),
  'unknown-alert': entry(
    404,
    { title: 'Alerte inconnue', remedy: 'Rechargez la liste des alertes.' },
    { title: 'Unknown alert', remedy: 'Reload the list of alerts.' },
  ),
  'unknown-document': entry(
    404,
    { title: 'Document inconnu', remedy: 'Rechargez la liste des documents.' },
    { title: 'Unknown document', remedy: 'Reload the list of documents.' },
  ),
  'not-a-stock': entry(
    422,
    { title: 'Pas un stock', detail: '« {pool} » se compte en unités.', remedy: 'Réapprovisionnez un groupe de type « stock ».' },
    { title: 'Not a stock', detail: '"{pool}" is counted in units.', remedy: 'Restock a pool of kind "stock".' },
  ),
  'stale-task': entry(
    409,
    {
      title: 'Tâche périmée',
      detail: 'Le parcours n’attend plus cette tâche : il a avancé sans elle.',
      remedy: 'Rechargez la liste ; rien n’a été enregistré.',
    },
    {
      title: 'Stale task',
      detail: 'The pathway does not wait for this task any more: it moved on.',
      remedy: 'Reload the list; nothing was recorded.',
    },
  ),
  'task-done': entry(
    409,
    {
      title: 'Tâche déjà faite',
      detail: 'Quelqu’un d’autre l’a terminée.',
      remedy: 'Rechargez la liste ; votre saisie n’a pas été enregistrée.',
    },
    {
      title: 'Task already done',
      detail: 'Somebody else completed it.',
      remedy: 'Reload the list; what you sent was not recorded.',
    },
  ),
  'task-claimed': entry(
    409,
    {
      title: 'Tâche déjà prise',
      detail: 'Quelqu’un d’autre s’en occupe.',
      remedy: 'Prenez-en une autre, ou demandez qu’elle soit rendue.',
    },
    {
      title: 'Task already claimed',
      detail: 'Somebody else is on it.',
      remedy: 'Take another one, or ask for it to be released.',
    },
  ),
  'wrong-form': entry(
    422,
    {
      title: 'Formulaire incorrect',
      detail: 'Des réponses manquent ou ne conviennent pas.',
      remedy: 'Corrigez les champs de `errors`, puis renvoyez.',
    },
    {
      title: 'Wrong form',
      detail: 'Some answers are missing or do not fit.',
      remedy: 'Correct the fields in `errors` and send again.',
    },
  ),
  'not-in-the-future': entry(
    422,
    {
      title: 'Heure refusée',
      detail: '`at` est dans le futur de l’hôpital.',
      remedy: 'Laissez `at` de côté, ou donnez une heure passée.',
    },
    {
      title: 'Time refused',
      detail: '`at` is in the hospital’s future.',
      remedy: 'Leave `at` out, or give a time that has passed.',
    },
  ),
  'run-over': entry(
    409,
    { title: 'Exécution terminée', detail: 'Ce parcours est fini.', remedy: 'Rechargez : rien n’est plus à faire.' },
    { title: 'Run is over', detail: 'This pathway has ended.', remedy: 'Reload: nothing is left to do.' },
  ),
  'cannot-skip': entry(
    422,
    {
      title: 'Ne peut pas être passé',
      detail: 'Cette étape attend une ressource que le site ne peut pas accorder.',
      remedy: 'Ajoutez la ressource puis réessayez, ou annulez le parcours.',
    },
    {
      title: 'Cannot be skipped',
      detail: 'This step waits for a resource that the site cannot grant.',
      remedy: 'Add the resource and retry, or cancel the run.',
    },
  ),
  'no-such-incident': entry(
    409,
    { title: 'Incident déjà résolu', remedy: 'Rechargez la liste des incidents.' },
    { title: 'Incident already resolved', remedy: 'Reload the list of incidents.' },
  ),
  'key-reused': entry(
    422,
    {
      title: 'Idempotency-Key déjà utilisée',
      detail: 'Cette clé accompagnait une autre demande.',
      remedy: 'Une nouvelle demande prend une nouvelle clé.',
    },
    {
      title: 'Idempotency-Key already used',
      detail: 'This key came with another request.',
      remedy: 'Use a new key for a new request.',
    },
  ),
  'key-malformed': entry(
    400,
    { title: 'Idempotency-Key illisible', remedy: 'De 1 à 255 caractères ASCII visibles.' },
    { title: 'Malformed Idempotency-Key', remedy: '1 to 255 visible ASCII characters.' },
  ),
  'too-large': entry(
    413,
    { title: 'Requête trop grande', remedy: 'Un corps de 1 Mo au plus.' },
    { title: 'Request too large', remedy: 'A body of at most 1 MB.' },
  ),
  'database-unavailable': entry(
    503,
    {
      title: 'Base de données injoignable',
      remedy: 'Réessayez dans un instant avec la même Idempotency-Key ; rien n’est perdu.',
    },
    { title: 'Database unreachable', remedy: 'Try again in a moment with the same Idempotency-Key; nothing is lost.' },
  ),
  'temporal-unavailable': entry(
    503,
    { title: 'Moteur injoignable', remedy: 'Réessayez dans un instant avec la même Idempotency-Key ; rien n’est perdu.' },
    { title: 'Engine unreachable', remedy: 'Try again in a moment with the same Idempotency-Key; nothing is lost.' },
  ),
  'no-hospital': entry(
    503,
    {
      title: 'Pas encore d’hôpital',
      remedy: 'Décrivez-en un (docs/add-a-hospital.md), ou attendez que la démonstration ait ouvert le sien.',
    },
    {
      title: 'No hospital yet',
      remedy: 'Describe one (docs/add-a-hospital.md), or wait until the demonstration has opened its own.',
    },
  ),
  'page-not-built': entry(
    503,
    { title: 'Page pas encore construite', remedy: '`npm start` la construit ; rechargez dans un instant.' },
    { title: 'Page not built yet', remedy: '`npm start` builds it; reload in a moment.' },
  ),
  internal: entry(
    500,
    { title: 'Erreur interne', remedy: 'Réessayez ; si elle persiste, donnez la valeur de `instance` à l’administrateur.' },
    { title: 'Internal error', remedy: 'Try again; if it persists, give `instance` to the administrator.' },
  ),
} satisfies Record<string, Entry>

export type ProblemCode = keyof typeof CATALOGUE
