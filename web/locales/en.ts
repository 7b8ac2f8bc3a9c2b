import type { MessageKey } from './fr.ts'

export const en: Record<MessageKey, string> = {
  'app.name': 'Parcours',
  'tab.pathways': 'Pathways',
  'tab.beds': 'Beds and theatres',
  'tab.tasks': 'Tasks',
  'tab.facts': 'Feed',
}
