/** What is wrong with the log of what happened: said before anybody learns from it. */
import { Text, Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { get } from '../../shared/api.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { Shown } from '../../shared/states.tsx'
import styles from '../what-if/what-if.module.css'

export function LogProblemsShown() {
  const language = useText()
  const read = useQuery({ queryKey: ['validation', 'log'], queryFn: () => get('/log/problems') })
  const number = new Intl.NumberFormat(language)
  return (
    <section className={styles.panel} aria-label={text('log.title')}>
      <Title order={3}>{text('log.title')}</Title>
      <Shown read={read} lines={3}>
        {({ facts, runs, items }) => (
          <>
            <Text className="quiet" mb="sm">
              {text('log.lead', { facts: number.format(facts), runs: number.format(runs) })}
            </Text>
            {items.length === 0 ? (
              <Text>
                <IconCircleCheck size={16} aria-hidden /> {text('log.none')}
              </Text>
            ) : (
              <table className={styles.numbers}>
                <thead>
                  <tr>
                    <th scope="col">{text('log.problem')}</th>
                    <th scope="col">{text('log.count')}</th>
                    <th scope="col">{text('log.example')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ kind, count, example, message, remedy }) => (
                    <tr key={kind + message}>
                      <td>
                        {language === 'en' ? message : textOf('logProblem', kind)}
                        <small style={{ whiteSpace: 'normal' }}>{language === 'en' ? remedy : textOf('logRemedy', kind)}</small>
                      </td>
                      <td>{number.format(count)}</td>
                      <td>{example}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </>
        )}
      </Shown>
    </section>
  )
}
