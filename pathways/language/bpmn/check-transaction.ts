/** Cancel events belong to transactions, and to nothing else (BPMN 2.0.2, 10.5.5.2 and tables 10.88 and 10.90). */
import { EventKind, NodeKind, type ProgramNode } from '../program.ts'
import { type Compilation, called, calledInFrench, problem, sentence, warning } from './compilation.ts'

export const checkTransactions = (to: Compilation, nodes: ProgramNode[]): void => {
  const isTransaction = (index: number) => to.nodes[index]?.$type === 'bpmn:Transaction'
  const isCancel = (index: number) => nodes[index]!.event?.kind === EventKind.cancel
  nodes.forEach((node, index) => {
    const element = to.nodes[index]!
    const name = called(element)
    const french = sentence(calledInFrench(element))
    if (isTransaction(index) && element.triggeredByEvent === true) notByEvent(to, index)
    if (isTransaction(index) && node.boundaries.filter(isCancel).length > 1)
      problem(to, element, 'cancel-several', `${name} has several cancel events on its boundary.`, 'Keep one of them.', {
        message: `${french} a plusieurs événements d’annulation à sa bordure.`,
        help: 'Gardez-en un.',
      })
    if (!isCancel(index)) return
    if (node.kind === NodeKind.endEvent && !isTransaction(node.scope))
      problem(
        to,
        element,
        'cancel-place',
        `${name} cancels a transaction, but does not stand in one.`,
        'Put it directly inside a transaction subprocess, or end with an error instead.',
        {
          message: `${french} annule une transaction, mais n’est pas dans une transaction.`,
          help: 'Placez-le directement dans un sous-processus transactionnel, ou terminez par une erreur.',
        },
      )
    else if (node.kind === NodeKind.endEvent && !nodes[node.scope]!.boundaries.some(isCancel))
      warning(
        to,
        element,
        'cancel-unheard',
        `${name} cancels its transaction, and nothing says what happens then.`,
        'Put a cancel event on the boundary of the transaction; without one the path ends there.',
        {
          message: `${french} annule sa transaction, et rien ne dit ce qui se passe ensuite.`,
          help: 'Placez un événement d’annulation à la bordure de la transaction ; sans lui, le chemin s’arrête là.',
        },
      )
    if (node.kind === NodeKind.boundaryEvent && !isTransaction(node.attachedTo))
      problem(
        to,
        element,
        'cancel-place',
        `${name} waits for a cancellation, but is not attached to a transaction.`,
        'Attach it to a transaction subprocess, or use an error event.',
        {
          message: `${french} attend une annulation, mais n’est pas attaché à une transaction.`,
          help: 'Attachez-le à un sous-processus transactionnel, ou utilisez un événement d’erreur.',
        },
      )
    if (node.kind === NodeKind.boundaryEvent && !node.interrupting)
      problem(
        to,
        element,
        'cancel-interrupts',
        `${name} waits for a cancellation without interrupting.`,
        'Make it interrupting: a cancelled transaction is over.',
        {
          message: `${french} attend une annulation sans interrompre.`,
          help: 'Rendez-le interruptif : une transaction annulée est terminée.',
        },
      )
  })
}

/** Only a plain subprocess may be started by an event: other kinds are entered by a flow. */
export const notByEvent = (to: Compilation, index: number): void => {
  const element = to.nodes[index]!
  problem(
    to,
    element,
    'event-subprocess-kind',
    `${called(element)} cannot be started by an event.`,
    'Make it a plain event subprocess, or remove triggeredByEvent.',
    {
      message: `${sentence(calledInFrench(element))} ne peut pas être déclenché par un événement.`,
      help: 'Faites-en un simple sous-processus événementiel, ou retirez triggeredByEvent.',
    },
  )
}
