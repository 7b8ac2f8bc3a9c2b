// Goal: the three times of the surgical checklist are found among forms, and refuse a Go that nobody verified. Method: the library's own forms.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checklistProblems, safetyChecklistOf } from '../../../pathways/language/safety-checklist.ts'

const form = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../pathways/library/surgery/forms/${name}.form`, import.meta.url), 'utf8'))

describe('safety checklists', () => {
  it.each([
    ['checklist-induction', 6, 'pauseInduction', 'inductionNote'],
    ['checklist-incision', 3, 'pauseIncision', 'incisionNote'],
    ['checklist-exit', 6, 'pauseExit', 'exitNote'],
  ])('%s is one', (name, points, decisionKey, reasonKey) => {
    const checklist = safetyChecklistOf(form(name))!
    expect(checklist.items).toHaveLength(points)
    expect(checklist).toMatchObject({ decisionKey, reasonKey, goLabel: 'Go' })
    expect(checklist.noGoLabel).toContain('No-Go')
    expect(checklist.title).toContain('Check-list HAS')
  })

  it('other forms are none, and are not judged as one', () => {
    expect(safetyChecklistOf(form('transport'))).toBeNull()
    expect(safetyChecklistOf(null)).toBeNull()
    expect(checklistProblems(form('transport'), {})).toEqual([])
  })

  it('refuse a Go with a point left open, and a No-Go without its reason', () => {
    const incision = form('checklist-incision')
    const verified = ['crossCheck', 'information', 'antibiotics']
    expect(checklistProblems(incision, { pauseIncision: 'Go', incisionItems: verified })).toEqual([])
    expect(checklistProblems(incision, { pauseIncision: 'Go', incisionItems: verified.slice(1) })).toMatchObject([
      { key: 'incisionItems', rule: 'unverified' },
    ])
    expect(checklistProblems(incision, { pauseIncision: 'No-Go', incisionNote: ' ' })).toMatchObject([{ key: 'incisionNote' }])
    expect(checklistProblems(incision, { pauseIncision: 'No-Go', incisionNote: 'Antibiotique non fait' })).toEqual([])
  })
})
