/** Global tasks (BPMN 2.0.2, 10.3.4): what a call activity calls is a process, so a global task is a process of one task, of its own id and name. */
import type { Element } from './element.ts'

const taskOf: Record<string, string> = {
  'bpmn:GlobalTask': 'bpmn:Task',
  'bpmn:GlobalUserTask': 'bpmn:UserTask',
  'bpmn:GlobalManualTask': 'bpmn:ManualTask',
  'bpmn:GlobalScriptTask': 'bpmn:ScriptTask',
  'bpmn:GlobalBusinessRuleTask': 'bpmn:BusinessRuleTask',
}

export const isGlobalTask = ({ $type }: Element): boolean => taskOf[$type] !== undefined

/** The process that a global task stands for. */
export const processOf = (global: Element): Element => {
  const process: Element = { $type: 'bpmn:Process' }
  const task: Element = { ...global, $type: taskOf[global.$type]!, $parent: process }
  if (global.scriptLanguage !== undefined) task.scriptFormat = global.scriptLanguage
  Object.assign(process, { id: global.id, name: global.name, $parent: global.$parent, flowElements: [task] })
  return process
}

/** What is asked of a drawn process, and cannot be of one task alone. */
export const ofDrawingOnly: ReadonlySet<string> = new Set(['start-required', 'missing-end', 'implicit-end'])
