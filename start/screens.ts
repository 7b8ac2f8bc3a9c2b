/**
 * Takes a picture of every view of a running demonstration into docs/screens/: `node --import tsx start/screens.ts [address [view …]]`. The hospital's clock goes
 * on meanwhile; all else (roles, sizes, languages, colours, what is waited for) is the same each time.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

interface View {
  name: string
  path: string
  role: string
  /** Done standing up, with one hand. */
  phone?: true
  /** Somebody in the middle of their pathway: whoever has a task to do now. */
  open?: 'firstPatient'
  /** The buttons that open what is to be seen, one after the other. */
  press?: Record<'fr' | 'en', string>[]
  /** The tab of it. */
  tab?: Record<'fr' | 'en', string>
  /** Not before this is gone from the page. */
  until?: Record<'fr' | 'en', string>
}

/** What a planner reads while replications are simulated. */
const SIMULATING = { fr: 'L’hôpital se remplit', en: 'The hospital fills' }
const EDITOR = {
  ...{ path: '/designer/surgery', role: 'designer' },
  press: [{ fr: 'Modifier à partir de la version', en: 'Change version' }],
}

const VIEWS: View[] = [
  { name: 'command-centre', path: '/command-centre', role: 'operations' },
  { name: 'command-centre-wall', path: '/command-centre?wall=1', role: 'operations' },
  { name: 'beds', path: '/beds', role: 'bed-manager' },
  { name: 'theatres', path: '/theatres', role: 'theatre-manager' },
  {
    ...{ name: 'theatres-urgent', path: '/theatres', role: 'theatre-manager' },
    press: [{ fr: 'Intervention urgente', en: 'Urgent case' }],
  },
  { name: 'pathways', path: '/pathways', role: 'operations' },
  { name: 'runs', path: '/runs', role: 'operations' },
  { name: 'stock', path: '/stock', role: 'operations' },
  { name: 'feed', path: '/feed', role: 'operations' },
  { name: 'tasks', path: '/tasks', role: 'nurse' },
  { name: 'tasks', path: '/tasks', role: 'nurse', phone: true },
  { name: 'patient', path: '/patients', role: 'nurse', open: 'firstPatient' },
  { name: 'telesurveillance', path: '/telesurveillance', role: 'nurse' },
  { name: 'jobs-porter', path: '/jobs', role: 'porter', phone: true },
  { name: 'jobs-cleaner', path: '/jobs', role: 'cleaner', phone: true },
  { name: 'designer', path: '/designer', role: 'designer' },
  { name: 'designer-pathway', path: '/designer/surgery', role: 'designer' },
  { name: 'designer-editor', ...EDITOR },
  { name: 'designer-decisions', ...EDITOR, tab: { fr: 'Décisions', en: 'Decisions' } },
  { name: 'designer-forms', ...EDITOR, tab: { fr: 'Formulaires', en: 'Forms' } },
  { name: 'designer-scenarios', ...EDITOR, tab: { fr: 'Scénarios', en: 'Scenarios' } },
  { name: 'designer-compare', ...EDITOR, tab: { fr: 'Comparer', en: 'Compare' } },
  { name: 'planner-questions', path: '/planner/questions', role: 'planner' },
  { name: 'planner-what-if', path: '/planner/what-if?set=bed.surgery:-10', role: 'planner', until: SIMULATING },
  { name: 'planner-waits', path: '/planner/what-if?set=bed.surgery:-10&show=waits', role: 'planner', until: SIMULATING },
  { name: 'planner-scenario', path: '/planner/scenario?model=summer%2Fsummer.yaml', role: 'planner' },
  { name: 'planner-forecast', path: '/planner/forecast', role: 'planner' },
  { name: 'planner-validation', path: '/planner/validation', role: 'planner' },
  { name: 'planner-experiments', path: '/planner/experiments', role: 'planner' },
  { name: 'hospital', path: '/hospital', role: 'operations' },
]

const LOOKS = [
  { language: 'fr', colours: 'light' },
  { language: 'en', colours: 'dark' },
] as const

const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
/** What is read and drawn after the page stands. */
const SETTLED_MS = 2_500
const SIMULATED_MS_MAX = 180_000

const address = process.argv[2] ?? 'http://localhost:3000'
const folder = fileURLToPath(new URL('../docs/screens', import.meta.url))
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.PARCOURS_BROWSER ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--force-color-profile=srgb'],
})
const asked = process.argv.slice(3)
for (const view of VIEWS.filter(({ name }) => asked.length === 0 || asked.includes(name)))
  for (const look of LOOKS) await take(browser, view, look)
await browser.close()

/** The patient of the first task there is. */
async function firstPatient({ request }: BrowserContext): Promise<string> {
  const { items } = await (await request.get(`${address}/api/tasks?limit=50`)).json()
  return items.find(({ patient }: { patient: string | null }) => patient !== null)?.patient ?? ''
}

async function take(
  browser: Browser,
  { name, path, role, phone, open, press = [], tab, until }: View,
  { language, colours }: (typeof LOOKS)[number],
): Promise<void> {
  const context = await browser.newContext({
    ...{ viewport: phone ? PHONE : DESK, colorScheme: colours, reducedMotion: 'reduce', locale: language },
  })
  await context.addInitScript((chosen) => localStorage.setItem('parcours.language', chosen), language)
  await context.request.post(`${address}/api/demo/sign-in`, { data: { role }, headers: { origin: address } })
  const page = await context.newPage()
  await page.goto(address + (open ? `${path}/${await firstPatient(context)}` : path))
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.waitForTimeout(SETTLED_MS)
  for (const button of press) {
    await page.getByRole('button', { name: button[language] }).first().click()
    await page.waitForTimeout(SETTLED_MS)
  }
  if (tab) await page.getByRole('tab', { name: tab[language] }).click()
  if (until) await page.getByText(until[language]).waitFor({ state: 'hidden', timeout: SIMULATED_MS_MAX })
  if (tab || until) await page.waitForTimeout(SETTLED_MS)
  const file = join(folder, `${name}-${language}-${colours}${phone ? '-phone' : ''}.png`)
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
  console.log(file)
  await context.close()
}
