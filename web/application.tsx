/** The page: who you are first, then the hospital. */
import { Box } from '@mantine/core'
import { RouterProvider, useMatches, useSearch } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { careNavigation } from './care/navigation.ts'
import { designerNavigation } from './designer/navigation.ts'
import { Header } from './frame/header.tsx'
import { LinkBanner } from './frame/link-banner.tsx'
import { SignIn } from './frame/sign-in.tsx'
import { operationsNavigation } from './operations/navigation.ts'
import { plannerNavigation } from './planner/navigation.ts'
import { router } from './router.ts'
import { text, useText } from './shared/language.ts'
import { openLink } from './shared/live.ts'
import { useSession } from './shared/queries.ts'
import { Loading, Shown } from './shared/states.tsx'

const RunDrawer = lazy(() => import('./operations/runs/run-drawer.tsx'))
const TaskDrawer = lazy(() => import('./care/tasks/task-drawer.tsx'))

const AREAS = [operationsNavigation, careNavigation, designerNavigation, plannerNavigation]

export function Application() {
  return <RouterProvider router={router} InnerWrap={Session} />
}

/** Nothing of the hospital is shown or asked for before it is known who asks. */
function Session({ children }: { children: ReactNode }) {
  useText()
  const session = useSession()
  return (
    <Shown read={session} lines={1}>
      {({ role, demo }) =>
        role === null ? (
          <SignIn demo={demo} />
        ) : (
          <Hospital key={role} role={role}>
            {children}
          </Hospital>
        )
      }
    </Shown>
  )
}

function Hospital({ role, children }: { role: string; children: ReactNode }) {
  const title = useMatches({ select: (matches) => matches.at(-1)?.staticData.title })
  useEffect(openLink, [])
  useEffect(() => {
    document.title = title ? `${text(title)} · Parcours` : 'Parcours'
  })
  return (
    <>
      <a className="skip-link" href="#main">
        {text('frame.skip')}
      </a>
      <Header role={role} areas={AREAS} />
      <LinkBanner />
      <Box component="main" id="main" className="page" tabIndex={-1}>
        {title ? <h1 className="visually-hidden">{text(title)}</h1> : null}
        {children}
      </Box>
      <Drawers />
    </>
  )
}

/** What is open over the view. */
function Drawers() {
  // The frame stands before the first view has come.
  const { run, task } = useSearch({ from: '__root__', shouldThrow: false }) ?? {}
  return (
    <Suspense fallback={<Loading lines={1} />}>
      {run ? <RunDrawer run={run} /> : null}
      {task ? <TaskDrawer id={task} /> : null}
    </Suspense>
  )
}
