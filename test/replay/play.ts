/** A hospital of a replay's own on the shared services, and what was played in it. */
import { type LiveParts, openHospital } from '../../replay/hospital.ts'
import type { HospitalOptions } from '../../twin/simulate/index.ts'
import { testDatabase, testTemporal } from '../services/index.ts'
import { log } from '../workflows/support.ts'

export async function inHospital<Played>(options: HospitalOptions, play: (parts: LiveParts) => Promise<Played>): Promise<Played> {
  const [{ url, drop }, { address }] = await Promise.all([testDatabase(), testTemporal()])
  const parts = await openHospital({ databaseUrl: url, temporalAddress: address }, options, log)
  try {
    return await play(parts)
  } finally {
    await parts.close()
    await drop()
  }
}
