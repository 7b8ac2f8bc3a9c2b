// Goal: each built-in function of the engine is offered with its parameters and a word of help, in both languages. Method: the list alone.
import { expect, it } from 'vitest'
import { functionNames } from '../../../pathways/language/feel/names.ts'
import { offeredFunctions } from '../../../web/designer/feel/functions.ts'
import { FUNCTION_HELP } from '../../../web/designer/feel/help.ts'

it('helps with each function there is, and no other', () => {
  expect(Object.keys(FUNCTION_HELP).sort()).toEqual([...functionNames].sort())
})

it('offers each form of a function', () => {
  const forms = offeredFunctions('fr').filter(({ name }) => name === 'substring')
  expect(forms.map(({ params }) => params.map(({ name }) => name))).toEqual([
    ['string', 'start position'],
    ['string', 'start position', 'length'],
  ])
  expect(forms[0]!.info).toBe('Un morceau d’un texte, à partir d’une position (la première est 1)')
})
