/**
 * A sandbox of Mon Espace Santé: `npx tsx partners/mon-espace-sante/main.ts`. PORT chooses the port (a free one otherwise), DATA the
 * folder it keeps its documents in. It says `{"event":"listening","port":…}` when ready.
 */
import { announce, closeOnSignal, listen } from '../http.ts'
import { createMonEspaceSante } from './server.ts'
import { Store } from './store.ts'

const store = await Store.open(process.env.DATA ?? '.data/mon-espace-sante')
const server = createMonEspaceSante(store)
const port = await listen(server, Number(process.env.PORT ?? 0))
announce({ event: 'listening', port, documents: store.count })
closeOnSignal(async () => {
  server.closeAllConnections()
  server.close()
  await store.close()
})
