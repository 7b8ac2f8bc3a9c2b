/** The page of the view's test: a trace, shown; everything else is the test's to say. */
import { decodeTrace } from '../../twin/trace/file.ts'
import { PlanView } from '../../twin/view/plan.ts'
import { HospitalView } from '../../twin/view/view.ts'

const options = {
  isDark: false,
  reducedMotion: true,
  words: {
    place: (name: string) => name,
    counts: (patients: number, waiting: number) => `${patients} ${waiting}`,
    storey: ({ name }: { name: string }) => name,
    theatre: { free: 'free', occupied: 'operating', dirty: 'dirty', cleaning: 'cleaning', closed: 'closed' },
  },
}

const show = async () => {
  const bytes = await (await fetch('/trace')).arrayBuffer()
  const begun = performance.now()
  const trace = decodeTrace(bytes)
  const view = new HospitalView(document.getElementById('space')!, options)
  const opening = view.open(trace)
  // Of work: what software draws at its leisure is no graphics card's.
  const openedMs = performance.now() - begun
  await opening
  const plan = new PlanView(document.getElementById('plan')!, options)
  await plan.open(trace, view.playback!.copy())
  Object.assign(window, { view, plan, openedMs })
}
void show()
