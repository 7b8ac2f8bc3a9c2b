/** The lines of a chart at its ticks, each with its value at the left. */
import styles from './chart.module.css'

interface GridProps {
  ticks: number[]
  y: (value: number) => number
  left: number
  right: number
  say?: (value: number) => string
}

export const Grid = ({ ticks, y, left, right, say = String }: GridProps) =>
  ticks.map((tick) => (
    <g key={tick}>
      <line className={styles.grid} x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
      <text x={left - 8} y={y(tick) + 4} textAnchor="end">
        {say(tick)}
      </text>
    </g>
  ))
