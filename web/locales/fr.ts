export const fr = {
  'app.name': 'Parcours',
  'tab.pathways': 'Parcours',
  'tab.beds': 'Lits et blocs',
  'tab.tasks': 'Tâches',
  'tab.facts': 'Fil',
} as const

export type MessageKey = keyof typeof fr
