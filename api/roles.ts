/** Who may do what: the roles, which of them a route admits, and which variables of a run each may see. */

export const ROLES = [
  'nurse',
  'physician',
  'bed-manager',
  'theatre-manager',
  'porter',
  'cleaner',
  'operations',
  'designer',
  'planner',
  'patient',
  'administrator',
  'location-system',
] as const
export type Role = (typeof ROLES)[number]

/** The roles that `operations` stands for, all at once. */
export const STAFF = ['nurse', 'physician', 'bed-manager', 'theatre-manager', 'porter', 'cleaner'] as const satisfies Role[]

/** Those who treat patients. */
export const CARE = ['nurse', 'physician'] as const satisfies Role[]

/** Those who steer patients through beds and theatres, and treat them. */
export const FLOW = ['nurse', 'physician', 'bed-manager', 'theatre-manager'] as const satisfies Role[]

/** Those who draw pathways, and approve what others have drawn. */
export const DESIGN = ['designer', 'administrator'] as const satisfies Role[]

/** Those who ask the twin. */
export const PLANNING = ['planner', 'designer', 'administrator'] as const satisfies Role[]

/** Those who ask for the next hours, and hand on what follows from them. */
export const FORECASTING = [...PLANNING, 'bed-manager', 'theatre-manager'] as const satisfies Role[]

/** Everybody who works here, patients excepted. */
export const HOUSE = [...STAFF, 'designer', 'planner', 'administrator'] as const satisfies Role[]

/** What a route declares: these roles, or everybody (probes, the page, signing in). */
export type Admission = readonly Role[] | 'everybody'

/** Whether a caller of this role is admitted. `operations` is admitted wherever one of the roles it stands for is. */
export function isAdmitted(role: Role | null, admission: Admission): boolean {
  if (admission === 'everybody') return true
  if (role === null) return false
  if (admission.includes(role)) return true
  return role === 'operations' && STAFF.some((one) => admission.includes(one))
}

/** The roles whose tasks somebody of this role may see and do. */
export function taskRolesOf(role: Role): readonly Role[] {
  return role === 'operations' ? [...STAFF, 'operations'] : [role]
}

/** What kind of thing a variable of a run is; what no line below names is `clinical`. */
export type VariableClass = 'place' | 'flow' | 'identity' | 'document' | 'clinical'

/** The variables of the library's pathways by class; a pathway of one's own that uses other names keeps them clinical. */
const VARIABLE_CLASSES: Record<string, VariableClass> = Object.fromEntries(
  (
    [
      [
        'place',
        'place unit unitName pool origin destination from to quantity transport transportNote surfacesDone linenChanged wasteRemoved roomReady roomNote setsOpened enabled',
      ],
      [
        'flow',
        'patient mode urgency triage level specialty isolation sex ward bed theatre planned plannedStart plannedEnd plannedTheatre procedure ' +
          'disposition needsSurgery testsNeeded imagingNeeded stayDays daysStayed medicallyReady identityStatus followUp hasFixedHome',
      ],
      ['identity', 'ins identity identityDocument familyName givenName birthDate'],
      [
        'document',
        'document documentId letter letterReady deposit deposited redeposit mail delivery sent missingLetterReason missingLetterSigned',
      ],
    ] satisfies [VariableClass, string][]
  ).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind])),
)

/** Which classes each role sees. Porters and cleaners see where, never who or why. */
const VISIBLE_CLASSES: Record<Role, readonly VariableClass[]> = {
  nurse: ['place', 'flow', 'identity', 'document', 'clinical'],
  physician: ['place', 'flow', 'identity', 'document', 'clinical'],
  'bed-manager': ['place', 'flow', 'identity'],
  'theatre-manager': ['place', 'flow', 'identity'],
  porter: ['place'],
  cleaner: ['place'],
  operations: ['place', 'flow', 'identity', 'document', 'clinical'],
  designer: [],
  planner: ['place'],
  patient: [],
  administrator: ['place'],
  'location-system': [],
}

export function classOf(variable: string): VariableClass {
  return VARIABLE_CLASSES[variable] ?? 'clinical'
}

/** The variables of a run that a role may see. @returns a copy, the others left out. */
export function visibleVariables<T>(variables: Record<string, T>, role: Role): Record<string, T> {
  const classes = VISIBLE_CLASSES[role]
  return Object.fromEntries(Object.entries(variables).filter(([name]) => classes.includes(classOf(name))))
}

/** Whether a role may read the name, birth date and national identity of a patient. */
export function seesIdentity(role: Role): boolean {
  return VISIBLE_CLASSES[role].includes('identity')
}

/** Whether a role may read clinical values, documents and measurements. */
export function seesClinical(role: Role): boolean {
  return VISIBLE_CLASSES[role].includes('clinical')
}
