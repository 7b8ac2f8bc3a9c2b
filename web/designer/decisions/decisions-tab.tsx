/** The decisions of a draft: their tables and diagrams, edited, brought in and taken out as DMN. */
import { Button, Group, SegmentedControl, Select, Stack } from '@mantine/core'
import { IconDownload, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { text, useText } from '../../shared/language.ts'
import { Empty, Failure } from '../../shared/states.tsx'
import { download, OpenFile } from '../files.tsx'
import classes from './decisions.module.css'
import { createDecisionEditor, type DecisionEditor, type DmnView } from './dmn-modeler.ts'

const SEND_AFTER_MS = 300

interface Props {
  dmn: string[]
  onChange: (dmn: string[]) => void
  generation: number
}

export function DecisionsTab({ dmn, onChange, generation }: Props) {
  const [asked, setFile] = useState(0)
  const file = Math.min(asked, Math.max(0, dmn.length - 1))
  const xml = dmn[file]
  const add = (added: string) => {
    onChange([...dmn, added])
    setFile(dmn.length)
  }
  return (
    <Stack gap="md" h="100%">
      <Group>
        {dmn.length > 1 ? (
          <Select
            aria-label={text('decisions.file')}
            data={dmn.map((one, index) => ({
              value: String(index),
              label: titleOf(one) || text('decisions.number', { number: index + 1 }),
            }))}
            value={String(file)}
            onChange={(value) => setFile(Number(value ?? 0))}
            allowDeselect={false}
          />
        ) : null}
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => add(emptyDecision(dmn.length + 1))}
        >
          {text('decisions.new')}
        </Button>
        <OpenFile accept=".dmn,.xml" label={text('decisions.import')} onOpen={add} />
        {xml === undefined ? null : (
          <>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => download(`${titleOf(xml) || 'decision'}.dmn`, xml)}
            >
              {text('decisions.export')}
            </Button>
            <Button
              variant="subtle"
              color="red"
              onClick={() => {
                onChange(dmn.filter((_, index) => index !== file))
                setFile(0)
              }}
            >
              {text('decisions.remove')}
            </Button>
          </>
        )}
      </Group>
      {xml === undefined ? (
        <Empty hint={text('decisions.noneHint')}>{text('decisions.none')}</Empty>
      ) : (
        <Editor
          key={`${generation} ${file}`}
          xml={xml}
          onChange={(changed) => onChange(dmn.map((one, index) => (index === file ? changed : one)))}
        />
      )}
    </Stack>
  )
}

function Editor({ xml, onChange }: { xml: string; onChange: (xml: string) => void }) {
  const language = useText()
  const container = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<DecisionEditor | null>(null)
  const [views, setViews] = useState<DmnView[]>([])
  const [active, setActive] = useState('')
  const [error, setError] = useState<unknown>(null)
  const told = useRef(onChange)
  told.current = onChange
  // Read once: from then on the editor itself holds it.
  const first = useRef(xml)
  useEffect(() => {
    const made = createDecisionEditor(container.current!, language)
    let timer = 0
    let gone = false
    const seen = new Set<unknown>()
    const send = async () => {
      timer = 0
      told.current((await made.saveXML({ format: true })).xml)
    }
    const follow = () => {
      setViews(made.getViews())
      setActive(made.getActiveView()?.element.id ?? '')
      const viewer = made.getActiveViewer()
      if (!viewer || seen.has(viewer)) return
      seen.add(viewer)
      viewer.get('eventBus').on('commandStack.changed', () => {
        clearTimeout(timer)
        timer = window.setTimeout(() => void send(), SEND_AFTER_MS)
      })
    }
    made.on('views.changed', follow)
    made.importXML(first.current).then(
      () => {
        if (gone) return
        setEditor(made)
        const table = made.getViews().find(({ type }) => type === 'decisionTable')
        if (table) void made.open(table)
      },
      (reason: unknown) => {
        if (!gone) setError(reason)
      },
    )
    return () => {
      gone = true
      const isUnsent = timer !== 0
      clearTimeout(timer)
      // What was written a moment ago goes first.
      void (isUnsent ? send() : Promise.resolve()).finally(() => made.destroy())
    }
  }, [language])
  return (
    <>
      {error ? <Failure error={error} /> : null}
      {editor && views.length > 1 ? (
        <SegmentedControl
          aria-label={text('decisions.view')}
          style={{ flexShrink: 0 }}
          value={active}
          onChange={(id) => {
            const view = views.find(({ element }) => element.id === id)
            if (view) void editor.open(view)
          }}
          data={views.map(({ type, element }) => ({
            value: element.id,
            label: type === 'drd' ? text('decisions.diagram') : element.name || element.id,
          }))}
        />
      ) : null}
      <div ref={container} className={classes.editor} />
    </>
  )
}

const titleOf = (xml: string): string =>
  new DOMParser().parseFromString(xml, 'application/xml').documentElement.getAttribute('name') ?? ''

const emptyDecision = (number: number): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="decisions${number}" name="${text('decisions.number', { number })}" namespace="urn:parcours:decisions">
  <decision id="decision${number}" name="${text('decisions.number', { number })}">
    <decisionTable id="table${number}">
      <input id="input${number}"><inputExpression id="inputExpression${number}" typeRef="string"><text></text></inputExpression></input>
      <output id="output${number}" name="result" typeRef="string" />
    </decisionTable>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="decision${number}"><dc:Bounds height="80" width="180" x="160" y="100" /></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>`
