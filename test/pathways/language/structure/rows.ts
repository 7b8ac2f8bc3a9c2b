/** Tables of the rules of BPMN 2.0.2: a model that breaks one, and its legal twin. */
import { describe, expect, it } from 'vitest'
import { compile } from '../../../../pathways/language/compile.ts'

/** A rule, its section of BPMN 2.0.2, the element that breaks it, a model that does, and one that is like it and legal. */
export type Row = [rule: string, section: string, element: string, illegal: string, legal: string]

const errorsOf = (bpmn: string) =>
  compile({ bpmn }).then(({ findings }) =>
    findings.filter(({ severity }) => severity === 'error').map(({ rule, element, message }) => ({ rule, element, message })),
  )

/** Every illegal model is refused by its rule and element, in two languages; every legal twin is not refused at all. */
export const holdRules = (title: string, rows: Row[]) =>
  describe(title, () => {
    it.each(rows)('%s (%s): %s is refused', async (rule, _, element, illegal) => {
      const { findings } = await compile({ bpmn: illegal })
      const found = findings.find((finding) => finding.rule === rule && finding.element === element)
      expect(found ?? findings).toMatchObject({ rule, element, severity: 'error' })
      expect(found!.french.message).not.toBe(found!.message)
      expect(found!.help && found!.french.help).toBeTruthy()
    })

    it.each(rows)('%s (%s): the twin of %s is legal', async (_rule, _section, _element, _illegal, legal) => {
      expect(await errorsOf(legal)).toEqual([])
    })
  })
