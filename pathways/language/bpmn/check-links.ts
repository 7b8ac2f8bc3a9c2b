/** Link events (BPMN 2.0.2, 10.5.5.6): pairs inside one scope, many throws to one catch, with no sequence flow where the link stands for one. */
import { EventKind, NodeKind, type ProgramNode } from '../program.ts'
import { asked, type Compilation, called, calledInFrench, problem, sentence } from './compilation.ts'

export const checkLinks = (to: Compilation, nodes: ProgramNode[]): void => {
  const links = nodes.flatMap((node, index) => (node.event?.kind === EventKind.link ? [{ node, index }] : []))
  for (const { node, index } of links) {
    const element = to.nodes[index]!
    const { name } = node.event!
    const others = links.filter(({ node: other }) => other.scope === node.scope && other.event!.name === name)
    const catching = others.filter(({ node: other }) => other.kind === NodeKind.intermediateCatchEvent)
    if (node.kind === NodeKind.intermediateThrowEvent) {
      if (catching.length === 0)
        problem(
          to,
          element,
          'link-target',
          `Nothing catches the link "${name}" of ${called(element)}.`,
          'Add a link catch event of this name in the same scope.',
          {
            message: `Rien ne reçoit le lien « ${name} » de ${calledInFrench(element)}.`,
            help: 'Ajoutez un événement de réception de lien de ce nom dans la même portée.',
          },
        )
      if (node.outgoing.length > 0)
        problem(
          to,
          element,
          'outgoing-flow',
          `${called(element)} cannot have an outgoing flow: it goes on at its link.`,
          'Remove the flow out of it.',
          {
            message: `${sentence(calledInFrench(element))} ne peut pas avoir de flux sortant : il reprend à son lien.`,
            help: 'Supprimez le flux qui en sort.',
          },
        )
      continue
    }
    if (catching.length > 1)
      problem(
        to,
        element,
        'link-target',
        `The link "${name}" is caught more than once.`,
        'Keep one link catch event of each name.',
        {
          message: `Le lien « ${name} » est reçu plusieurs fois.`,
          help: 'Gardez un seul événement de réception de lien par nom.',
        },
      )
    if (node.incoming.length > 0)
      problem(
        to,
        element,
        'incoming-flow',
        `${called(element)} cannot have an incoming flow: it is reached by its link.`,
        'Remove the flow into it.',
        {
          message: `${sentence(calledInFrench(element))} ne peut pas avoir de flux entrant : on y vient par son lien.`,
          help: 'Supprimez le flux qui y entre.',
        },
      )
    if (others.length === catching.length)
      asked(
        to,
        element,
        'link-source',
        `Nothing throws the link "${name}".`,
        'Add a link throw event of this name, or remove it.',
        {
          message: `Rien n'émet le lien « ${name} ».`,
          help: 'Ajoutez un événement d’émission de lien de ce nom, ou supprimez celui-ci.',
        },
      )
  }
}
