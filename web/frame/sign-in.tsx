/** Who is asking: the demonstration opens with the eyes of operations, and lets anybody take another role. */
import { Box } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Role } from '../../api/types.ts'
import { post } from '../shared/api.ts'
import { text } from '../shared/language.ts'
import { queries } from '../shared/queries.ts'
import { Empty, Failure, Loading } from '../shared/states.tsx'

/** Those this page serves; `operations` stands for all the others. */
export const PAGE_ROLES = [
  'operations',
  'nurse',
  'physician',
  'bed-manager',
  'theatre-manager',
  'porter',
  'cleaner',
  'designer',
  'planner',
  'administrator',
] as const

/** @param actor `nurse/4f21`, to be the same person again. */
export async function signIn(role: string, actor: string | null = null): Promise<void> {
  const named = actor?.split('/').at(-1)
  await post('/demo/sign-in', { role: role as Role, ...(named === undefined ? {} : { actor: named }) })
}

/** Takes a role, then reads everything again with its eyes. */
export async function takeRole(role: string): Promise<void> {
  await signIn(role)
  await queries.resetQueries()
}

export function SignIn({ demo }: { demo: boolean }) {
  return (
    <Box component="main" className="page">
      {demo ? <DemoSignIn /> : <Empty hint={text('signIn.offRemedy')}>{text('signIn.off')}</Empty>}
    </Box>
  )
}

function DemoSignIn() {
  const { mutate, error } = useMutation({ mutationFn: () => takeRole(PAGE_ROLES[0]) })
  useEffect(() => mutate(), [mutate])
  return error ? <Failure error={error} retry={() => mutate()} /> : <Loading lines={3} />
}
