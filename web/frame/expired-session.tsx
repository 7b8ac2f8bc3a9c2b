/** The session is over while somebody works: they sign in again over their work, and what they had asked for is asked once more. */
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { onExpired } from '../shared/api.ts'
import { queries, useSession } from '../shared/queries.ts'
import { signIn } from './sign-in.tsx'

const Dialog = lazy(() => import('./expired-dialog.tsx'))

interface Waiting {
  promise: Promise<void>
  resolve: () => void
  reject: (error: Error) => void
}

/** @param role whose work it is. */
export function ExpiredSession({ role }: { role: string }) {
  const session = useSession()
  const actor = useRef<string | null>(null)
  if (session.data?.actor) actor.current = session.data.actor
  const waiting = useRef<Waiting | null>(null)
  const [isOpen, setOpen] = useState(false)
  const wait = useCallback(() => {
    waiting.current ??= newWaiting()
    setOpen(true)
    return waiting.current.promise
  }, [])
  useEffect(() => {
    onExpired(wait)
    return () => onExpired(null)
  }, [wait])
  const isKnown = session.data?.role !== null
  useEffect(() => {
    if (!isKnown) wait().catch(() => {})
  }, [isKnown, wait])
  const again = useMutation({
    mutationFn: () => signIn(role, actor.current),
    onSuccess: async () => {
      setOpen(false)
      waiting.current?.resolve()
      waiting.current = null
      // Read again, never emptied: what is being typed stays.
      await queries.invalidateQueries()
    },
  })
  const later = () => {
    setOpen(false)
    waiting.current?.reject(new Error('signing in was put off'))
    waiting.current = null
  }
  if (!isOpen) return null
  return (
    <Suspense>
      <Dialog role={role} again={() => again.mutate()} isPending={again.isPending} error={again.error} later={later} />
    </Suspense>
  )
}

function newWaiting(): Waiting {
  let resolve = () => {}
  let reject: Waiting['reject'] = () => {}
  const promise = new Promise<void>((done, failed) => {
    resolve = done
    reject = failed
  })
  return { promise, resolve, reject }
}
