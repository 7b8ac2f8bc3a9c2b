/** Which series of a forecast says what a measure of the command centre will be. */
import type { CommandCentreSettings } from '../records/command-centre-settings.ts'

const PRESENT = 'emergency.present'

/** By measure, the name of its series. */
export const seriesOf = ({ emergency, beds, theatres }: CommandCentreSettings): Record<string, string> => ({
  [PRESENT]: PRESENT,
  'emergency.waiting': `pool.${emergency.pool}.waiting`,
  'emergency.boarding': `pool.${beds.pool}.boarding`,
  'beds.free': `pool.${beds.pool}.free`,
  'beds.occupied': `pool.${beds.pool}.occupied`,
  'beds.dirty': `pool.${beds.pool}.dirty`,
  'beds.waiting': `pool.${beds.pool}.waiting`,
  'theatres.running': `pool.${theatres.pool}.occupied`,
  'theatres.cleaning': `pool.${theatres.pool}.dirty`,
})

/** What to ask a forecast for: the series, and the one that is a sum over steps. */
export const askedSeries = (settings: CommandCentreSettings): string[] => {
  const { pathway, elements } = settings.emergency
  const present = `${PRESENT}=${elements.map((element) => `${pathway}.${element}.present`).join('+')}`
  return [present, ...Object.values(seriesOf(settings)).filter((name) => name !== PRESENT)]
}
