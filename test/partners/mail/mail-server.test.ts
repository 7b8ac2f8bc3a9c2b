// Goal: a mailbox shows each message once, and keeps what was acknowledged. Method: the program itself, a real SMTP client, faults by seed.
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type RunningPartner, removeFolder, setFaults, startPartner, temporaryFolder } from '../process.ts'

let folder: string
let partner: RunningPartner

beforeAll(async () => {
  folder = await temporaryFolder()
  partner = await startPartner('mail', folder)
})
beforeEach(() => setFaults(partner.httpPort, {}))
afterAll(async () => {
  await partner.stop()
  await removeFolder(folder)
})

async function send(name: string, to = 'cabinet@medecin.mssante.example'): Promise<number> {
  const transport = createTransport({ host: '127.0.0.1', port: partner.port, ignoreTLS: true, socketTimeout: 3000 })
  try {
    await transport.sendMail({
      from: 'sortie@parcours.mssante.example',
      to,
      subject: 'Lettre',
      text: 'Bonjour',
      messageId: `<${name}@x>`,
    })
    return 250
  } catch (error) {
    return (error as { responseCode?: number }).responseCode ?? 0
  } finally {
    transport.close()
  }
}

interface Listed {
  total: number
  items: { messageId: string; recipients: string[]; deliveries: number; file: string }[]
}
const list = async (query: Record<string, string> = {}): Promise<Listed> => {
  const response = await fetch(`http://127.0.0.1:${partner.httpPort}/messages?${new URLSearchParams(query)}`)
  return (await response.json()) as Listed
}
const kept = (name: string) => list({ messageId: `<${name}@x>` })

it('keeps a message as it was sent, and lists it by Message-ID and by recipient', async () => {
  expect(await send('one', 'Alice@Medecin.mssante.example')).toBe(250)
  const { total, items } = await list({ recipient: 'alice@medecin.mssante.example' })
  expect(total).toBe(1)
  expect(items[0]).toMatchObject({ messageId: '<one@x>', deliveries: 1 })
  const eml = await fetch(`http://127.0.0.1:${partner.httpPort}/messages/${items[0]!.file}`)
  expect(await eml.text()).toMatch(/^Message-ID: <one@x>\r?$/m)
})

it('shows a message that came twice once, and says how often it came', async () => {
  expect(await send('twice')).toBe(250)
  expect(await send('twice')).toBe(250)
  expect(await kept('twice')).toMatchObject({ total: 1, items: [{ deliveries: 2 }] })
})

it.each([
  ['downProbability', 0, 0],
  ['greylistProbability', 451, 0],
  ['dropAfterDataProbability', 0, 0],
  ['storeThenDropProbability', 0, 1],
])('%s answers %i and keeps %i; trying again keeps one', async (fault, answered, total) => {
  await setFaults(partner.httpPort, { [fault]: 1 })
  expect(await send(fault)).toBe(answered)
  expect((await kept(fault)).total).toBe(total)
  await setFaults(partner.httpPort, {})
  expect(await send(fault)).toBe(250)
  expect((await kept(fault)).total).toBe(1)
})

it('what it acknowledged survives kill -9', async () => {
  const acknowledged: string[] = []
  const sending = Array.from({ length: 8 }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 10))
    if ((await send(`killed-${index}`)) === 250) acknowledged.push(`killed-${index}`)
  })
  while (acknowledged.length < 3) await new Promise((resolve) => setTimeout(resolve, 2))
  await partner.kill()
  await Promise.all(sending)
  partner = await startPartner('mail', folder)
  for (const name of acknowledged) expect((await kept(name)).total).toBe(1)
})
