/** Where the time goes: of each pathway's patients, minutes waited and minutes worked at each element, on its drawing and in a table. */
import { SegmentedControl, Stack } from '@mantine/core'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import { useEffect, useRef } from 'react'
import { waitingElementsOf } from '../../../twin/experiment/explored.ts'
import { meanOf } from '../../../twin/simulate/distributions.ts'
import { DRAWN } from '../../shared/drawing-style.ts'
import { text, useText } from '../../shared/language.ts'
import { valueText } from '../numbers.ts'
import type { Outcome } from './outcome.ts'
import drawn from './pathway-tab.module.css'
import type { ReadyModel } from './use-what-if.ts'
import styles from './what-if.module.css'

interface Overlays {
  add(element: string, overlay: { position: Record<string, number>; html: HTMLElement }): string
  clear(): void
}
interface Registry {
  get(id: string): unknown
}

interface Time {
  element: string
  name: string
  waitBase: number | null
  waitChanged: number | null
  workMinutes: number | null
}

const timesOf = (model: ReadyModel, outcome: Outcome, pathway: string): Time[] => {
  const program = model.programs.flatMap(([, each]) => each).find(({ process }) => process === pathway)!
  const waits = new Map(outcome.rows.map((row) => [row.measure, row]))
  return program.nodes.flatMap((node) => {
    const row = waits.get(`${pathway}.${node.id}.waitMinutesMean`)
    const workMinutes = node.duration ? meanOf(node.duration) / 60_000 : null
    if (!row && workMinutes === null) return []
    return [
      {
        element: node.id,
        name: node.name || node.id,
        waitBase: row?.base.mean ?? null,
        waitChanged: row?.changed?.mean ?? null,
        workMinutes,
      },
    ]
  })
}

interface PathwayTabProps {
  model: ReadyModel
  outcome: Outcome
  at: string | undefined
  onAt: (pathway: string) => void
}

export default function PathwayTab({ model, outcome, at, onAt }: PathwayTabProps) {
  const language = useText()
  const pathways = [...new Map(waitingElementsOf(model).map((each) => [each.pathway, each.pathwayName]))]
  const pathway = pathways.find(([id]) => id === at)?.[0] ?? pathways[0]?.[0]
  if (pathway === undefined) return null
  const file = model.sent.programs.find(([, each]) => each.some(({ process }) => process === pathway))![0]
  const times = timesOf(model, outcome, pathway)
  const minutes = (value: number | null) => (value === null ? '–' : valueText('x.waitMinutesMean', value, language))
  return (
    <Stack gap="md">
      <SegmentedControl
        size="xs"
        aria-label={text('pathwayTime.which')}
        data={pathways.map(([value, label]) => ({ value, label }))}
        value={pathway}
        onChange={onAt}
        style={{ alignSelf: 'start' }}
      />
      <p className="quiet">{text('pathwayTime.lead')}</p>
      <Drawing xml={model.drawings[file] ?? ''} times={times} label={text('pathwayTime.drawing')} minutes={minutes} />
      <table className={styles.numbers}>
        <thead>
          <tr>
            <th scope="col">{text('pathwayTime.step')}</th>
            <th scope="col">{text('pathwayTime.work')}</th>
            <th scope="col">{text('pathwayTime.waitBase')}</th>
            <th scope="col">{text('pathwayTime.waitChanged')}</th>
          </tr>
        </thead>
        <tbody>
          {times.map(({ element, name, workMinutes, waitBase, waitChanged }) => (
            <tr key={element}>
              <td>{name}</td>
              <td>{minutes(workMinutes)}</td>
              <td>{minutes(waitBase)}</td>
              <td>{minutes(waitChanged)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Stack>
  )
}

interface DrawingProps {
  xml: string
  times: Time[]
  label: string
  minutes: (value: number | null) => string
}

function Drawing({ xml, times, label, minutes }: DrawingProps) {
  const container = useRef<HTMLElement>(null)
  const viewer = useRef<NavigatedViewer | null>(null)
  const shown = useRef<() => void>(() => {})
  shown.current = () => viewer.current && showTimes(viewer.current, times, minutes)
  useEffect(() => {
    const made = new NavigatedViewer({
      ...DRAWN,
      container: container.current!,
      zoomScroll: { enabled: false },
    } as ConstructorParameters<typeof NavigatedViewer>[0])
    let gone = false
    void made.importXML(xml).then(() => {
      if (gone) return
      made.get<{ zoom(scale: string, centre: string): void }>('canvas').zoom('fit-viewport', 'auto')
      viewer.current = made
      shown.current()
    })
    return () => {
      gone = true
      viewer.current = null
      made.destroy()
    }
  }, [xml])
  useEffect(() => shown.current())
  return <section ref={container} className={drawn.drawing} aria-label={label} />
}

/** A bar above each element: what is waited, as long as it is long. */
const showTimes = (viewer: NavigatedViewer, times: Time[], minutes: (value: number | null) => string): void => {
  const overlays = viewer.get<Overlays>('overlays')
  const registry = viewer.get<Registry>('elementRegistry')
  overlays.clear()
  const most = Math.max(1, ...times.map(({ waitBase, waitChanged }) => waitChanged ?? waitBase ?? 0))
  for (const { element, waitBase, waitChanged } of times) {
    const wait = waitChanged ?? waitBase
    if (wait === null || !registry.get(element)) continue
    const html = document.createElement('div')
    html.className = drawn.wait!
    html.style.setProperty('--share', String(Math.sqrt(wait / most)))
    html.textContent = minutes(wait)
    overlays.add(element, { position: { bottom: -4, left: 0 }, html })
  }
}
