// Goal: what breaks a rule of the standard is refused, what does not is not. Method: every illegal file of the table by its rule and element, in two languages; its legal twin without an error.
import { describe, expect, it } from 'vitest'
import { compile } from '../../pathways/language/compile.ts'
import { illegal } from './illegal/index.ts'

const errorsOf = (bpmn: string) =>
  compile({ bpmn }).then(({ findings }) =>
    findings.filter(({ severity }) => severity === 'error').map(({ rule, element, message }) => ({ rule, element, message })),
  )

describe.each(Object.entries(illegal))('%s', (_, rows) => {
  it.each(rows)('%s (%s): %s is refused', async (rule, _section, element, model) => {
    const { findings } = await compile({ bpmn: model })
    const found = findings.find((finding) => finding.rule === rule && finding.element === element)
    expect(found ?? findings).toMatchObject({ rule, element, severity: 'error' })
    expect(found!.french.message).not.toBe(found!.message)
    expect(found!.help && found!.french.help).toBeTruthy()
  })

  it.each(rows)('%s (%s): the twin of %s is legal', async (_rule, _section, _element, _illegal, legal) => {
    expect(await errorsOf(legal)).toEqual([])
  })
})
