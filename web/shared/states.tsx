/** What a panel shows while it has nothing to show: loading, empty, failed. */
import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { ApiError } from './api.ts'
import { text } from './language.ts'

/** From here on a person wonders whether anything happens at all. */
const SLOW_MS = 4_000

export function Loading({ lines = 4 }: { lines?: number }) {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Stack gap="sm" role="status" aria-label={text('state.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a skeleton have no other name
        <Skeleton key={line} height={18} width={`${96 - line * 9}%`} />
      ))}
      {isSlow ? (
        <Text size="sm" className="quiet">
          {text('state.slow')}
        </Text>
      ) : null}
    </Stack>
  )
}

export function Empty({ children, hint }: { children: ReactNode; hint?: ReactNode }) {
  return (
    <Stack align="center" gap={4} py="xl" className="quiet">
      <IconInbox size={28} stroke={1.4} aria-hidden />
      <Text size="sm">{children}</Text>
      {hint ? (
        <Text size="xs" ta="center">
          {hint}
        </Text>
      ) : null}
    </Stack>
  )
}

/** What went wrong, what to do about it, and a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = error instanceof ApiError ? error.problem : null
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem?.title ?? text('state.unreachable')}
      role="alert"
    >
      <Text size="sm">{problem?.detail}</Text>
      <Text size="sm">{problem?.remedy ?? text('state.unreachableRemedy')}</Text>
      {problem ? (
        <Text size="xs" className="quiet" mt={4}>
          {problem.instance}
        </Text>
      ) : null}
      {retry ? (
        <Button size="xs" variant="light" color="red" mt="sm" onClick={retry}>
          {text('action.retry')}
        </Button>
      ) : null}
    </Alert>
  )
}

interface Read<T> {
  data: T | undefined
  error: unknown
  refetch: () => unknown
}

/** Shows what was read. What is there stays while a later reading fails: the banner says that it may be old. */
export function Shown<T>({ read, children, lines }: { read: Read<T>; children: (data: T) => ReactNode; lines?: number }) {
  if (read.data !== undefined) return <>{children(read.data)}</>
  if (read.error) return <Failure error={read.error} retry={() => void read.refetch()} />
  return <Loading {...(lines === undefined ? {} : { lines })} />
}
