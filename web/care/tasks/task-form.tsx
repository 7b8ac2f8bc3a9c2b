/** A pathway's form, drawn by form-js; what the API refuses is shown at the fields it is about. */
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css'
import { Form } from '@bpmn-io/form-js-viewer'
import { Text } from '@mantine/core'
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { TaskDetail } from '../../../api/types.ts'
import { translateForm, translateInputs, variablesAsked } from '../../../pathways/language/texts.ts'
import { isMessageKey, text, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { Failure } from '../../shared/states.tsx'

export interface TaskFormHandle {
  /** What was entered, or null when the form itself refuses it and says where. */
  read: () => Record<string, unknown> | null
  /** Shows what the API refused, at the fields. */
  show: (errors: { path: string; message: string }[]) => void
}

interface TaskFormProps {
  handle: RefObject<TaskFormHandle | null>
  task: TaskDetail
  onSubmit: () => void
}

interface Component {
  id?: string
  key?: string
  path?: string
  components?: Component[]
}

export function TaskForm({ handle, task, onSubmit }: TaskFormProps) {
  const language = useText()
  const { say } = useNames()
  const { schema, inputs } = task
  const container = useRef<HTMLDivElement>(null)
  const form = useRef<Form | null>(null)
  const submit = useRef(onSubmit)
  submit.current = onSubmit
  const first = useRef({ schema, inputs })
  const [error, setError] = useState<unknown>(null)

  // Drawn once a language and its texts: a later reading of the same task must not wipe what is being typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: form-js takes its words when it is made
  useEffect(() => {
    const { schema: drawn, inputs: given } = first.current
    if (!drawn) return
    const made = new Form({ container: container.current!, additionalModules: [{ translate: ['value', translated] }] } as object)
    form.current = made
    const inWords = (words: string) => say(words, task.pathway)
    const shown = {
      schema: translateForm(withoutTitle(drawn, task.name), inWords),
      inputs: translateInputs(given, drawn, inWords),
    }
    made.importSchema(shown.schema as never, shown.inputs as never).catch(setError)
    return () => {
      const { data } = made._getState() as { data: Record<string, unknown> }
      first.current = { schema: drawn, inputs: { ...given, ...entered(data, drawn) } }
      made.destroy()
      form.current = null
    }
  }, [language, say])

  useImperativeHandle(handle, () => ({
    read: () => {
      const made = form.current
      if (!made) return {}
      const { data, errors } = made.submit() as { data: Record<string, unknown>; errors: Record<string, unknown> }
      if (Object.keys(errors).length === 0) return filled(data)
      requestAnimationFrame(() =>
        container.current?.querySelector<HTMLElement>('.fjs-has-errors input, .fjs-has-errors textarea')?.focus(),
      )
      return null
    },
    show: (errors) => {
      const components = ((first.current.schema as { components?: Component[] } | null)?.components ?? []) as Component[]
      const found = errors.flatMap(({ path, message }) => {
        const id = componentOf(components, path)?.id
        return id ? [[id, [message]] as const] : []
      })
      form.current?._setState({ errors: Object.fromEntries(found) })
    },
  }))

  if (!schema) return <Text className="quiet">{text('tasks.noForm')}</Text>
  if (error) return <Failure error={error} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the fields inside take the keys; this only hears Enter with Control
    <div
      ref={container}
      className="task-form"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        submit.current()
      }}
    />
  )
}

/** The drawer is headed by the task's name already. */
function withoutTitle(form: NonNullable<TaskDetail['schema']>, name: string): NonNullable<TaskDetail['schema']> {
  const [head, ...others] = (form.components ?? []) as { type?: string; text?: string }[]
  const isTitle = head?.type === 'text' && head.text?.replace(/^#+ /, '') === name
  return isTitle ? ({ ...form, components: others } as typeof form) : form
}

/** What the form's own fields hold; what it merely shows is translated anew. */
function entered(data: Record<string, unknown>, form: unknown): TaskDetail['inputs'] {
  const asked = variablesAsked(form)
  return Object.fromEntries(Object.entries(data).filter(([name]) => asked.has(name))) as TaskDetail['inputs']
}

/** What was left empty is left out: absent and empty are one thing to the pathway. */
const filled = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== '' && value !== undefined))

/** The component whose value has this path: keys joined by dots through groups. */
function componentOf(components: Component[], path: string): Component | undefined {
  for (const component of components) {
    if (component.key === path) return component
    const inside = component.path && path.startsWith(`${component.path}.`) ? path.slice(component.path.length + 1) : path
    const found = component.components && componentOf(component.components, inside)
    if (found) return found
  }
  return undefined
}

/** form-js's own words in the active language: known templates are ours to say, others stay as they are. */
function translated(template: string, replacements: Record<string, string> = {}): string {
  const key = `form.${template}`
  if (isMessageKey(key)) return text(key, replacements)
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => replacements[name] ?? whole)
}
