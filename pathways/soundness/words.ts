/** What a verdict says to people, in both languages. */
import type { Language } from '../language/finding.ts'
import type { CollaborationVerdict, Verdict } from './prove.ts'

const WORDS = {
  sound: {
    en: 'sound: it can always end, properly, and every activity can happen',
    fr: 'sain : il peut toujours finir, proprement, et chaque activité peut avoir lieu',
  },
  notProven: { en: 'not proven: there are more than {states} states', fr: 'non démontré : il y a plus de {states} états' },
  unbounded: {
    en: 'tokens can gather without end: what comes after is not looked at',
    fr: 'des jetons peuvent s’accumuler sans fin : ce qui vient après n’est pas examiné',
  },
  unsoundAnyway: {
    en: 'so it is not sound: what has gathered would have to end by itself, and would reach an end more than once',
    fr: 'il n’est donc pas sain : ce qui s’accumule devrait finir par lui-même, et atteindrait une fin plus d’une fois',
  },
  optionToComplete: { en: 'it can get stuck', fr: 'il peut rester bloqué' },
  properCompletion: {
    en: 'an end can be reached by two tokens: a path goes on after the end, or twice',
    fr: 'une fin peut être atteinte par deux jetons : un chemin continue après la fin, ou passe deux fois',
  },
  deadActivities: { en: 'never happens: {ids}', fr: 'n’a jamais lieu : {ids}' },
  safe: { en: 'two tokens can be at one place at once', fr: 'deux jetons peuvent être au même endroit en même temps' },
  messageSound: { en: 'a message can be left unread', fr: 'un message peut rester sans être lu' },
} satisfies Record<string, Record<Language, string>>

/** One sentence for each thing that is so; the first says whether it is sound. */
export function verdictWords(verdict: Verdict | CollaborationVerdict, language: Language): string[] {
  const { sound, states, complete, safe, optionToComplete, properCompletion, deadActivities } = verdict
  const say = (key: keyof typeof WORDS, values: Record<string, string> = {}) =>
    WORDS[key][language].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  return [
    ...(sound ? [say('sound')] : []),
    ...(complete ? [] : [verdict.unbounded ? say('unbounded') : say('notProven', { states: String(states) })]),
    ...(sound === false && verdict.unbounded && optionToComplete === null && properCompletion === null
      ? [say('unsoundAnyway')]
      : []),
    ...(optionToComplete === false ? [say('optionToComplete')] : []),
    ...(properCompletion === false ? [say('properCompletion')] : []),
    ...(deadActivities?.length ? [say('deadActivities', { ids: deadActivities.join(', ') })] : []),
    ...(safe === false ? [say('safe')] : []),
    ...('messageSound' in verdict && verdict.messageSound === false && sound ? [say('messageSound')] : []),
  ]
}
