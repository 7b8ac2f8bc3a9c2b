/** Simulates the published version and the draft with the same patients and the same luck, pair by pair, and says what is known after each. */
import { NodeKind, type Program } from '../../../pathways/language/program.ts'
import type { Measure } from '../../../twin/experiment/measures.ts'
import type { Experiment } from '../../../twin/experiment/prepare.ts'
import { prepareReady } from '../../../twin/experiment/ready.ts'
import { differencesOf, replicate, summariesOf } from '../../../twin/experiment/replicate.ts'
import { createHospital, type Observer } from '../../../twin/simulate/index.ts'
import { answering } from '../../shared/worker.ts'
import type { Moment, Played, RehearsalAsked, RehearsalReport } from './contract.ts'

const DAY_MS = 86_400_000
/** Tokens are shown of so long, after the hospital has filled. */
const SHOWN_MS = DAY_MS

type Report = (what: RehearsalReport) => void

answering<RehearsalAsked, RehearsalReport>((asked, say) => rehearse(asked, say))

/** Who asked ends the worker to stop it. */
function rehearse({ scenario, programs, draft, replications }: RehearsalAsked, report: Report): void {
  const published = prepareReady({ scenario, programs })
  const redrawn = programs.map(([file, found]): (typeof programs)[number] => [
    file,
    found.map((one) => (one.process === draft.process ? draft : one)),
  ])
  const drawn = prepareReady({ scenario, programs: redrawn })
  report({ say: 'played', played: played(published, drawn, draft) })
  const [before, after]: [Measure[][], Measure[][]] = [[], []]
  for (let pair = 0; pair < replications; pair++) {
    const progress = (half: number) => (at: number) => {
      report({ say: 'progress', pairs: pair, share: (pair + (half + at / published.end) / 2) / replications })
      return false
    }
    before.push(replicate(published, pair, progress(0))!)
    after.push(replicate(drawn, pair, progress(1))!)
    const { confidence } = published
    report({
      say: 'compared',
      compared: {
        pairs: pair + 1,
        published: summariesOf(before, confidence),
        draft: summariesOf(after, confidence),
        differences: differencesOf(before, after, confidence, 1),
      },
    })
  }
  report({ say: 'done' })
}

function played(published: Experiment, drawn: Experiment, { process }: Program): Played {
  const from = Math.max(published.warmUpEnd, Math.min(DAY_MS, published.end / 2))
  const until = Math.min(published.end, from + SHOWN_MS)
  return { ...{ from, until }, published: moments(published, process, until), draft: moments(drawn, process, until) }
}

/** Where the patients of one pathway stand, from the beginning on. */
function moments({ options }: Experiment, process: string, until: number): Moment[] {
  const { nodes } = options.programs.find((program) => program.process === process)!
  // A subprocess is a place with places in it: those are what is looked at.
  const isShown = (node: number) => node > 0 && nodes[node]!.kind !== NodeKind.subProcess
  const found: Moment[] = []
  const observer: Observer = {
    recorded: ({ pathway }, { event, element }, at) => {
      if (pathway !== process || event === 'taken' || !isShown(element)) return
      if (event === 'entered') found.push({ at, element: nodes[element]!.id, change: 1 })
      else if (event === 'completed' || event === 'cancelled' || event === 'failed')
        found.push({ at, element: nodes[element]!.id, change: -1 })
    },
  }
  createHospital({ ...options, replication: 0, observer }).run(until)
  return found
}
