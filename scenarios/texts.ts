/** A hospital's names and places in another language, as they are after expansion: with the numbers of units and rooms. */
import type { z } from 'zod'
import type { Say } from '../pathways/language/texts.ts'
import { expandResources, ROOM } from '../twin/hospital/expand.ts'
import type { HospitalFile } from '../twin/hospital/schema.ts'

type Hospital = z.infer<typeof HospitalFile>

/** The hospital as its own file would be in that language. */
export function translateHospital(hospital: Hospital, say: Say): Hospital {
  return {
    ...hospital,
    site: { ...hospital.site, name: say(hospital.site.name) },
    pools: hospital.pools.map(({ units, ...pool }) => ({
      ...pool,
      name: say(pool.name),
      ...(units ? { units: units.map((group) => ({ ...group, name: say(group.name), place: say(group.place) })) } : {}),
    })),
  }
}

/** From every name and place of the expanded hospital to its translation. @param words from each text of the file to its translation. */
export function expandTexts(hospital: Hospital, words: Record<string, string>): Record<string, string> {
  const say = (text: string) => words[text] ?? text
  const own = expandResources(hospital)
  const translated = expandResources(translateHospital(hospital, say), say(ROOM))
  const pairs = own.units.flatMap(({ name, place }, index) => {
    const there = translated.units[index]!
    return [[name, there.name] as const, [place, there.place] as const]
  })
  return { ...words, ...Object.fromEntries(pairs) }
}
