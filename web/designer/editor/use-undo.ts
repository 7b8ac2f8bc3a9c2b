/** What "undo" means where somebody is: the modeller's own commands on the drawing, the steps of the part that is edited elsewhere. */
import type Modeler from 'bpmn-js/lib/Modeler'
import { type RefObject, useEffect } from 'react'
import type { CommandStack } from './diagram-js.ts'
import type { ModelerState } from './diagram-tab.tsx'
import type { Part } from './history.ts'
import type { Draft } from './use-draft.ts'

const PART_OF: Record<string, Part> = { drawing: 'bpmn', decisions: 'dmn', forms: 'forms', scenarios: 'scenarios' }
type Act = (() => void) | null

/** @param tab which is open. @returns null for what cannot be done. */
export function useUndo(
  tab: string,
  draft: Draft,
  modeler: RefObject<Modeler | null>,
  stack: ModelerState,
): { undo: Act; redo: Act } {
  const part = PART_OF[tab]
  const commands = () => modeler.current?.get<CommandStack>('commandStack')
  const isDrawn = tab === 'drawing'
  const undo = isDrawn && stack.canUndo ? () => commands()?.undo() : part ? draft.undo(part) : null
  const redo = isDrawn && stack.canRedo ? () => commands()?.redo() : part ? draft.redo(part) : null
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // A field undoes its own letters, and the modeller its own commands.
      if (event.defaultPrevented || isEditable(event.target) || !(event.ctrlKey || event.metaKey)) return
      const key = event.key.toLowerCase()
      const act = key === 'y' || (key === 'z' && event.shiftKey) ? redo : key === 'z' ? undo : null
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [undo, redo])
  return { undo, redo }
}

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
