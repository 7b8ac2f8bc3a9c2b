/** Rules of the standard about how elements are connected, and what must be there for a process to run at all. */
import { gather } from '../gather.ts'
import { concerns, EventKind, NodeKind, type ProgramFlow, type ProgramNode } from '../program.ts'
import { checkGateways } from './check-gateways.ts'
import { checkLinks } from './check-links.ts'
import { asked, type Compilation, called, calledInFrench, problem, sentence, warning } from './compilation.ts'
import type { Element } from './element.ts'
import { choosesByCondition, isActivity, isGateway, isIntermediate, isScope, mayHaveConditions } from './kinds.ts'

interface Model {
  to: Compilation
  nodes: ProgramNode[]
  flows: ProgramFlow[]
  /** What stands directly in each scope: asked of every scope, so gathered once. */
  inside: Map<number, number[]>
  /** Scopes in which an end event stands. */
  ends: Set<number>
}

export const checkStructure = (to: Compilation, nodes: ProgramNode[], flows: ProgramFlow[]): void => {
  const ends = new Set(nodes.flatMap(({ kind, scope }) => (kind === NodeKind.endEvent ? [scope] : [])))
  const model = { to, nodes, flows, inside: insideOf(nodes), ends }
  for (const index of flows.keys()) checkFlow(model, index)
  nodes.forEach((node, index) => {
    if (isScope(node.kind)) checkScope(model, index)
    if (isGateway(node.kind)) checkGateway(model, index)
    checkEnds(model, index)
    checkDefault(model, index)
    if (node.kind === NodeKind.boundaryEvent) checkBoundary(model, index)
  })
  checkGateways(to, nodes, flows)
  checkLinks(to, nodes)
  checkReachable(model)
}

const insideOf = (nodes: ProgramNode[]): Map<number, number[]> => {
  const inside = new Map<number, number[]>()
  nodes.forEach(({ scope }, index) => {
    gather(inside, scope, index)
  })
  return inside
}

const checkFlow = ({ to, nodes, flows }: Model, index: number): void => {
  const flow = flows[index]!
  const element = to.flows[index]!
  const source = nodes[flow.source]
  const target = nodes[flow.target]
  if (!source || !target) {
    problem(
      to,
      element,
      'dangling-flow',
      `${called(element)} is not connected to an executable element at its ${source ? 'end' : 'start'}.`,
      'Connect both its ends, or remove it.',
      {
        message: `${sentence(calledInFrench(element))} n’est pas relié à un élément exécutable à ${source ? 'son arrivée' : 'son départ'}.`,
        help: 'Reliez ses deux bouts, ou supprimez-le.',
      },
    )
    return
  }
  // Some tools write the flows of a subprocess beside it: what counts is what they connect.
  if (source.scope !== target.scope) {
    problem(
      to,
      element,
      'flow-crosses-scope',
      `${called(element)} crosses the border of a subprocess.`,
      'A sequence flow stays inside its process or subprocess; use a boundary event or a message to leave.',
      {
        message: `${sentence(calledInFrench(element))} franchit le bord d’un sous-processus.`,
        help: 'Un flux de séquence reste dans son processus ou sous-processus ; pour en sortir, utilisez un événement de bordure ou un message.',
      },
    )
  }
  if (flow.condition >= 0 && !isActivity(source.kind) && !mayHaveConditions(source.kind)) {
    problem(
      to,
      element,
      'condition-place',
      `${called(element)} has a condition, but leaves ${called(to.nodes[flow.source]!)}.`,
      'Only activities, exclusive, inclusive and complex gateways have conditional flows.',
      {
        message: `${sentence(calledInFrench(element))} porte une condition, mais part de ${calledInFrench(to.nodes[flow.source]!)}.`,
        help: 'Seules les activités et les passerelles exclusives, inclusives et complexes ont des flux conditionnels.',
      },
    )
  }
}

const checkEnds = ({ to, nodes }: Model, index: number): void => {
  const node = nodes[index]!
  const element = to.nodes[index]!
  const noIncoming = [NodeKind.startEvent, NodeKind.boundaryEvent, NodeKind.eventSubProcess] as NodeKind[]
  const noOutgoing = [NodeKind.endEvent, NodeKind.eventSubProcess] as NodeKind[]
  if (noIncoming.includes(node.kind) && node.incoming.length > 0) {
    problem(to, element, 'incoming-flow', `${called(element)} cannot have an incoming flow.`, 'Remove the flow into it.', {
      message: `${sentence(calledInFrench(element))} ne peut pas avoir de flux entrant.`,
      help: 'Supprimez le flux qui y entre.',
    })
  }
  if (noOutgoing.includes(node.kind) && node.outgoing.length > 0) {
    problem(to, element, 'outgoing-flow', `${called(element)} cannot have an outgoing flow.`, 'Remove the flow out of it.', {
      message: `${sentence(calledInFrench(element))} ne peut pas avoir de flux sortant.`,
      help: 'Supprimez le flux qui en sort.',
    })
  }
  const undoes = node.forCompensation || node.event?.kind === EventKind.compensation
  if ((node.kind === NodeKind.startEvent || (node.kind === NodeKind.boundaryEvent && !undoes)) && node.outgoing.length === 0) {
    problem(to, element, 'missing-outgoing', `${called(element)} leads nowhere.`, 'Connect it to what comes next.', {
      message: `${sentence(calledInFrench(element))} ne mène nulle part.`,
      help: 'Reliez-le à la suite.',
    })
  }
  const isLink = node.event?.kind === EventKind.link
  const mayEnd =
    node.forCompensation ||
    nodes[node.scope]?.adHoc ||
    (isLink && node.kind === NodeKind.intermediateThrowEvent) ||
    noOutgoing.includes(node.kind) ||
    node.kind === NodeKind.process ||
    node.kind === NodeKind.startEvent ||
    node.kind === NodeKind.boundaryEvent
  if (!mayEnd && node.outgoing.length === 0) {
    // An intermediate event always leads on (10.5.4).
    const says = isIntermediate(node.kind) ? asked : warning
    says(to, element, 'implicit-end', `${called(element)} leads nowhere: the path ends there.`, 'Connect it to an end event.', {
      message: `${sentence(calledInFrench(element))} ne mène nulle part : le chemin s’arrête là.`,
      help: 'Reliez-le à un événement de fin.',
    })
  }
}

const checkDefault = ({ to, nodes, flows }: Model, index: number): void => {
  const node = nodes[index]!
  const element = to.nodes[index]!
  if (element.default === undefined) return
  const flow = flows[node.defaultFlow]
  if (!flow || flow.source !== index) {
    problem(
      to,
      element,
      'default-flow',
      `${called(element)} has a default flow that does not leave it.`,
      'Choose one of its own outgoing flows as default.',
      {
        message: `${sentence(calledInFrench(element))} a un flux par défaut qui n’en part pas.`,
        help: 'Choisissez comme flux par défaut l’un de ses flux sortants.',
      },
    )
  } else if (flow.condition >= 0) {
    problem(
      to,
      to.flows[node.defaultFlow]!,
      'default-condition',
      `${called(to.flows[node.defaultFlow]!)} is a default flow with a condition.`,
      'Remove the condition, or the default mark.',
      {
        message: `${sentence(calledInFrench(to.flows[node.defaultFlow]!))} est un flux par défaut, mais porte une condition.`,
        help: 'Supprimez la condition, ou la marque de flux par défaut.',
      },
    )
  }
}

const checkGateway = (model: Model, index: number): void => {
  const { to, nodes, flows } = model
  const node = nodes[index]!
  const element = to.nodes[index]!
  if (node.incoming.length === 0 && node.outgoing.length === 0) {
    problem(to, element, 'unconnected', `${called(element)} is connected to nothing.`, 'Connect it, or remove it.', {
      message: `${sentence(calledInFrench(element))} n’a aucun lien avec le reste.`,
      help: 'Reliez cet élément, ou supprimez-le.',
    })
  }
  if (node.kind === NodeKind.eventBasedGateway) checkEventGateway(model, index)
  if (!choosesByCondition(node.kind) || node.outgoing.length < 2) return
  for (const flow of node.outgoing) {
    if (flows[flow]!.condition < 0 && flow !== node.defaultFlow) {
      problem(
        to,
        to.flows[flow]!,
        'missing-condition',
        `${called(to.flows[flow]!)} leaves ${called(element)} without a condition.`,
        'Write its condition, or make it the default flow.',
        {
          message: `${sentence(calledInFrench(to.flows[flow]!))} part de ${calledInFrench(element)} sans condition.`,
          help: 'Écrivez sa condition, ou faites-en le flux par défaut.',
        },
      )
    }
  }
}

/** BPMN 2.0.2, section 10.6.6. */
const checkEventGateway = ({ to, nodes, flows }: Model, index: number): void => {
  const node = nodes[index]!
  const element = to.nodes[index]!
  if (node.outgoing.length < 2) {
    problem(
      to,
      element,
      'event-gateway',
      `${called(element)} needs at least two events to choose from.`,
      'Add an event after it, or remove the gateway.',
      {
        message: `${sentence(calledInFrench(element))} doit laisser le choix entre au moins deux événements.`,
        help: 'Ajoutez un événement à sa suite, ou supprimez la passerelle.',
      },
    )
  }
  for (const flow of node.outgoing) {
    const target = nodes[flows[flow]!.target]
    if (!target) continue
    const targetElement = to.nodes[flows[flow]!.target]!
    if (target.kind !== NodeKind.intermediateCatchEvent && target.kind !== NodeKind.receiveTask) {
      problem(
        to,
        targetElement,
        'event-gateway',
        `${called(targetElement)} cannot follow an event-based gateway.`,
        'Put a catching event or a receive task there.',
        {
          message: `${sentence(calledInFrench(targetElement))} ne peut pas suivre une passerelle événementielle.`,
          help: 'Placez-y un événement de réception ou une tâche de réception.',
        },
      )
    } else if (target.incoming.length > 1) {
      problem(
        to,
        targetElement,
        'event-gateway',
        `${called(targetElement)} follows an event-based gateway and has other incoming flows.`,
        'Give it no other incoming flow.',
        {
          message: `${sentence(calledInFrench(targetElement))} suit une passerelle événementielle et a d’autres flux entrants.`,
          help: 'Ne lui laissez aucun autre flux entrant.',
        },
      )
    } else if (target.boundaries.length > 0) {
      problem(
        to,
        targetElement,
        'event-gateway',
        `${called(targetElement)} follows an event-based gateway and has boundary events.`,
        'Remove its boundary events.',
        {
          message: `${sentence(calledInFrench(targetElement))} suit une passerelle événementielle et porte des événements de bordure.`,
          help: 'Supprimez ses événements de bordure.',
        },
      )
    }
  }
}

const checkBoundary = ({ to, nodes }: Model, index: number): void => {
  const node = nodes[index]!
  const element = to.nodes[index]!
  const host = nodes[node.attachedTo]
  if (!host || !isActivity(host.kind) || host.scope !== node.scope) {
    problem(
      to,
      element,
      'boundary-host',
      `${called(element)} is not attached to an activity beside it.`,
      'Attach it to a task, subprocess or call activity of the same scope.',
      {
        message: `${sentence(calledInFrench(element))} n’est pas attaché à une activité placée à côté.`,
        help: 'Attachez-le à une tâche, un sous-processus ou une activité appelante de la même portée.',
      },
    )
  } else if (
    concerns(node.event, EventKind.escalation) &&
    host.kind !== NodeKind.subProcess &&
    host.kind !== NodeKind.callActivity
  ) {
    warning(
      to,
      element,
      'boundary-escalation',
      `${called(element)} waits for an escalation that a task cannot throw.`,
      'Attach it to a subprocess or call activity.',
      {
        message: `${sentence(calledInFrench(element))} attend une escalade qu’une tâche ne peut pas émettre.`,
        help: 'Attachez-le à un sous-processus ou à une activité appelante.',
      },
    )
  }
}

const checkScope = (model: Model, index: number): void => {
  const { to, nodes } = model
  const node = nodes[index]!
  const element = to.nodes[index]!
  if (node.adHoc) return
  if (node.starts.length === 0) checkNoStart(model, index)
  const plain = node.starts.filter((start) => nodes[start]!.event?.kind === EventKind.none)
  // A process may begin in several ways; a subprocess begins in one (BPMN 2.0.2, 10.5.2 and 13.3.4).
  if (
    node.kind === NodeKind.process ? false : node.kind === NodeKind.eventSubProcess ? node.starts.length > 1 : plain.length > 1
  ) {
    problem(
      to,
      element,
      'several-starts',
      `${called(element)} has several ${node.kind === NodeKind.eventSubProcess ? '' : 'plain '}start events.`,
      'Keep one of them.',
      {
        message: `${sentence(calledInFrench(element))} a plusieurs événements de début${node.kind === NodeKind.eventSubProcess ? '' : ' simples'}.`,
        help: 'Gardez-en un.',
      },
    )
  }
  const inside = (model.inside.get(index) ?? []).map((inner) => nodes[inner]!)
  if (inside.length > 0 && !model.ends.has(index)) {
    // A scope with a start event has an end event too (10.5.3).
    const says = node.starts.length > 0 ? asked : warning
    says(to, element, 'missing-end', `${called(element)} has no end event.`, 'Add an end event.', {
      message: `${sentence(calledInFrench(element))} n’a pas d’événement de fin.`,
      help: 'Ajoutez un événement de fin.',
    })
  }
}

/** Without a start event a scope begins with whatever nothing leads to (BPMN 2.0.2, 10.5.2 and 13.3.4); an event subprocess cannot. */
const checkNoStart = ({ to, nodes, inside, ends }: Model, index: number): void => {
  const element = to.nodes[index]!
  if (nodes[index]!.kind === NodeKind.subProcess && !inside.has(index)) return refuseEmpty(to, element)
  const begins = inside.get(index)?.some((inner) => isEntry(nodes[inner]!, index))
  const says = [`${called(element)} has no start event.`, 'Add a start event.'] as const
  const french = {
    message: `${sentence(calledInFrench(element))} n'a pas d'événement de début.`,
    help: 'Ajoutez un événement de début.',
  }
  if (!begins || nodes[index]!.kind === NodeKind.eventSubProcess) return problem(to, element, 'missing-start', ...says, french)
  // With an end event there must be something that begins (10.5.2): a start event, or what instantiates.
  const instantiates = inside.get(index)?.some((inner) => to.nodes[inner]!.instantiate === true)
  const say = ends.has(index) && !instantiates ? asked : warning
  say(to, element, 'start-required', ...says, french)
}

/** A collapsed subprocess may show nothing of itself (10.3.5): a drawing that cannot be run. */
const refuseEmpty = (to: Compilation, element: Element): void =>
  problem(to, element, 'empty-subprocess', `${called(element)} is empty.`, 'Draw what it does, or make it a task.', {
    message: `${sentence(calledInFrench(element))} est vide.`,
    help: 'Dessinez ce qu’il fait, ou faites-en une tâche.',
  })

/** What begins by itself, for nothing leads to it; events do so in ad-hoc subprocesses. */
const isEntry = ({ scope, incoming, kind, forCompensation }: ProgramNode, of: number, events = false): boolean =>
  scope === of &&
  incoming.length === 0 &&
  !forCompensation &&
  (isActivity(kind) || isGateway(kind) || (events && isIntermediate(kind)))

const checkReachable = ({ to, nodes, flows, inside }: Model): void => {
  const links = new Map<string, number[]>()
  nodes.forEach(({ event }, index) => {
    if (event?.kind === EventKind.link) gather(links, event.name, index)
  })
  const reached = new Set<number>([0])
  const pending = [0]
  const reach = (index: number) => {
    if (index < 0 || reached.has(index)) return
    reached.add(index)
    pending.push(index)
  }
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    const node = nodes[index]!
    for (const flow of node.outgoing) reach(flows[flow]!.target)
    // A gateway that begins the process is come to with what follows it.
    for (const flow of node.incoming) if (to.nodes[flows[flow]!.source]?.instantiate === true) reach(flows[flow]!.source)
    if (isScope(node.kind) && node.starts.length === 0)
      for (const entry of inside.get(index) ?? []) if (isEntry(nodes[entry]!, index, node.adHoc !== undefined)) reach(entry)
    if (node.event?.kind === EventKind.link) for (const target of links.get(node.event.name) ?? []) reach(target)
    if (node.handler !== undefined) reach(node.handler)
    for (const next of [...node.boundaries, ...node.starts, ...node.eventSubProcesses]) reach(next)
  }
  nodes.forEach((node, index) => {
    const element = to.nodes[index]!
    if (reached.has(index)) return
    // Where a start event stands, a flow leads to all that is not begun otherwise (10.5.2, 10.5.4).
    const says = node.incoming.length === 0 && isEntered(node) ? asked : warning
    says(to, element, 'unreachable', `${called(element)} can never be reached.`, 'Connect it to the rest, or remove it.', {
      message: `${sentence(calledInFrench(element))} : on n’y arrive jamais.`,
      help: 'Reliez cet élément au reste, ou supprimez-le.',
    })
  })
}

/** What begins by a flow that leads to it, and by nothing else. */
const isEntered = ({ kind, event, forCompensation }: ProgramNode): boolean =>
  !forCompensation &&
  event?.kind !== EventKind.link &&
  (isActivity(kind) || isGateway(kind) || isIntermediate(kind) || kind === NodeKind.endEvent)
