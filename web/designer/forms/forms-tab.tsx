/** The forms of a draft: drawn field by field, by form-js. */
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor.css'
import { FormEditor } from '@bpmn-io/form-js-editor'
import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { IconDownload, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { text, useText } from '../../shared/language.ts'
import { Empty, Failure } from '../../shared/states.tsx'
import { download, OpenFile } from '../files.tsx'
import { formTitle } from './form-title.ts'
import classes from './forms.module.css'
import { inFrench } from './french.ts'

interface Props {
  forms: Record<string, unknown>
  onChange: (forms: Record<string, unknown>) => void
  generation: number
}

export function FormsTab({ forms, onChange, generation }: Props) {
  const ids = Object.keys(forms).sort()
  const [asked, setChosen] = useState('')
  const chosen = Object.hasOwn(forms, asked) ? asked : (ids[0] ?? '')
  const [name, setName] = useState('')
  const form = forms[chosen]
  const add = (id: string, schema: unknown) => {
    onChange({ ...forms, [id]: schema })
    setChosen(id)
    setName('')
  }
  const isNew = /^[\w-]+$/.test(name) && !Object.hasOwn(forms, name)
  return (
    <Stack gap="md" h="100%">
      <Group align="flex-end">
        <Select
          label={text('forms.form')}
          searchable
          data={ids.map((value) => ({ value, label: formTitle(value, forms[value]) }))}
          w={320}
          value={chosen}
          onChange={(value) => setChosen(value ?? '')}
          allowDeselect={false}
        />
        <TextInput
          label={text('forms.newName')}
          placeholder="douleur"
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={!isNew}
          onClick={() => add(name, { type: 'default', id: name, schemaVersion: 19, components: [] })}
        >
          {text('forms.new')}
        </Button>
        <OpenFile
          accept=".form,.json"
          label={text('forms.import')}
          onOpen={(content, file) => add(file.replace(/\.(form|json)$/, ''), JSON.parse(content))}
        />
        {form === undefined ? null : (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => download(`${chosen}.form`, JSON.stringify(form, null, 2), 'application/json')}
          >
            {text('forms.export')}
          </Button>
        )}
      </Group>
      {form === undefined ? (
        <Empty hint={text('forms.noneHint')}>{text('forms.none')}</Empty>
      ) : (
        <Editor key={`${generation} ${chosen}`} schema={form} onChange={(schema) => onChange({ ...forms, [chosen]: schema })} />
      )}
    </Stack>
  )
}

function Editor({ schema, onChange }: { schema: unknown; onChange: (schema: unknown) => void }) {
  const container = useRef<HTMLDivElement>(null)
  const language = useText()
  const [error, setError] = useState<unknown>(null)
  const told = useRef(onChange)
  told.current = onChange
  // Read once: from then on the editor itself holds it.
  const first = useRef(schema)
  useEffect(() => {
    const made = new FormEditor({ container: container.current! })
    let gone = false
    made.importSchema(structuredClone(first.current) as Parameters<typeof made.importSchema>[0]).then(
      () => made.on('changed', () => told.current(made.saveSchema())),
      (reason: unknown) => {
        if (!gone) setError(reason)
      },
    )
    const stop = language === 'fr' ? inFrench(container.current!) : () => {}
    return () => {
      gone = true
      stop()
      made.destroy()
    }
  }, [language])
  return (
    <>
      {error ? <Failure error={error} /> : null}
      <div ref={container} className={classes.editor} />
    </>
  )
}
