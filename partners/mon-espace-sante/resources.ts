/** The parts of FHIR R4 that a PDSm transaction uses, as they may arrive: everything can be missing. */

export interface Coding {
  system?: string
  code?: string
  display?: string
}
export interface CodeableConcept {
  coding?: Coding[]
}
export interface Identifier {
  use?: string
  system?: string
  value?: string
}
export interface Reference {
  reference?: string
  identifier?: Identifier
}
export interface Extension {
  url?: string
  valueCodeableConcept?: CodeableConcept
  valueIdentifier?: Identifier
}

export interface Resource {
  resourceType?: string
  id?: string
  meta?: { profile?: string[]; versionId?: string; lastUpdated?: string }
  contained?: Resource[]
  extension?: Extension[]
  identifier?: Identifier[]
}

export interface Patient extends Resource {
  gender?: string
  birthDate?: string
}

export interface Binary extends Resource {
  contentType?: string
  data?: string
}

export interface Attachment {
  contentType?: string
  language?: string
  url?: string
  size?: number
  hash?: string
  title?: string
  creation?: string
}

export interface DocumentReference extends Resource {
  masterIdentifier?: Identifier
  status?: string
  type?: CodeableConcept
  category?: CodeableConcept[]
  subject?: Reference
  date?: string
  author?: Reference[]
  authenticator?: Reference
  custodian?: Reference
  relatesTo?: { code?: string; target?: Reference }[]
  securityLabel?: CodeableConcept[]
  content?: { attachment?: Attachment; format?: Coding }[]
  context?: {
    period?: { start?: string; end?: string }
    facilityType?: CodeableConcept
    practiceSetting?: CodeableConcept
    sourcePatientInfo?: Reference
  }
}

export interface List extends Resource {
  status?: string
  mode?: string
  code?: CodeableConcept
  subject?: Reference
  date?: string
  source?: Reference
  entry?: { item?: Reference }[]
}

export interface BundleEntry {
  fullUrl?: string
  resource?: Resource
  request?: { method?: string; url?: string }
}

export interface Bundle extends Resource {
  type?: string
  entry?: BundleEntry[]
}

/** One thing wrong, and where: `expression` is a FHIRPath of the transaction. Names elements and codes, never a patient's data. */
export interface Problem {
  code: 'structure' | 'required' | 'value' | 'invariant' | 'conflict' | 'not-supported' | 'not-found' | 'exception'
  expression: string
  diagnostics: string
}

export function operationOutcome(problems: Problem[]): Resource {
  const issue = problems.map(({ code, expression, diagnostics }) => ({
    severity: 'error',
    code,
    diagnostics,
    ...(expression ? { expression: [expression] } : {}),
  }))
  return { resourceType: 'OperationOutcome', issue } as Resource
}
