/** From what somebody did on the board to the decision that is asked: with what was seen, what would be the case, and what speaks against it. */
import type { Board, BoardRequestItem, BoardUnitItem } from '../../../api/types.ts'
import { text, textOf } from '../../shared/language.ts'
import type { UnitAction } from './bed-details.tsx'
import { differences, unmet, wantedOf } from './carrying.ts'
import type { Asked } from './decision-dialog.tsx'
import { attributeText, filterText, ruleOf, whoText } from './words.ts'

export const asksFor = ({ pool }: Board, say: (words: string) => string) => ({
  assign(request: BoardRequestItem, unit: BoardUnitItem): Asked {
    const missing = unmet(unit, wantedOf(request, pool.id))
    const isProposed = request.proposal?.unit === unit.id
    return {
      decision: {
        ...{ action: 'assign', run: request.run, wait: request.wait, unit: unit.id },
        ...{ despite: missing.length > 0, accepted: isProposed },
        expected: { unit: unit.revision, request: request.revision },
      },
      title: text('beds.assignTitle', { unit: say(unit.name) }),
      outcome: text(unit.state === 'free' ? 'beds.assignNow' : 'beds.assignLater', {
        who: whoText(request),
        unit: say(unit.name),
        state: textOf('unit', unit.state).toLowerCase(),
      }),
      warning: missing.length > 0 ? text('beds.unfit', { missing: missing.map(filterText).join(', ') }) : '',
      reasons: isProposed
        ? [text('beds.reasonProposal', { rule: ruleOf(request) })]
        : [text('beds.reason.closer'), text('beds.reason.care'), text('beds.reason.flow')],
    }
  },
  withdraw: (request: BoardRequestItem): Asked => ({
    decision: { action: 'unassign', run: request.run, wait: request.wait, expected: { request: request.revision } },
    title: text('beds.withdraw'),
    outcome: text('beds.withdrawOutcome', { who: whoText(request) }),
    warning: '',
    reasons: [text('beds.reason.mistake'), text('beds.reason.flow')],
  }),
  move(from: BoardUnitItem, to: BoardUnitItem): Asked {
    const different = differences(from, to)
    const set = to.keptFor ? ` ${text('beds.moveKept')}` : ''
    return {
      decision: { action: 'move', from: from.id, to: to.id, expected: { from: from.revision, to: to.revision } },
      title: text('beds.moveTitle', { who: whoText(from) }),
      outcome: text(from.state === 'occupied' && pool.turnover !== '' ? 'beds.moveOutcome' : 'beds.moveOutcomeClean', {
        from: say(from.name),
        to: say(to.name),
      }),
      warning:
        (different.length > 0
          ? text('beds.differs', { to: different.map((name) => attributeText(name, to.attributes[name] ?? false)).join(', ') })
          : '') + set,
      reasons: [text('beds.reason.care'), text('beds.reason.isolation'), text('beds.reason.flow')],
    }
  },
  act: (action: UnitAction, unit: BoardUnitItem): Asked => ({
    decision: { action, unit: unit.id, expected: { unit: unit.revision } },
    title: `${text(`beds.act.${action}`)} · ${say(unit.name)}`,
    outcome: text(`beds.outcome.${action}`),
    warning: action === 'block' && unit.run ? text('beds.blockLater') : '',
    reasons: {
      block: [text('beds.reason.repair'), text('beds.reason.staff'), text('beds.reason.isolationRoom')],
      unblock: [text('beds.reason.repaired'), text('beds.reason.staffBack')],
      soil: [text('beds.reason.soiled'), text('beds.reason.deep')],
      cleaned: [text('beds.reason.done')],
    }[action],
  }),
})
