/** A small hospital behind the API: pathways, beds, a patient, and a host that moves runs as the workflow would. */
import { createPatient, type PatientTraits } from '../../records/patients.ts'
import { end, extended, pathway, start } from '../records/model.ts'
import { Host, pool, publish, setLedger, unit } from '../records/support.ts'
import type { TestApi } from './support.ts'

const userTask = (id: string, role: string, form: string, extensions = '') =>
  `<bpmn:userTask id="${id}" name="${id} it">${extended(`<hospital:task role="${role}" form="${form}" place="Ward A/12"/>${extensions}`)}</bpmn:userTask>`

/** What `triage` asks for. */
const FORM = {
  type: 'default',
  components: [
    { type: 'number', key: 'triage', label: 'Tri', validate: { required: true, min: 1, max: 5 } },
    { type: 'textfield', key: 'note', label: 'Remarque' },
  ],
}

export const TRAITS: PatientTraits = {
  birthFamily: 'DUPONT',
  birthGivens: 'MARIE CLAIRE',
  firstBirthGiven: 'MARIE',
  usedFamily: 'Lefèvre',
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: { insee: '75056', name: 'Paris' },
  ins: { value: '279037505612345', oid: '1.2.250.1.213.1.4.10' },
}

/**
 * `visit`: a nurse triages, then a porter brings the patient. `stay`: takes the only bed. `watch`: waits for a measurement.
 * @returns the host, and the patient's pseudonym.
 */
export async function openHospital({ records }: TestApi): Promise<{ host: Host; patient: string }> {
  const models = await Promise.all([
    pathway(
      'visit',
      `${start}${userTask('triage', 'nurse', 'f', '<hospital:outcome variable="admit" value="=luck &lt; 0.3"/>')}${userTask('bring', 'porter', '')}${end}`,
      'start>triage triage>bring bring>end',
    ),
    pathway(
      'stay',
      `${extended('<hospital:hold name="bed" pool="bed" quantity="1"/>')}${start}${userTask('lie', 'nurse', '', '<hospital:take hold="bed"/>')}${end}`,
      'start>lie lie>end',
    ),
    pathway(
      'watch',
      `${start}<bpmn:intermediateCatchEvent id="hear">${extended(
        '<hospital:correlation key="=patient"/><hospital:set variable="weight" value="=payload.value"/>',
      )}<bpmn:messageEventDefinition messageRef="measurement"/></bpmn:intermediateCatchEvent>${end}`,
      'start>hear hear>end',
      { messages: ['measurement'] },
    ),
  ])
  for (const { program, bpmn } of models) await publish(records, { program: { ...program, forms: { f: FORM } }, bpmn })
  await setLedger(records, {
    pools: [pool('bed'), pool('gauze', { kind: 'stock', reorderThreshold: 5, reorderQuantity: 10 })],
    units: [unit('bed1', 'bed')],
    lots: [{ pool: 'gauze', lot: 'L1', quantity: 3, expiresAt: 1e12 }],
  })
  const { id } = await createPatient(records, { traits: TRAITS, insStatus: 'QUAL', at: 0 })
  return { host: new Host(records), patient: id }
}
