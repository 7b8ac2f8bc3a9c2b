/** What can be done with a task, as mutations that refresh every list it may stand in. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { TaskHandover } from '../../../api/types.ts'
import { post, problemCode } from '../../shared/api.ts'
import { refreshTasks } from '../queries.ts'

/** The pathway has moved on, or somebody else was first: nothing more can be done with it here. */
const OVER = ['stale-task', 'task-done', 'unknown-task']

export const isOver = (error: unknown): boolean => OVER.includes(problemCode(error))

/** @param onRefused what becomes of a form that the API refuses. */
export function useTaskSteps(id: string, onRefused: (error: unknown) => void = () => {}) {
  // One key for as long as this task is open here: asking again after a lost answer is the same asking.
  const [key] = useState(() => crypto.randomUUID())
  const path = `/tasks/${encodeURIComponent(id)}` as const
  const onSettled = refreshTasks
  return {
    steps: useMutation({ mutationFn: (step: 'claim' | 'release') => post(`${path}/${step}`, {}), onSettled }),
    handOver: useMutation({
      mutationFn: (to: TaskHandover) => post(`${path}/hand-over`, to, `${key}-over`),
      onSettled,
    }),
    complete: useMutation({
      mutationFn: (data: Record<string, unknown>) => post(`${path}/complete`, { data }, key),
      onSettled,
      onError: onRefused,
    }),
  }
}
