/** The board as it is read, and what is decided on it. */
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { BedDecisionIn } from '../../../api/types.ts'
import { get, post } from '../../shared/api.ts'
import { queries } from '../../shared/queries.ts'

/** What changes without a fact of its own, a stay that grows longer say, is seen at the latest after so long. */
const READ_AGAIN_MS = 15_000

export const useBoard = (pool: string) =>
  useQuery({
    queryKey: ['resources', 'board', pool],
    queryFn: () => get(`/resources/pools/${encodeURIComponent(pool)}/board`),
    enabled: pool !== '',
    refetchInterval: READ_AGAIN_MS,
    placeholderData: keepPreviousData,
  })

/** One key for one decision: asked again after a lost answer, it is the same. */
export const useDecision = (done: () => void) =>
  useMutation({
    mutationFn: ({ decision, key }: { decision: BedDecisionIn; key: string }) => post('/resources/decisions', decision, key),
    onSuccess: done,
    onSettled: () => queries.invalidateQueries({ queryKey: ['resources'] }),
  })
