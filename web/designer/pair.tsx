/** Two drawings to be seen together: side by side, or above one another where they are wide, so that both can be read. */
import { SimpleGrid, Text } from '@mantine/core'
import { useMemo } from 'react'
import { Drawn } from './drawn.tsx'
import type { Diagram } from './editor/diagram-js.ts'

interface One {
  bpmn: string
  title: string
  onReady: (diagram: Diagram | null) => void
}

interface Props {
  older: One
  newer: One
  onSelect?: (element: string) => void
}

/** How many times as wide as high a drawing is from where half a page is too little for it. */
const WIDE = 1.6
const HEIGHT = 300

export function Pair({ older, newer, onSelect }: Props) {
  const isWide = useMemo(() => proportionOf(newer.bpmn) > WIDE, [newer.bpmn])
  return (
    <SimpleGrid cols={isWide ? 1 : { base: 1, lg: 2 }}>
      {[older, newer].map(({ bpmn, title, onReady }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: there are two, in order
        <div key={place}>
          <Text size="sm" fw={600} mb={4}>
            {title}
          </Text>
          <Drawn bpmn={bpmn} label={title} height={HEIGHT} onReady={onReady} {...(onSelect && { onSelect })} />
        </div>
      ))}
    </SimpleGrid>
  )
}

/** Width by height of what is drawn; 1 where nothing is. */
function proportionOf(bpmn: string): number {
  const parsed = new DOMParser().parseFromString(bpmn, 'application/xml')
  const bounds = [...parsed.getElementsByTagNameNS('*', 'Bounds')].map((one) => {
    const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((name) => Number(one.getAttribute(name)))
    return { left: x, top: y, right: x + width, bottom: y + height }
  })
  if (bounds.length === 0) return 1
  const width = Math.max(...bounds.map(({ right }) => right)) - Math.min(...bounds.map(({ left }) => left))
  const height = Math.max(...bounds.map(({ bottom }) => bottom)) - Math.min(...bounds.map(({ top }) => top))
  return width / Math.max(1, height)
}
