// Goal: no file can crash or hang what reads it. Method: mutations of the library's own files, drawn from PARCOURS_SEED; each ends in findings, never in
// an exception. A sample in `npm test`, 10,000 with PARCOURS_LONG=1.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { compileDecisions } from '../../../pathways/language/dmn/compile.ts'
import { readDmn } from '../../../pathways/language/dmn/read.ts'
import { definitions, process as processOf } from '../../conformance/small-model.ts'

const seed = Number(process.env.PARCOURS_SEED || '7')
const MUTANTS = process.env.PARCOURS_LONG === '1' ? 10_000 : 300
/** However it was mutated, a file of the library is judged within this. */
const MILLISECONDS_MAX = 5_000

const root = fileURLToPath(new URL('../../../pathways/library/', import.meta.url))
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(bpmn|dmn)$/.test(path))
  .sort()
const texts = new Map(files.map((path) => [path, readFileSync(root + path, 'utf8')]))

/** One mutation: where, in thousandths of the places there are, and what goes there. */
type Mutation = (text: string, place: number, other: number) => string

const pick = (text: string, pattern: RegExp, place: number) => {
  const found = [...text.matchAll(pattern)]
  return found[place % Math.max(1, found.length)]
}
const replaced = (text: string, pattern: RegExp, place: number, by: (found: RegExpExecArray) => string) => {
  const found = pick(text, pattern, place)
  return found ? text.slice(0, found.index) + by(found) + text.slice(found.index + found[0].length) : text
}

const mutations: Record<string, Mutation> = {
  truncated: (text, place) => text.slice(0, place % text.length),
  flipped: (text, place, other) => {
    const at = place % text.length
    return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << (other % 7))) + text.slice(at + 1)
  },
  'tag dropped': (text, place) => replaced(text, /<[^>]+>/g, place, () => ''),
  'tag doubled': (text, place) => replaced(text, /<[^>]+>/g, place, ([tag]) => tag + tag),
  'attribute dropped': (text, place) => replaced(text, /\s[\w:]+="[^"]*"/g, place, () => ''),
  'reference rewired': (text, place, other) =>
    replaced(text, /(Ref|default|href|calledElement)="[^"]*"/g, place, ([, name]) => {
      const id = pick(text, /\bid="([^"]*)"/g, other)?.[1] ?? 'gone'
      return `${name}="${name === 'href' ? '#' : ''}${id}"`
    }),
  'id renamed': (text, place) => replaced(text, /\bid="[^"]*"/g, place, () => 'id="renamed"'),
  'number made huge': (text, place) => replaced(text, /\d+/g, place, () => '9'.repeat(400)),
  'comment opened': (text, place) => replaced(text, /></g, place, () => '><!--<'),
  'data made of it': (text, place) => replaced(text, /></g, place, () => '><![CDATA[</a></a>]]><'),
  'instruction put in': (text, place) => replaced(text, /></g, place, () => '><?php </a> ?><'),
  'tags reordered': (text, place, other) => {
    const [first, second] = [pick(text, /<[^>]+>/g, place), pick(text, /<[^>]+>/g, other)].sort(
      (a, b) => (a?.index ?? 0) - (b?.index ?? 0),
    )
    if (!first || !second || first.index === second.index) return text
    const between = text.slice(first.index + first[0].length, second.index)
    return text.slice(0, first.index) + second[0] + between + first[0] + text.slice(second.index + second[0].length)
  },
  'attributes swapped': (text, place, other) => {
    const value = pick(text, /="([^"]*)"/g, other)?.[1] ?? ''
    return replaced(text, /="[^"]*"/g, place, () => `="${value}"`)
  },
  'UTF-16 taken for UTF-8': (text) => Buffer.from(text, 'utf16le').toString('utf8'),
  'UTF-8 taken for UTF-16': (text) => Buffer.from(text, 'utf8').toString('utf16le'),
  'entity declared': (text) => `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${text}`,
}

const judged = (path: string, text: string) =>
  path.endsWith('.dmn') ? readDmn(text).then((read) => compileDecisions(read)) : compile({ bpmn: text })

it(
  `judges any mutant of the library, PARCOURS_SEED=${seed}`,
  async () => {
    const mutant = fc.record({
      path: fc.constantFrom(...files),
      changes: fc.array(fc.tuple(fc.constantFrom(...Object.keys(mutations)), fc.nat(1_000_000), fc.nat(1_000_000)), {
        minLength: 1,
        maxLength: 3,
      }),
    })
    await fc.assert(
      fc.asyncProperty(mutant, async ({ path, changes }) => {
        const text = changes.reduce((so, [name, place, other]) => mutations[name]!(so, place, other), texts.get(path)!)
        // Of the processor, for a machine that is busy with something else stands still now and then.
        const begin = process.cpuUsage()
        const { findings } = await judged(path, text)
        expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(MILLISECONDS_MAX)
        for (const { rule, message, help } of findings) {
          expect(message && help).toBeTruthy()
          // Said of what defeats the compiler, not of what it understood.
          expect(rule, message).not.toBe('not-compilable')
        }
      }),
      { seed, numRuns: MUTANTS },
    )
  },
  MUTANTS * 200,
)

const rulesOf = async (bpmn: string) => (await compile({ bpmn })).findings.map(({ rule }) => rule)

describe('refused, in words', () => {
  const deep = '<subProcess id="x">'.repeat(10_000) + '</subProcess>'.repeat(10_000)
  it.each([
    ['elements too deep', definitions(deep)],
    ['elements too deep, hidden behind data', definitions(`<![CDATA[${'</a>'.repeat(20_000)}]]>${deep}`)],
    ['elements too deep, hidden behind a comment', definitions(`<!--${'</a>'.repeat(20_000)}-->${deep}`)],
    ['20 million characters', definitions(`<!--${'x'.repeat(20_000_000)}-->`)],
    ['an entity in an entity', `<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>${definitions('&c;')}`],
    ['a tag that never ends', `<a ${'x '.repeat(200_000)}`],
    ['quotes that never end', '<a "'.repeat(100_000)],
  ])('%s', async (_, bpmn) => {
    const { findings } = await compile({ bpmn })
    expect(findings.map(({ rule }) => rule)).toEqual(['broken-xml'])
    expect(findings[0]!.french?.message).toBeTruthy()
  })
})

it('names each process as it is read, however it is written', async () => {
  const bpmn = definitions(
    `<!-- <process id="commented"/> --><process id='quoted' isExecutable='true'><startEvent id='s'/></process>`,
  )
  expect((await compile({ bpmn })).processes).toEqual(['quoted'])
})

it('refuses decisions that require each other', async () => {
  const needs = (id: string, of: string) =>
    `<decision id="${id}" name="${id}"><informationRequirement><requiredDecision href="#${of}"/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>`
  const dmn = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">${needs('a', 'b')}${needs('b', 'a')}</definitions>`
  const { findings } = compileDecisions(await readDmn(dmn))
  expect(findings.map(({ rule }) => rule)).toContain('circular-requirement')
})

it('refuses an event attached to itself', async () => {
  const bpmn = processOf(
    '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/><endEvent id="e"/><boundaryEvent id="b" attachedToRef="b"><errorEventDefinition/></boundaryEvent>',
  )
  expect(await rulesOf(bpmn)).toContain('boundary-host')
})
