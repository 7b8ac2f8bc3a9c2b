// Goal: what has no command stack of its own can be undone and done again, part by part. Method: the history alone.
import { expect, it } from 'vitest'
import { canGoForth, goBack, goForth, NO_HISTORY, remember } from '../../../web/designer/editor/history.ts'

it('goes back and forth in one part, and leaves the others', () => {
  const changed = remember(remember(remember(NO_HISTORY, 'scenarios', 'a', 0), 'dmn', ['one'], 1_000), 'scenarios', 'b', 2_000)
  const back = goBack(changed, 'scenarios', 'c')!
  expect(back.value).toBe('b')
  const further = goBack(back.history, 'scenarios', back.value)!
  expect(further.value).toBe('a')
  expect(goBack(further.history, 'scenarios', 'a')).toBeNull()
  expect(goBack(further.history, 'dmn', ['two'])!.value).toEqual(['one'])
  const forth = goForth(further.history, 'scenarios', 'a')!
  expect(forth.value).toBe('b')
  expect(goForth(forth.history, 'scenarios', 'b')!.value).toBe('c')
})

it('takes what is typed in one go as one step', () => {
  const typed = [0, 300, 600].reduce((history, at) => remember(history, 'scenarios', `at ${at}`, at), NO_HISTORY)
  expect(goBack(typed, 'scenarios', 'now')).toMatchObject({ value: 'at 0', history: { past: { scenarios: [] } } })
})

it('forgets what was undone when something else is changed', () => {
  const back = goBack(remember(NO_HISTORY, 'dmn', ['a'], 0), 'dmn', ['b'])!
  expect(canGoForth(back.history, 'dmn')).toBe(true)
  expect(canGoForth(remember(back.history, 'dmn', ['a'], 9_000), 'dmn')).toBe(false)
})
