/** The page: who you are first, then the hospital. */
import { Box } from '@mantine/core'
import { lazy, Suspense, useEffect } from 'react'
import { FeedView } from './feed/feed-view.tsx'
import { Figures } from './frame/figures.tsx'
import { Header } from './frame/header.tsx'
import { LinkBanner } from './frame/link-banner.tsx'
import { SignIn } from './frame/sign-in.tsx'
import { PathwaysView } from './pathways/pathways-view.tsx'
import { ResourcesView } from './resources/resources-view.tsx'
import { RunDrawer } from './runs/run-drawer.tsx'
import { useAddress, type View } from './shared/address.ts'
import { text, useText } from './shared/language.ts'
import { openLink } from './shared/live.ts'
import { useSession } from './shared/queries.ts'
import { Loading, Shown } from './shared/states.tsx'
import { TasksView } from './tasks/tasks-view.tsx'

const TaskDrawer = lazy(() => import('./tasks/task-drawer.tsx'))

const VIEW: Record<View, () => React.ReactNode> = {
  pathways: PathwaysView,
  resources: ResourcesView,
  tasks: TasksView,
  feed: FeedView,
}

export function Application() {
  useText()
  const session = useSession()
  return (
    <Shown read={session} lines={1}>
      {({ role, demo }) => (role === null ? <SignIn demo={demo} /> : <Hospital key={role} role={role} />)}
    </Shown>
  )
}

function Hospital({ role }: { role: string }) {
  const { view, parameters } = useAddress()
  useEffect(openLink, [])
  useEffect(() => {
    document.title = `${text(`view.${view}`)} · Parcours`
  })
  const Current = VIEW[view]
  return (
    <>
      <a className="skip-link" href="#main">
        {text('frame.skip')}
      </a>
      <Header role={role} />
      <LinkBanner />
      <Box component="main" id="main" className="page" tabIndex={-1}>
        <h1 className="visually-hidden">{text(`view.${view}`)}</h1>
        <Figures />
        <Current />
      </Box>
      <RunDrawer run={parameters.run ?? ''} />
      {parameters.task ? (
        <Suspense fallback={<Loading lines={1} />}>
          <TaskDrawer id={parameters.task} />
        </Suspense>
      ) : null}
    </>
  )
}
