/** Small BPMN models as text: BPMN's own elements without a prefix, and sequence flows in shorthand. */

const namespaces = [
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:hospital="urn:parcours:hospital:1"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
].join(' ')

/**
 * A whole BPMN file. A line `flow: a > b > c` stands for the sequence flows `a-b` and `b-c`; `flow: g > a if x > 3` has a condition.
 */
export function model(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  const body = lines.map((line) => (line.startsWith('flow:') ? flowLine(line.slice('flow:'.length)) : line)).join('\n')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<definitions ${namespaces} id="definitions" targetNamespace="urn:parcours:test">\n${body}\n</definitions>\n`
}

/** One executable process called `main`. `roots` holds messages, errors and the like. */
export const single = (body: string, roots = '') =>
  model(`${roots}\n<process id="main" isExecutable="true">\n${body}\n</process>`)

/** Elements may follow a flow on its line. */
function flowLine(text: string): string {
  const rest = text.search(/<(?=[/a-zA-Z])/)
  return rest < 0 ? flows(text) : `${flows(text.slice(0, rest))}\n${text.slice(rest)}`
}

function flows(text: string): string {
  const [path, condition] = text.split(' if ')
  const nodes = path!.split('>').map((node) => node.trim())
  const pairs = nodes.slice(1).map((target, index) => [nodes[index]!, target] as const)
  return pairs.map(([source, target]) => sequenceFlow(source, target, condition)).join('\n')
}

function sequenceFlow(source: string, target: string, condition: string | undefined): string {
  const start = `<sequenceFlow id="${source}-${target}" sourceRef="${source}" targetRef="${target}"`
  if (condition === undefined) return `${start}/>`
  return `${start}><conditionExpression xsi:type="tFormalExpression">=${escaped(condition.trim())}</conditionExpression></sequenceFlow>`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const expression = (kind: string, text: string) =>
  `<timerEventDefinition><${kind} xsi:type="tFormalExpression">${escaped(text)}</${kind}></timerEventDefinition>`
export const lasting = (duration: string) => expression('timeDuration', duration)
export const on = (date: string) => expression('timeDate', date)
export const every = (cycle: string) => expression('timeCycle', cycle)
export const message = (reference: string) => `<messageEventDefinition messageRef="${reference}"/>`
export const signal = (reference: string) => `<signalEventDefinition signalRef="${reference}"/>`
export const error = (reference = '') => `<errorEventDefinition${reference && ` errorRef="${reference}"`}/>`
export const escalation = (reference = '') => `<escalationEventDefinition${reference && ` escalationRef="${reference}"`}/>`
export const terminate = '<terminateEventDefinition/>'

export const extensions = (inside: string) => `<extensionElements>${inside}</extensionElements>`
export const cancel = '<cancelEventDefinition/>'
export const compensate = (activity = '', waits = true) =>
  `<compensateEventDefinition${activity && ` activityRef="${activity}"`}${waits ? '' : ' waitForCompletion="false"'}/>`
/** The compensation handler of an activity: an event on its boundary, and what undoes it, `un` before its id. */
export const undo = (activity: string, handler = `<userTask id="un${activity}" isForCompensation="true"/>`) =>
  `<boundaryEvent id="${activity}-edge" attachedToRef="${activity}">${compensate()}</boundaryEvent>${handler}
  <association id="undo.${activity}" sourceRef="${activity}-edge" targetRef="un${activity}"/>`
