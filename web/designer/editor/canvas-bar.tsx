/** Over the canvas: how it is seen, what goes in after the step that is chosen, and the properties put aside. */
import { ActionIcon, Button, Group, Text } from '@mantine/core'
import {
  IconLayoutSidebarRightCollapse,
  IconLayoutSidebarRightExpand,
  IconMinus,
  IconPlug,
  IconPlus,
  IconZoomScan,
} from '@tabler/icons-react'
import type Modeler from 'bpmn-js/lib/Modeler'
import { text } from '../../shared/language.ts'
import type { ConnectorMenu } from './connector-menu.ts'
import type { Registry, Canvas as Surface } from './diagram-js.ts'
import classes from './editor.module.css'
import { PALETTE_WIDTH, showWhole } from './fit.ts'
import { flowAfter, type InsertStepPad } from './insert-step.ts'

const STEP = 1.25

interface Props {
  modeler: Modeler
  selected: string
  /** Whether the properties are shown. */
  hasPanel: boolean
  onPanel: () => void
}

export function CanvasBar({ modeler, selected, hasPanel, onPanel }: Props) {
  const surface = () => modeler.get<Surface>('canvas')
  const zoom = (by: number) => surface().zoom(surface().viewbox().scale * by, 'auto')
  const Panel = hasPanel ? IconLayoutSidebarRightCollapse : IconLayoutSidebarRightExpand
  return (
    <>
      <div className={classes.next}>
        <Next modeler={modeler} selected={selected} />
      </div>
      <ActionIcon.Group className={classes.zoom}>
        <Sign label={text('canvas.out')} icon={IconMinus} onClick={() => zoom(1 / STEP)} />
        <Sign label={text('canvas.whole')} icon={IconZoomScan} onClick={() => showWhole(surface(), PALETTE_WIDTH)} />
        <Sign label={text('canvas.in')} icon={IconPlus} onClick={() => zoom(STEP)} />
      </ActionIcon.Group>
      <ActionIcon
        className={classes.aside}
        variant="default"
        size="lg"
        aria-pressed={hasPanel}
        aria-label={text('editor.properties')}
        title={text(hasPanel ? 'canvas.hidePanel' : 'canvas.showPanel')}
        onClick={onPanel}
      >
        <Panel size={18} />
      </ActionIcon>
    </>
  )
}

function Sign({ label, icon: Icon, onClick }: { label: string; icon: typeof IconPlus; onClick: () => void }) {
  return (
    <ActionIcon variant="default" size="lg" aria-label={label} title={label} onClick={onClick}>
      <Icon size={18} />
    </ActionIcon>
  )
}

/** The same as the two signs beside a step, in words. */
function Next({ modeler, selected }: { modeler: Modeler; selected: string }) {
  const shape = selected === '' ? undefined : modeler.get<Registry>('elementRegistry').get(selected)
  if (!shape || !flowAfter(shape)) return selected === '' ? <Text size="sm">{text('canvas.hint')}</Text> : null
  return (
    <Group gap={6}>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => modeler.get<InsertStepPad>('insertStepPad').insertAfter(shape)}
      >
        {text('canvas.insert')}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlug size={14} aria-hidden />}
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect()
          modeler.get<ConnectorMenu>('connectorMenu').openFor(shape, { x: left, y: bottom })
        }}
      >
        {text('canvas.insertConnector')}
      </Button>
    </Group>
  )
}
