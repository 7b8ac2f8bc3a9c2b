/**
 * A mail server: `npx tsx partners/mail/main.ts`. PORT chooses the SMTP port, HTTP_PORT that of its side door (free ones otherwise), DATA
 * the folder it keeps the messages in. It says `{"event":"listening","port":…,"httpPort":…}` when ready.
 */
import { announce, closeOnSignal, listen } from '../http.ts'
import { createMailServer } from './server.ts'
import { MailStore } from './store.ts'

const store = await MailStore.open(process.env.DATA ?? '.data/mail')
const { smtp, http } = createMailServer(store)
const httpPort = await listen(http, Number(process.env.HTTP_PORT ?? 0))
const port = await listen(smtp.server as unknown as typeof http, Number(process.env.PORT ?? 0))
announce({ event: 'listening', port, httpPort, messages: store.count })
closeOnSignal(async () => {
  http.closeAllConnections()
  http.close()
  await new Promise<void>((resolve) => smtp.close(resolve))
  await store.close()
})
