/** The answer in words, before any chart: what was asked, what is known of it, whether the targets hold. */
import '@mantine/core/styles/Progress.css'
import { Badge, Group, Progress } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconEqual, IconHelpCircle } from '@tabler/icons-react'
import { text, useText } from '../../shared/language.ts'
import { measureText, valueText } from '../numbers.ts'
import { movedPhrases } from './lever-words.ts'
import type { LeverValues } from './levers.ts'
import { effectOf } from './numbers-table.tsx'
import type { Outcome, Word } from './outcome.ts'
import type { ReadyModel } from './use-what-if.ts'
import styles from './what-if.module.css'

const ICONS: Record<Word, typeof IconEqual> = {
  'nothing-moved': IconHelpCircle,
  'too-few': IconHelpCircle,
  'no-difference': IconEqual,
  kept: IconCircleCheck,
  worse: IconAlertTriangle,
  undecided: IconAlertTriangle,
  missed: IconAlertTriangle,
}

interface AnswerProps {
  model: ReadyModel
  values: LeverValues
  outcome: Outcome
  asked: number
  firstAnswerMs: number | null
}

export function Answer({ model, values, outcome, asked, firstAnswerMs }: AnswerProps) {
  const language = useText()
  const phrases = movedPhrases(model, values, language)
  const Icon = ICONS[outcome.word]
  const isMoved = phrases.length > 0
  return (
    <section className={styles.panel} aria-label={text('whatIf.answer')}>
      <h2 className={styles.title}>{isMoved ? text('whatIf.asked', { what: phrases.join(' ; ') }) : model.scenario.name}</h2>
      {isMoved ? null : <p className="quiet">{model.scenario.note}</p>}
      <Group gap={8} wrap="nowrap" align="flex-start" aria-live="polite" mt={6}>
        <Icon size={24} stroke={1.8} aria-hidden className={styles.saidIcon} data-word={outcome.word} />
        <p className={styles.said} data-word={outcome.word}>
          {outcome.earlyDays === null
            ? text(`whatIf.said.${outcome.word}`)
            : text('whatIf.said.early', { days: outcome.earlyDays })}
        </p>
      </Group>
      <Differences outcome={outcome} model={model} />
      <Targets outcome={outcome} model={model} isMoved={isMoved} />
      <Group gap="sm" mt="sm" className={styles.state}>
        <span data-testid="replications">
          {text('whatIf.replications', { count: outcome.replications, of: asked })}
          {' · '}
          {text('whatIf.samePatients', { confidence: Math.round(model.scenario.confidence * 100) })}
        </span>
        {outcome.replications < asked ? (
          <Progress
            value={(outcome.replications / asked) * 100}
            w={120}
            size="sm"
            animated
            aria-label={text('whatIf.refining')}
          />
        ) : null}
        {firstAnswerMs !== null ? (
          <Badge variant="light" size="sm" tt="none" data-testid="first-answer">
            {text('whatIf.firstAnswer', {
              seconds: new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(
                firstAnswerMs / 1000,
              ),
            })}
          </Badge>
        ) : null}
      </Group>
    </section>
  )
}

const NAMED_MAX = 3

/** The differences that matter most, each with its interval; what it costs or saves. */
function Differences({ outcome, model }: { outcome: Outcome; model: ReadyModel }) {
  const language = useText()
  const seen = outcome.rows.filter(
    (row) => ['worse', 'better'].includes(effectOf(row)) && /Minutes|Share|PerDay/.test(row.measure),
  )
  const worst = [...seen].sort((one, other) => relative(other) - relative(one)).slice(0, NAMED_MAX)
  const cost = outcome.rows.find(({ measure, difference }) => measure === 'cost' && difference?.isDetectable)
  const said = [...worst, ...(cost ? [cost] : [])]
  if (said.length === 0 || outcome.replications < 2) return null
  return (
    <ul className={styles.differences} aria-label={text('whatIf.differences')}>
      {said.map((row) => {
        const { measure, difference } = row
        const { mean, low, high } = difference!
        return (
          <li key={measure} data-effect={effectOf(row)}>
            <strong>{valueText(measure, mean, language, true)}</strong>
            <span>{measureText(measure, model)}</span>
            <small className="quiet">
              {text('numbers.interval', {
                low: valueText(measure, low, language, true),
                high: valueText(measure, high, language, true),
              })}
            </small>
          </li>
        )
      })}
    </ul>
  )
}

const relative = ({ base, difference }: Outcome['rows'][number]): number =>
  Math.abs(difference!.mean) / (Math.abs(base.mean) + 1e-9)

function Targets({ outcome, model, isMoved }: { outcome: Outcome; model: ReadyModel; isMoved: boolean }) {
  const language = useText()
  if (outcome.targets.length === 0) return null
  return (
    <ul className={styles.targets} aria-label={text('whatIf.targets')}>
      {outcome.targets.map((target, index) => {
        const { measure, below, above, mean, low, high, isMet } = target
        const before = outcome.baseTargets[index]!
        return (
          <li key={measure} className={styles.target} data-met={String(isMet)}>
            <span>{measureText(measure, model)}</span>
            <span>
              <strong>{valueText(measure, mean, language)}</strong>{' '}
              {outcome.replications > 1 ? (
                <span className="quiet">
                  {text('numbers.interval', { low: valueText(measure, low, language), high: valueText(measure, high, language) })}
                </span>
              ) : null}
            </span>
            <span className="quiet">
              {below === undefined
                ? text('target.above', { limit: valueText(measure, above ?? 0, language) })
                : text('target.below', { limit: valueText(measure, below, language) })}
              {isMoved ? ` · ${text('target.before', { value: valueText(measure, before.mean, language) })}` : ''}
            </span>
            <span>{text(isMet === null ? 'target.undecided' : isMet ? 'target.met' : 'target.missed')}</span>
          </li>
        )
      })}
    </ul>
  )
}
