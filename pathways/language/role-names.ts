/** What the roles of a hospital are called, in French and English; compared without accents, case and what is between words. */
const NAMES: Record<string, string[]> = {
  nurse: ['nurse', 'nurses', 'infirmier', 'infirmière', 'infirmiers', 'infirmières', 'ide'],
  physician: ['physician', 'physicians', 'doctor', 'doctors', 'médecin', 'médecins'],
  'bed-manager': [
    'bed manager',
    'bed managers',
    'bed management',
    'gestionnaire de lits',
    'gestionnaire des lits',
    'gestion des lits',
  ],
  'theatre-manager': [
    'theatre manager',
    'theatre managers',
    'theatre management',
    'régulateur de bloc',
    'régulatrice de bloc',
    'régulation du bloc',
    'gestionnaire de bloc',
  ],
  porter: ['porter', 'porters', 'brancardier', 'brancardière', 'brancardiers', 'brancardage'],
  cleaner: ['cleaner', 'cleaners', 'cleaning', 'bionettoyage', 'agent de bionettoyage', 'ash'],
  operations: ['operations', 'operations centre', 'opérations', 'centre opérationnel', 'centre de pilotage'],
}

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

const ROLES = new Map(Object.entries(NAMES).flatMap(([role, names]) => names.map((name) => [plain(name), role] as const)))

/** The role that people call so, in French or English; '' for none. */
export const roleCalled = (name: string): string => ROLES.get(plain(name)) ?? ''
