/**
 * The processes of a running system, in one table: a line more is a process more. Each is a module of ours that prints a line beginning
 * with `ready` (or a JSON line of the event `ready` or `listening`) when it is, and ends on SIGTERM. It is told, by environment variables, what the table says and nothing else.
 */

/** What may be told. Values fill in as the system comes up. */
export const SETTINGS = [
  'PARCOURS_DATA',
  'PARCOURS_KEY',
  'PARCOURS_DATABASE_URL',
  'PARCOURS_TEMPORAL_ADDRESS',
  'PARCOURS_TEMPORAL_NAMESPACE',
  'PARCOURS_MON_ESPACE_SANTE_URL',
  'PARCOURS_SMTP_URL',
  'PARCOURS_MAIL_URL',
  'PARCOURS_API_URL',
  'PARCOURS_DEMO',
  'PARCOURS_RATE',
  'PARCOURS_RELEASE',
] as const
export type Setting = (typeof SETTINGS)[number]

/** Of our own environment, what every process may inherit: a sandbox has no business with the key or the database. */
export function inherited(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...env }
  for (const name of [...SETTINGS, 'DATABASE_URL', 'PORT']) delete kept[name]
  return kept
}

export interface Entry {
  name: string
  module: string
  /** With the partners at once; the core when database, Temporal and builds are there; the demo last, and not with `--empty`. */
  phase: 'partner' | 'core' | 'demo'
  told: Setting[]
  env?: Record<string, string>
  /** A folder of its own in the data folder, told as DATA: all that a sandbox may know of ours. */
  folder?: string
  /** Ports of its own: the variable that tells it, and what the others are told of it. Picked free, and kept over restarts. */
  ports?: { variable: string; setting: Setting; scheme: string }[]
  /** Listens on PORT, the one port that the user chooses. */
  listensOnPort?: boolean
  stopMsMax?: number
}

const STORES: Setting[] = ['PARCOURS_DATA', 'PARCOURS_KEY', 'PARCOURS_DATABASE_URL']
const TEMPORAL: Setting[] = ['PARCOURS_TEMPORAL_ADDRESS', 'PARCOURS_TEMPORAL_NAMESPACE']
const PARTNERS: Setting[] = ['PARCOURS_MON_ESPACE_SANTE_URL', 'PARCOURS_SMTP_URL', 'PARCOURS_MAIL_URL']
const DEMO: Setting[] = ['PARCOURS_DEMO', 'PARCOURS_RATE']

export const PROCESSES: Entry[] = [
  {
    name: 'Mon Espace Santé sandbox',
    module: 'partners/mon-espace-sante/main.ts',
    phase: 'partner',
    told: [],
    folder: 'mon-espace-sante',
    ports: [{ variable: 'PORT', setting: 'PARCOURS_MON_ESPACE_SANTE_URL', scheme: 'http' }],
  },
  {
    name: 'mail sandbox',
    module: 'partners/mail/main.ts',
    phase: 'partner',
    told: [],
    folder: 'mail',
    ports: [
      { variable: 'PORT', setting: 'PARCOURS_SMTP_URL', scheme: 'smtp' },
      { variable: 'HTTP_PORT', setting: 'PARCOURS_MAIL_URL', scheme: 'http' },
    ],
  },
  {
    name: 'worker',
    module: 'start/worker/main.ts',
    phase: 'core',
    told: [...STORES, ...TEMPORAL, ...PARTNERS, ...DEMO, 'PARCOURS_RELEASE'],
    stopMsMax: 10_000,
  },
  {
    name: 'simulation worker',
    module: 'start/simulation/main.ts',
    phase: 'core',
    told: [...STORES, ...TEMPORAL],
    stopMsMax: 10_000,
  },
  {
    name: 'API and page',
    module: 'api/main.ts',
    phase: 'core',
    told: [...STORES, ...TEMPORAL, ...PARTNERS, ...DEMO, 'PARCOURS_RELEASE'],
    listensOnPort: true,
  },
  {
    name: 'synthetic hospital',
    module: 'start/demo/main.ts',
    phase: 'demo',
    told: [...STORES, ...TEMPORAL, ...DEMO, 'PARCOURS_API_URL'],
  },
]
