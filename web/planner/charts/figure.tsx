/** What every chart has: a title that says what is seen, the drawing, the same as a table, and the drawing as a file. */
import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useRef } from 'react'
import { text } from '../../shared/language.ts'
import { saveAs } from '../export/save.ts'
import { svgText } from '../export/svg.ts'
import styles from './chart.module.css'

export interface FigureTable {
  head: string[]
  rows: (string | number)[][]
}

interface FigureProps {
  title: string
  lead?: ReactNode
  /** What whoever does not see it is told. */
  label: string
  height: number
  table: FigureTable
  /** Of the file. */
  name: string
  children: (width: number) => ReactNode
}

export function Figure({ title, lead, label, height, table, name, children }: FigureProps) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const drawing = useRef<SVGSVGElement>(null)
  return (
    <figure className={styles.figure}>
      <figcaption>
        <div className={styles.title}>{title}</div>
        {lead ? <div className={styles.lead}>{lead}</div> : null}
      </figcaption>
      <div ref={ref}>
        {width > 0 ? (
          <svg ref={drawing} viewBox={`0 0 ${width} ${height}`} height={height} role="img" aria-label={label}>
            {children(width)}
          </svg>
        ) : (
          <div style={{ height }} />
        )}
      </div>
      <div className={styles.foot}>
        <details>
          <summary>{text('chart.table')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too */}
          <section className={styles.table} tabIndex={0} aria-label={title}>
            <Rows table={table} />
          </section>
        </details>
        <button
          type="button"
          className={styles.save}
          onClick={() => drawing.current && saveAs(`${name}.svg`, 'image/svg+xml', svgText(drawing.current, title))}
        >
          SVG<span className="visually-hidden"> · {title}</span>
        </button>
      </div>
    </figure>
  )
}

function Rows({ table: { head, rows } }: { table: FigureTable }) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((each) => (
            <th key={each} scope="col">
              {each}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row[0]}>
            {row.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells stand by column
              <td key={column}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
