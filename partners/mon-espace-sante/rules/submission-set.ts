/** What pdsm-submissionset-comprehensive (PDSm 3.1.1, on IHE MHD 4.2) makes mandatory. */
import type { Extension, List } from '../resources.ts'
import { check, coded, contained, given, isInstant, type Rule } from './rule.ts'

export const LIST_TYPES = 'https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes'
const EXTENSIONS = 'https://profiles.ihe.net/ITI/MHD/StructureDefinition'

const extension = (list: List, name: string): Extension | undefined =>
  list.extension?.find(({ url }) => url === `${EXTENSIONS}/${name}`)

/** 'submissionset' or 'folder', when the list says so in IHE's own code system. */
export const listTypeOf = (list: List): string | undefined => list.code?.coding?.find(({ system }) => system === LIST_TYPES)?.code

export const submissionSetRules: Rule<List>[] = [
  {
    path: 'identifier',
    code: 'required',
    says: 'identifier (uniqueId of the submission) is mandatory: a system and a value.',
    holds: ({ identifier }) => identifier?.some(({ system, value }) => given(system) && given(value)) ?? false,
  },
  {
    path: 'status',
    code: 'required',
    says: 'status is mandatory and must be "current".',
    holds: ({ status }) => status === 'current',
  },
  {
    path: 'mode',
    code: 'required',
    says: 'mode is mandatory and must be "working".',
    holds: ({ mode }) => mode === 'working',
  },
  {
    path: 'subject',
    code: 'required',
    says: 'subject is mandatory: the contained Patient.',
    holds: (list) => contained(list, list.subject)?.resourceType === 'Patient',
  },
  {
    path: 'date',
    code: 'required',
    says: 'date is mandatory: an instant with its offset.',
    holds: ({ date }) => isInstant(date),
  },
  {
    path: 'source',
    code: 'required',
    says: 'source is mandatory and must be contained: a PractitionerRole, an Organization, a Device or the Patient.',
    holds: (list) =>
      ['PractitionerRole', 'Organization', 'Device', 'Patient'].includes(contained(list, list.source)?.resourceType ?? ''),
  },
  {
    path: "extension('ihe-designationType')",
    code: 'required',
    says: 'The extension ihe-designationType is mandatory, with a system and a code.',
    holds: (list) => coded(extension(list, 'ihe-designationType')?.valueCodeableConcept),
  },
  {
    path: "extension('ihe-sourceId')",
    code: 'required',
    says: 'The extension ihe-sourceId is mandatory: an identifier.',
    holds: (list) => given(extension(list, 'ihe-sourceId')?.valueIdentifier?.value),
  },
  {
    path: "extension('ihe-sourcePatientId')",
    code: 'required',
    says: 'The extension ihe-sourcePatientId is mandatory: an identifier.',
    holds: (list) => given(extension(list, 'ihe-sourcePatientId')?.valueIdentifier?.value),
  },
  {
    path: 'entry.item',
    code: 'required',
    says: 'entry.item is mandatory: the fullUrl of each DocumentReference.',
    holds: ({ entry }) => given(entry) && (entry ?? []).every(({ item }) => given(item?.reference)),
  },
]

export const checkSubmissionSet = (list: List, place: string) => check(submissionSetRules, list, place)
