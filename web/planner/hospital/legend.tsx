/** What colours and shapes say, each with its word. */
import { Text } from '@mantine/core'
import type { TintKind } from '../../../twin/view/agents.ts'
import type { Heat, HeatKind } from '../../../twin/view/heat.ts'
import { HEAT, PATHWAY_COLOURS, PATHWAY_TINTS, ROLE_COLOURS, UnitColour, URGENCY_COLOURS } from '../../../twin/view/palette.ts'
import { UNIT_STATES } from '../../../twin/view/unit-state.ts'
import { text, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import classes from './hospital.module.css'

const css = (colour: number): string => `#${colour.toString(16).padStart(6, '0')}`
/** By `Role`, as the plan draws them. */
const SHAPES = ['circle', 'square', 'triangle', 'lozenge', 'ring', 'bar'] as const
const ROLES = ['patient', 'nurse', 'physician', 'porter', 'cleaner', 'cart'] as const
const STATES = UNIT_STATES

interface LegendProps {
  tint: TintKind
  /** By index: what colours tell apart when they tell pathways. */
  pathways: string[]
}

export function Legend({ tint, pathways }: LegendProps) {
  useText()
  const names = useNames()
  const colours =
    tint === 'urgency'
      ? URGENCY_COLOURS.map((colour, urgency) => ({ colour, word: text(`hospital.urgency.${urgency as 0}`) }))
      : pathways.map((id, index) => ({ colour: PATHWAY_COLOURS[index % PATHWAY_TINTS]!, word: names.pathway(id) }))
  return (
    <div className={classes.legend}>
      <ul>
        {ROLES.map((role, index) => (
          <li key={role}>
            <Sign shape={SHAPES[index]!} colour={css(ROLE_COLOURS[index]!)} />
            {text(`hospital.role.${role}`)}
          </li>
        ))}
      </ul>
      <Text size="xs" className="quiet">
        {text(`hospital.tint.${tint}`)}
      </Text>
      <ul>
        {colours.map(({ colour, word }) => (
          <li key={word}>
            <Sign shape="circle" colour={css(colour)} />
            {word}
          </li>
        ))}
        <li>
          <Sign shape="diamond" colour="transparent" />
          {text('hospital.waits')}
        </li>
      </ul>
      <Text size="xs" className="quiet">
        {text('hospital.places')}
      </Text>
      <ul>
        {STATES.map((state) => (
          <li key={state}>
            <Sign shape="square" colour={css(UnitColour[state])} />
            {text(`hospital.unit.${state}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What the colours of rooms say, beside where they are chosen. */
export function HeatScale({ heat, kind }: { heat: Heat; kind: HeatKind }) {
  const language = useText()
  return (
    <div>
      <Text size="xs" className="quiet">
        {text(`hospital.heatUnit.${kind}`)}
      </Text>
      <div className={classes.scale} style={{ background: `linear-gradient(90deg, ${HEAT.map(css).join(', ')})` }} />
      <div className={classes.ends}>
        <span>0</span>
        <span>{heat.most.toLocaleString(language, { maximumFractionDigits: 1 })}</span>
      </div>
    </div>
  )
}

function Sign({ shape, colour }: { shape: (typeof SHAPES)[number] | 'diamond'; colour: string }) {
  return (
    <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden>
      <g fill={colour} stroke="var(--ink-quiet)" strokeWidth="1">
        {shape === 'circle' ? <circle r="5" /> : null}
        {shape === 'square' ? <rect x="-5" y="-5" width="10" height="10" rx="1" /> : null}
        {shape === 'triangle' ? <path d="M0 -6 L6 5 L-6 5 Z" /> : null}
        {shape === 'lozenge' ? <path d="M0 -6 L6 0 L0 6 L-6 0 Z" /> : null}
        {shape === 'ring' ? <circle r="4" fill="none" strokeWidth="3" stroke={colour} /> : null}
        {shape === 'bar' ? <rect x="-3" y="-6" width="6" height="12" /> : null}
        {shape === 'diamond' ? <path d="M0 -6 L4 0 L0 6 L-4 0 Z" fill="var(--ink-quiet)" /> : null}
      </g>
    </svg>
  )
}
