/** The page: who you are first, then the hospital. */
import { Box } from '@mantine/core'
import { RouterProvider, useMatches, useSearch } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { AREAS } from './areas.ts'
import { ExpiredSession } from './frame/expired-session.tsx'
import { Header } from './frame/header.tsx'
import { LinkBanner } from './frame/link-banner.tsx'
import { SignIn } from './frame/sign-in.tsx'
import { Views } from './frame/views.tsx'
import { router } from './router.ts'
import { text, useText, withTexts } from './shared/language.ts'
import { openLink } from './shared/live.ts'
import { useSession } from './shared/queries.ts'
import { Loading, Shown } from './shared/states.tsx'

const RunDrawer = lazy(() => import('./operations/runs/run-drawer.tsx'))
const TaskDrawer = lazy(withTexts(['care'], () => import('./care/tasks/task-drawer.tsx')))

export function Application() {
  return <RouterProvider router={router} InnerWrap={Session} />
}

/** Nothing of the hospital is shown or asked for before it is known who asks; a session that ends later leaves the work where it is. */
function Session({ children }: { children: ReactNode }) {
  useText()
  const session = useSession()
  const worked = useRef<string | null>(null)
  if (session.data?.role) worked.current = session.data.role
  return (
    <Shown read={session} lines={1}>
      {({ demo }) =>
        worked.current === null ? (
          <SignIn demo={demo} />
        ) : (
          <Hospital key={worked.current} role={worked.current}>
            {children}
          </Hospital>
        )
      }
    </Shown>
  )
}

function Hospital({ role, children }: { role: string; children: ReactNode }) {
  const title = useMatches({ select: (matches) => matches.at(-1)?.staticData.title })
  const isWall = useMatches({
    select: (matches) => (matches.at(-1)?.search as { wall?: string } | undefined)?.wall !== undefined,
  })
  useEffect(openLink, [])
  useEffect(() => {
    document.title = title ? `${text(title)} · Parcours` : 'Parcours'
  })
  return (
    <>
      {isWall ? null : (
        <>
          <a className="skip-link" href="#main">
            {text('frame.skip')}
          </a>
          <Header role={role} areas={AREAS} />
        </>
      )}
      <LinkBanner />
      <div className="frame">
        {isWall ? null : <Views role={role} areas={AREAS} />}
        <Box component="main" id="main" className={isWall ? 'page page-wall' : 'page'} tabIndex={-1}>
          {title ? <h1 className="visually-hidden">{text(title)}</h1> : null}
          {children}
        </Box>
      </div>
      <Drawers />
      <ExpiredSession role={role} />
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
