/** Opens the command palette; its code comes when it is first asked for. */
import { ActionIcon } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { text } from '../shared/language.ts'
import type { NavigationArea } from './navigation.ts'

const Palette = lazy(() => import('./palette.tsx'))

export function PaletteButton({ role, areas }: { role: string; areas: readonly NavigationArea[] }) {
  const [opened, setOpened] = useState(0)
  const open = () => setOpened((times) => times + 1)
  useHotkeys([['mod+K', open]], [])
  const label = text('palette.open')
  return (
    <>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={label}
        title={`${label} (Ctrl K)`}
        aria-keyshortcuts="Control+K"
        onClick={open}
      >
        <IconSearch size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
      {opened > 0 ? (
        <Suspense>
          <Palette role={role} areas={areas} opened={opened} />
        </Suspense>
      ) : null}
    </>
  )
}
