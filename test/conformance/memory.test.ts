/** The conformance table on the host in memory, as it is and with every Instance saved and loaded around each step. */
import { playInMemory } from './memory-driver.ts'
import { conformance } from './suite.ts'

conformance({ name: 'the host in memory', play: (example) => playInMemory(example, false) })
conformance({ name: 'the host in memory, saving at every step', play: (example) => playInMemory(example, true) })
