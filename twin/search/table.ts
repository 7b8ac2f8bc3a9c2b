/** A search's results for a person to read, in French or English. */
import type { Language } from '../../pathways/language/finding.ts'
import { aligned, digits, percent } from '../experiment/table.ts'
import { type FoundCurve, type FoundDesigns, type FoundTornado, textOf as plainText, type SearchResults } from './results.ts'
import type { DesignResult } from './verdict.ts'

const WORDS = {
  en: {
    colon: ':',
    to: 'to',
    designs: (count: number) => `${count} designs`,
    replications: (count: number) => `${count} replications`,
    interval: (share: number) => `${share} % interval`,
    best: 'best',
    perhaps: 'best so far: not sure to keep the constraints',
    none: 'no design keeps the constraints',
    undecided: 'the budget was spent before one was left: those in the race are not told apart',
    probability: (share: number) => `with a probability of about ${share} %`,
    heads: { cost: 'cost', objective: 'objective', kept: 'constraints', mayBe: 'may be best', pareto: 'Pareto', count: 'n' },
    kept: { yes: 'kept', no: 'not kept', perhaps: 'not decided' },
    yes: 'yes',
    oneIn: '1 in',
    tornado: ['factor', 'swing', 'low', 'difference', 'interval', 'high', 'difference', 'interval'],
    asIs: 'as it is',
  },
  fr: {
    colon: ' :',
    to: 'à',
    designs: (count: number) => `${count} configurations`,
    replications: (count: number) => `${count} réplications`,
    interval: (share: number) => `intervalle à ${share} %`,
    best: 'la meilleure',
    perhaps: 'la meilleure à ce stade, sans certitude que les contraintes soient respectées',
    none: 'aucune configuration ne respecte les contraintes',
    undecided: 'le budget est épuisé avant qu’il n’en reste qu’une : celles qui restent ne se distinguent pas',
    probability: (share: number) => `avec une probabilité d’environ ${share} %`,
    heads: {
      cost: 'coût',
      objective: 'objectif',
      kept: 'contraintes',
      mayBe: 'peut-être la meilleure',
      pareto: 'Pareto',
      count: 'n',
    },
    kept: { yes: 'respectées', no: 'non respectées', perhaps: 'indécis' },
    yes: 'oui',
    oneIn: '1 sur',
    tornado: ['facteur', 'amplitude', 'bas', 'différence', 'intervalle', 'haut', 'différence', 'intervalle'],
    asIs: 'en l’état',
  },
} satisfies Record<Language, unknown>

/** Designs that are listed; all are in the files. */
const LINES_MAX = 30

export const tableOfSearch = (results: SearchResults, language: Language): string => {
  const words = WORDS[language]
  const title = `${results.name || results.scenario}${words.colon} ${results.method}, `
  const lines =
    'designs' in results ? designs(results, language) : 'bars' in results ? tornado(results, language) : shown(results, language)
  const counted = 'designs' in results ? `${words.designs(results.designs.length)}, ` : ''
  return `${[`${title}${counted}${words.replications(results.replications)}`, '', ...lines].join('\n')}\n`
}

const shown = (results: FoundCurve, language: Language): string[] =>
  results.method === 'curve' ? curve(results, language) : twoWay(results, language)

const designs = (results: FoundDesigns, language: Language): string[] => {
  const words = WORDS[language]
  const number = (value: number) => digits(value, language)
  const hasCost = results.designs.some(({ cost }) => cost !== 0)
  const isConstrained = results.constraints.length > 0
  const kept = (isFeasible: boolean | null) =>
    isFeasible === null ? words.kept.perhaps : isFeasible ? words.kept.yes : words.kept.no
  const head = [
    '',
    ...results.factors.map(({ name }) => name),
    ...(hasCost ? [words.heads.cost] : []),
    words.heads.objective,
    words.interval(results.confidence * 100),
    ...results.constraints.map(({ measure }) => measure),
    ...(isConstrained ? [words.heads.kept] : []),
    words.heads.mayBe,
    words.heads.pareto,
    words.heads.count,
  ]
  const row = ({
    design,
    settings,
    cost,
    objective,
    constraints,
    isFeasible,
    mayBeBest,
    isPareto,
    replications,
  }: DesignResult) => [
    design === results.best ? '*' : ' ',
    ...settings.map(({ value }) => textOf(value, language)),
    ...(hasCost ? [number(cost)] : []),
    number(objective.mean),
    `${number(objective.low)} ${words.to} ${number(objective.high)}`,
    ...constraints.map(({ mean, held }) => (held ? `${percent(held.share)} %` : number(mean))),
    ...(isConstrained ? [kept(isFeasible)] : []),
    mayBeBest ? words.yes : '',
    isPareto ? words.yes : '',
    String(replications),
  ]
  const rows = results.designs.slice(0, LINES_MAX).map(row)
  return [...bestIn(results, language), '', ...aligned([head, ...rows]), ...(results.designs.length > LINES_MAX ? ['…'] : [])]
}

const bestIn = (results: FoundDesigns, language: Language): string[] => {
  const words = WORDS[language]
  const best = results.designs.find(({ design }) => design === results.best)
  if (!best) return [words.none]
  const settings = best.settings.map(({ name, value }) => `${name} ${textOf(value, language)}`).join(', ')
  const sure = results.probabilityOfBest === undefined ? '' : `, ${words.probability(percent(results.probabilityOfBest))}`
  return [
    `${best.isFeasible ? words.best : words.perhaps}${words.colon} ${settings}${sure}`,
    ...(results.race && !results.race.isDecided && results.isComplete ? [words.undecided] : []),
  ]
}

const curve = ({ points, factors, confidence }: FoundCurve, language: Language): string[] => {
  const words = WORDS[language]
  const number = (value: number) => digits(value, language)
  return (points[0]?.measures ?? []).flatMap(({ name }, place) => {
    const isShare = name.endsWith('Share')
    const rows = points.map(({ settings, measures }) => {
      const { mean, low, high, oneIn } = measures[place]!
      return [
        textOf(settings[0]!.value, language),
        number(mean),
        `${number(low)} ${words.to} ${number(high)}`,
        ...(isShare ? [oneIn === null ? '' : `${words.oneIn} ${number(Math.round(oneIn * 10) / 10)}`] : []),
      ]
    })
    return [
      '',
      ...aligned([[factors[0]!.name, name, words.interval(confidence * 100), ...(isShare ? [''] : [])], ...rows]),
    ].slice(place === 0 ? 1 : 0)
  })
}

/** Means, the first factor downwards and the second across. */
const twoWay = ({ points, factors }: FoundCurve, language: Language): string[] => {
  const [down, across] = factors as [(typeof factors)[number], (typeof factors)[number]]
  return (points[0]?.measures ?? []).flatMap(({ name }, place) => {
    const rows = down.values.map((value, row) => [
      textOf(value, language),
      ...across.values.map((_, column) => digits(points[row * across.values.length + column]!.measures[place]!.mean, language)),
    ])
    return [
      ...(place > 0 ? [''] : []),
      name,
      ...aligned([[`${down.name} \\ ${across.name}`, ...across.values.map((value) => textOf(value, language))], ...rows]),
    ]
  })
}

const tornado = ({ bars, base }: FoundTornado, language: Language): string[] => {
  const words = WORDS[language]
  const number = (value: number, signed = false) => digits(value, language, signed)
  return base.flatMap(({ name, mean }, place) => {
    const rows = bars
      .filter(({ measure }) => measure === name)
      .map(({ factor, swing, low, high }) => [
        factor,
        number(swing),
        ...[low, high].flatMap(({ value, difference }) => [
          textOf(value, language),
          number(difference.mean, true),
          `${number(difference.low)} ${words.to} ${number(difference.high)}`,
        ]),
      ])
    return [
      ...(place > 0 ? [''] : []),
      `${name}, ${words.asIs}${words.colon} ${number(mean)}`,
      ...aligned([words.tornado, ...rows]),
    ]
  })
}

/** A value of a factor: a number as the language writes it, all its digits. */
const textOf = (value: unknown, language: Language): string =>
  typeof value === 'number' && language === 'fr' ? String(value).replace('.', ',') : plainText(value)
