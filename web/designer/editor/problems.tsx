/** What there is to say about the drawing, in words: whether it can be published, whether it is proven, and each thing against it. */
import { Button, Loader, Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronUp,
  IconCircleCheck,
  IconCircleX,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { text } from '../../shared/language.ts'
import { Mark } from '../mark.tsx'
import type { CheckAnswer, SaidFinding } from '../proof/contract.ts'
import classes from './editor.module.css'
import type { Checked } from './use-check.ts'
import { useFindingsShown } from './use-remembered.ts'

interface Props {
  checked: Checked
  /** What an element is called in the drawing. */
  nameOf: (element: string) => string
  onSelect: (element: string) => void
  onPlay: () => void
}

export function Problems({ checked: { answer, isOld, failure }, nameOf, onSelect, onPlay }: Props) {
  const [isShown, setShown] = useFindingsShown()
  const findings = answer?.findings ?? []
  const Fold = isShown ? IconChevronDown : IconChevronUp
  return (
    <section className={classes.problems} aria-label={text('check.title')} aria-live="polite" aria-busy={isOld}>
      <div className={classes.verdict}>
        {answer ? <Verdict answer={answer} /> : null}
        {isOld ? <Loader size="xs" aria-label={text('check.running')} /> : null}
        {failure ? <Text size="sm">{failure}</Text> : null}
        {answer?.counterexample ? (
          <Button size="compact-sm" variant="light" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={onPlay}>
            {text('check.play')}
          </Button>
        ) : null}
        {findings.length > 0 ? (
          <Button
            className={classes.fold}
            size="compact-sm"
            variant="subtle"
            aria-expanded={isShown}
            rightSection={<Fold size={14} aria-hidden />}
            onClick={() => setShown(!isShown)}
          >
            {text('check.remarks', { count: findings.length })}
          </Button>
        ) : null}
      </div>
      {isShown && findings.length > 0 ? (
        <ul className={classes.findings}>
          {findings.map((finding) => (
            <li key={`${finding.rule} ${finding.element} ${finding.message}`}>
              <Finding finding={finding} name={finding.element ? nameOf(finding.element) : ''} onSelect={onSelect} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

interface FindingProps {
  finding: SaidFinding
  name: string
  onSelect: (element: string) => void
}

function Finding({ finding: { severity, element, message, help }, name, onSelect }: FindingProps) {
  return (
    <button type="button" className={classes.finding} onClick={() => onSelect(element)}>
      {severity === 'error' ? (
        <IconCircleX size={16} className={classes.errorIcon} aria-label={text('check.error')} />
      ) : (
        <IconAlertTriangle size={16} className={classes.warningIcon} aria-label={text('check.warning')} />
      )}
      <span>
        {name && !message.includes(name) ? <strong>{name} </strong> : null}
        {message} <span className="quiet">{help}</span>
      </span>
    </button>
  )
}

function Verdict({ answer }: { answer: CheckAnswer }) {
  const errors = answer.findings.filter(({ severity }) => severity === 'error').length
  const isGood = answer.executable && answer.sound !== false
  const said =
    errors > 0 ? text('check.errors', { count: errors }) : answer.executable ? text('check.executable') : text('check.drawing')
  return (
    <>
      <Mark
        tone={isGood ? 'good' : 'bad'}
        large
        icon={isGood ? <IconCircleCheck size={14} aria-hidden /> : <IconCircleX size={14} aria-hidden />}
      >
        {said}
      </Mark>
      {answer.verdict.length > 0 ? (
        <Text size="sm" className={classes.proof}>
          {answer.verdict.join(' ; ')}
          {answer.sound ? <span className="quiet"> · {text('check.states', { count: answer.states })}</span> : null}
        </Text>
      ) : null}
    </>
  )
}
