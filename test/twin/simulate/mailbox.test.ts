// Goal: a message is heard for thirty days and then let go, so that years of measurements nobody listens for need no memory. Method: a mailbox by hand.
import { expect, it } from 'vitest'
import { MESSAGE_KEPT_MS } from '../../../pathways/engine/contract.ts'
import { Mailbox } from '../../../twin/simulate/mailbox.ts'

const run = { id: 'follow-up' }

it('lets go what was kept for thirty days, and nothing before', () => {
  const mailbox = new Mailbox<typeof run, number>([])
  for (let day = 0; day < 1_000; day++) {
    mailbox.keep({ name: 'measurement', key: 'gone', payload: { day }, at: day * 86_400_000 })
    expect(mailbox.unread.length).toBe(Math.min(day + 1, 30))
  }
  const at = 999 * 86_400_000
  expect(mailbox.listen('message', 'measurement', run, 1, 'gone', at)).toMatchObject({ payload: { day: 970 } })
  expect(mailbox.listen('message', 'measurement', run, 2, 'gone', at + MESSAGE_KEPT_MS)).toBeNull()
  expect(mailbox.unread).toEqual([])
})

it('keeps what only one run may hear until it hears it', () => {
  const mailbox = new Mailbox<typeof run, number>([{ name: 'result', key: null, payload: {}, at: 0, run: 'follow-up' }])
  mailbox.keep({ name: 'result', key: null, payload: {}, at: 2 * MESSAGE_KEPT_MS })
  expect(mailbox.listen('message', 'result', run, 1, null, 2 * MESSAGE_KEPT_MS)).toMatchObject({ at: 0 })
})
