/** The Programs of the other published pathways: what a rehearsed one calls or starts. */
import { useQuery } from '@tanstack/react-query'
import type { Program } from '../../../pathways/language/program.ts'
import { get } from '../../shared/api.ts'

export const useOtherPrograms = (pathway: string) =>
  useQuery({
    queryKey: ['programs'],
    queryFn: async () => (await get('/programs')).items as unknown as Program[],
    select: (programs) => programs.filter(({ process }) => process !== pathway),
    staleTime: 60_000,
  })
