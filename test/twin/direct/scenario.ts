/** A hospital for random pathways: hours, units that differ, turnover, stock that is ordered again, requests that may be passed only so often. */
import { ScenarioFile } from '../../../twin/experiment/schema.ts'

export const scenarioOf = (seed: number) =>
  ScenarioFile.parse({
    hospital: {
      calendars: [{ id: 'day', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '08:00', to: '20:00' }],
      pools: [
        {
          id: 'nurse',
          name: 'nurse',
          units: [
            { name: 'N', count: 3, place: 'A' },
            { name: 'D', count: 3, place: 'A', calendar: 'day' },
          ],
        },
        { id: 'doctor', units: 3 },
        { id: 'bed', name: 'bed', units: [{ name: 'B', count: 5, place: 'A' }], turnover: 'clean', passesMax: 2 },
        { id: 'place', name: 'place', units: [{ name: 'P', count: 12, place: 'A' }], passesMax: 3 },
        {
          id: 'room',
          name: 'room',
          passesMax: 2,
          units: [
            { name: 'R', count: 2, place: 'A', attributes: { kind: 'large' } },
            { name: 'S', count: 2, place: 'A', attributes: { kind: 'small' } },
          ],
        },
        {
          id: 'set',
          name: 'set',
          stock: { reorderThreshold: 10, reorderQuantity: 30 },
          lots: [{ lot: 'A', quantity: 30, expires: '2027-06-30' }],
        },
      ],
    },
    reorder: { lead: 'PT6H', shelfLife: 'P100D' },
    pathways: ['visit.bpmn'],
    demand: [
      {
        id: 'walk-in',
        pathway: 'visit',
        perHour: 2,
        together: { shares: { 1: 0.8, 2: 0.2 } },
        variables: { acuity: '=floor(luck * 3)', wait: { distribution: 'exponential', mean: 'PT12M' } },
      },
      {
        id: 'news',
        message: { name: 'news', key: '=acuity' },
        interarrival: 'PT17M',
        noShow: 0.2,
        variables: { acuity: '=floor(luck * 3)' },
      },
    ],
    horizon: 'P2D',
    warmUp: 'PT6H',
    seed,
  })
