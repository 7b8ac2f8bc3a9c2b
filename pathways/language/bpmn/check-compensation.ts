/** What the standard asks of compensation: who may undo what, from where (BPMN 2.0.2, 10.5.1, 10.7 and tables 10.86 to 10.90). */
import { EventKind, NodeKind, type ProgramNode } from '../program.ts'
import { type Compilation, called, calledInFrench, problem, sentence, warning } from './compilation.ts'
import type { Element } from './element.ts'

interface Model {
  to: Compilation
  nodes: ProgramNode[]
}

export const checkCompensation = (to: Compilation, nodes: ProgramNode[]): void => {
  const model = { to, nodes }
  nodes.forEach((node, index) => {
    const isCompensation = node.event?.kind === EventKind.compensation
    if (node.forCompensation) checkHandler(model, index)
    if (isCompensation && node.kind === NodeKind.boundaryEvent) checkBoundary(model, index)
    if (isCompensation && node.kind === NodeKind.startEvent) checkStart(model, index)
    if (isCompensation && node.event!.activity !== undefined && node.event!.activity >= 0) checkReference(model, index)
    if (undoersOf(model, node).length > 1) tooMany(model, index)
  })
}

/** An activity for compensation stands beside the flow: nothing leads to it, and nothing out of it. */
const checkHandler = ({ to, nodes }: Model, index: number): void => {
  const node = nodes[index]!
  const element = to.nodes[index]!
  const [name, french] = names(element)
  if (node.incoming.length > 0 || node.outgoing.length > 0)
    problem(
      to,
      element,
      'compensation-flow',
      `${name} only undoes: it cannot have sequence flows.`,
      'Remove its sequence flows, or the compensation marker.',
      {
        message: `${french} ne fait qu’annuler : aucun flux de séquence n’y mène ni n’en sort.`,
        help: 'Supprimez ces flux, ou le marqueur de compensation.',
      },
    )
  if (node.boundaries.length > 0)
    problem(
      to,
      element,
      'compensation-boundary',
      `${name} only undoes: an event on its boundary would lead out of the compensation.`,
      'Remove the boundary event; an error is caught around the event that asked for the compensation.',
      {
        message: `${french} ne fait qu’annuler : un événement à sa bordure mènerait hors de la compensation.`,
        help: 'Supprimez cet événement ; une erreur se traite autour de l’événement qui a demandé la compensation.',
      },
    )
  if (!nodes.some(({ handler }) => handler === index))
    warning(
      to,
      element,
      'compensation-unused',
      `${name} undoes nothing: no compensation event leads to it.`,
      'Associate it with a compensation event on the boundary of the activity that it undoes.',
      {
        message: `${french} n’annule rien : aucun événement de compensation n’y mène.`,
        help: 'Associez-la à un événement de compensation à la bordure de l’activité qu’elle annule.',
      },
    )
}

const checkBoundary = ({ to, nodes }: Model, index: number): void => {
  const node = nodes[index]!
  const element = to.nodes[index]!
  const [name, french] = names(element)
  const handler = nodes[node.handler ?? -1]
  if (node.outgoing.length > 0)
    problem(
      to,
      element,
      'compensation-flow',
      `${name} has an outgoing sequence flow.`,
      'Connect it to what undoes the work by an association instead.',
      { message: `${french} a un flux de séquence sortant.`, help: 'Reliez-le par une association à ce qui annule le travail.' },
    )
  if (handler && (!handler.forCompensation || handler.scope !== node.scope))
    problem(
      to,
      element,
      'compensation-handler',
      `${name} leads to ${called(to.nodes[node.handler!]!)}, which is not an activity for compensation beside it.`,
      'Choose an activity of the same scope and mark it as one for compensation.',
      {
        message: `${french} mène à ${calledInFrench(to.nodes[node.handler!]!)}, qui n’est pas une activité de compensation placée à côté.`,
        help: 'Choisissez une activité de la même portée et donnez-lui le marqueur de compensation.',
      },
    )
}

const checkStart = ({ to, nodes }: Model, index: number): void => {
  const node = nodes[index]!
  const element = to.nodes[index]!
  const [name, french] = names(element)
  if (!node.interrupting)
    problem(
      to,
      element,
      'compensation-start',
      `${name} starts a compensation without interrupting.`,
      'Make it interrupting: what it undoes has completed already.',
      {
        message: `${french} commence une compensation sans interrompre.`,
        help: 'Rendez-le interruptif : ce qu’il annule est déjà terminé.',
      },
    )
  if (nodes[nodes[node.scope]!.scope]?.kind === NodeKind.process)
    warning(
      to,
      element,
      'compensation-process',
      `${name} would undo the whole process, and nothing can ask for that.`,
      'Put what it undoes in a subprocess, or remove it.',
      {
        message: `${french} annulerait tout le processus, et rien ne peut le demander.`,
        help: 'Mettez ce qu’il annule dans un sous-processus, ou supprimez-le.',
      },
    )
}

/** What is to be undone must be in sight: in the same scope, or in the one that an event subprocess handles (table 10.88). */
const checkReference = ({ to, nodes }: Model, index: number): void => {
  const node = nodes[index]!
  const element = to.nodes[index]!
  const [name, french] = names(element)
  const target = node.event!.activity!
  const seen = [node.scope]
  for (let at = node.scope; nodes[at]!.kind === NodeKind.eventSubProcess; at = nodes[at]!.scope) seen.push(nodes[at]!.scope)
  if (!seen.includes(nodes[target]!.scope))
    problem(
      to,
      element,
      'compensation-visible',
      `${name} cannot undo ${called(to.nodes[target]!)}: it stands in another scope.`,
      'Put the event beside that activity, or in an event subprocess beside it.',
      {
        message: `${french} ne peut pas annuler ${calledInFrench(to.nodes[target]!)}, qui est dans une autre portée.`,
        help: 'Placez l’événement à côté de cette activité, ou dans un sous-processus événementiel à côté d’elle.',
      },
    )
  else if (!canBeUndone(nodes, target))
    warning(
      to,
      element,
      'compensation-nothing',
      `${name} asks to undo ${called(to.nodes[target]!)}, which nothing can undo.`,
      'Add a compensation event on its boundary, with the activity that undoes it.',
      {
        message: `${french} demande d’annuler ${calledInFrench(to.nodes[target]!)}, que rien ne peut annuler.`,
        help: 'Ajoutez à sa bordure un événement de compensation, avec l’activité qui l’annule.',
      },
    )
}

/** By a handler of its own, or through something inside. */
const canBeUndone = (nodes: ProgramNode[], index: number): boolean =>
  undoersOf({ nodes }, nodes[index]!).length > 0 || nodes.some(({ scope }, inner) => scope === index && canBeUndone(nodes, inner))

/** The compensation events on an activity's boundary and at the start of its event subprocesses. */
const undoersOf = ({ nodes }: Pick<Model, 'nodes'>, { boundaries, eventSubProcesses }: ProgramNode): number[] =>
  [...boundaries, ...eventSubProcesses.flatMap((inner) => nodes[inner]!.starts)].filter(
    (node) => nodes[node]!.event?.kind === EventKind.compensation,
  )

const tooMany = ({ to }: Model, index: number): void => {
  const element = to.nodes[index]!
  const [name, french] = names(element)
  problem(
    to,
    element,
    'compensation-several',
    `${name} has several compensation handlers.`,
    'Keep one: an event on its boundary, or an event subprocess inside.',
    {
      message: `${french} a plusieurs gestionnaires de compensation.`,
      help: 'Gardez-en un : un événement à sa bordure, ou un sous-processus événementiel à l’intérieur.',
    },
  )
}

const names = (element: Element): [english: string, french: string] => {
  const name = called(element)
  return [name, sentence(calledInFrench(element))]
}
