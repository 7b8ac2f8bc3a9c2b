import { describe, expect, it } from 'vitest'
import { hasRightInsKey, insKey } from '../../../pathways/identity/ins.ts'

describe('the key of an INS', () => {
  it.each([
    ['2790351215189', '89'],
    ['2740751760794', '30'],
    // FR Core's own example carries 44: its key is wrong.
    ['1234567890122', '12'],
    ['2550814168025', '38'],
  ])('of %s is %s', (number, key) => {
    expect(insKey(number)).toBe(key)
    expect(hasRightInsKey(number + key)).toBe(true)
  })

  it('counts Corsica as 19 and 18', () => {
    expect(insKey('180032A004001')).toBe(insKey('1800319004001'))
    expect(insKey('180032B033001')).toBe(insKey('1800318033001'))
    // The rule is for the department alone: 2A further on is no number.
    expect(() => insKey('18003750042A1')).toThrow(RangeError)
  })

  it('refuses what is not an INS, without repeating it', () => {
    for (const bad of ['', '279035121518', '2790351215189X9', 'A790351215189', '279 0351215189']) {
      expect(hasRightInsKey(bad)).toBe(false)
    }
    expect(hasRightInsKey('123456789012244')).toBe(false)
    expect(() => insKey('secret')).toThrow(/13 digits/)
    expect(() => insKey('secret')).not.toThrow(/secret/)
  })
})
