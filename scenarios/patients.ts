/**
 * Synthetic patients: seeded by (seed, index), so the same two always give the same person, to the byte, whoever was made before.
 * Names, addresses and numbers come from faker; identifiers are of the test domain and can belong to nobody.
 */
import { base, en, Faker, fr } from '@faker-js/faker'
import { insKey, insOids } from '../pathways/identity/ins.ts'
import type { Variables } from '../pathways/language/feel/value.ts'
import { birthplaces } from './birthplaces.ts'
import type { conditions, PatientMix } from './schema.ts'
import { type Vitals, vitalsOf } from './vitals.ts'

export interface SyntheticPatient {
  /** Pseudonymous: says nothing about the person. */
  id: string
  identity: {
    birthFamily: string
    /** All given names, separated by spaces, in the order of the birth record. */
    birthGivens: string
    firstBirthGiven: string
    usedFamily: string
    sex: 'M' | 'F'
    /** `1979-03-28`. */
    birthDate: string
    birthPlace: { insee: string; name: string }
    /** 13 characters and the key, under the OID of test numbers. */
    ins: { value: string; oid: string }
    address: { street: string; postalCode: string; city: string }
    phone: string
    email: string
    generalPractitioner: { family: string; given: string; mailbox: string }
  }
  /** What the admission pathway starts with, besides the id. */
  clinical: {
    age: number
    sex: 'M' | 'F'
    mode: 'emergency' | 'planned'
    complaint: string
    specialty: 'medicine' | 'surgery'
    comorbidity: boolean
    isolation: boolean
    needsSurgery: boolean
    condition: (typeof conditions)[number] | 'none'
  } & Vitals
}

/** Ages are counted on this day, never on today's date. */
export const referenceDate = '2026-01-05'

/** The emergency department's mix when no scenario gives one. */
export const everyday: PatientMix = {
  mode: 'emergency',
  ages: [
    { from: 0, to: 18, share: 0.25 },
    { from: 18, to: 75, share: 0.6 },
    { from: 75, to: 98, share: 0.15 },
  ],
  severities: [0.15, 0.665, 0.17, 0.011, 0.004],
  complaints: { limbTrauma: 0.3, abdominalPain: 0.2, chestPain: 0.1, dyspnoea: 0.1, fever: 0.1, other: 0.2 },
  surgeryShare: 0.05,
  isolationShare: 0.05,
}

/**
 * One patient.
 * @param seed of the scenario, a whole number from 0.
 * @param index of the patient in that scenario, from 0.
 * @param mix what kind of patients they are: `Scenario.mixes`.
 */
export function syntheticPatient(seed: number, index: number, mix: PatientMix = everyday): SyntheticPatient {
  const faker = new Faker({ locale: [fr, en, base] })
  faker.seed([seed, index])
  const age = ageOf(faker, mix)
  const sex = faker.datatype.boolean() ? 'F' : 'M'
  return {
    id: `patient-${seed}-${String(index).padStart(6, '0')}`,
    identity: identityOf(faker, age, sex),
    clinical: clinicalOf(faker, age, sex, mix),
  }
}

/** What a run of the admission pathway starts with. No trait of identity is in it. */
export const admissionVariables = ({ id, clinical }: SyntheticPatient): Variables => ({ patient: id, ...clinical })

function ageOf(faker: Faker, mix: PatientMix): number {
  const { from, to } = weighted(
    faker,
    mix.ages.map((band) => ({ value: band, weight: band.share })),
  )
  return faker.number.int({ min: from, max: to - 1 })
}

function identityOf(faker: Faker, age: number, sex: 'M' | 'F'): SyntheticPatient['identity'] {
  const birthFamily = faker.person.lastName()
  const given = () => faker.person.firstName(sex === 'F' ? 'female' : 'male')
  const birthGivens = [...new Set([given(), given(), given()])]
  const married = sex === 'F' && age >= 30 && faker.number.float() < 0.5
  const usedFamily = married ? faker.person.lastName() : birthFamily
  const birthDate = birthDateOf(faker, age)
  const [insee, name] = faker.helpers.arrayElement(birthplaces)
  const digits = (length: number) => faker.string.numeric({ length })
  const practitioner = { family: faker.person.lastName(), given: faker.person.firstName() }
  return {
    birthFamily,
    birthGivens: birthGivens.join(' '),
    firstBirthGiven: birthGivens[0]!,
    usedFamily,
    sex,
    birthDate,
    birthPlace: { insee, name },
    ins: { value: insOf(faker, sex, birthDate, insee), oid: insOids.nirTest },
    address: {
      street: faker.location.streetAddress(),
      postalCode: faker.location.zipCode('#####'),
      city: faker.location.city(),
    },
    // 06 39 98 is kept for fiction by the French numbering plan.
    phone: `063998${digits(4)}`,
    email: `${mailName(birthGivens[0]!)}.${mailName(usedFamily)}@patient.example`,
    generalPractitioner: {
      ...practitioner,
      mailbox: `${mailName(practitioner.given)}.${mailName(practitioner.family)}@medecin.mssante.example`,
    },
  }
}

/** Born so that the age is right on the reference day. */
function birthDateOf(faker: Faker, age: number): string {
  const dayMs = 86_400_000
  const [year, month, day] = referenceDate.split('-').map(Number) as [number, number, number]
  const youngest = Date.UTC(year - age, month - 1, day)
  const eldest = Date.UTC(year - age - 1, month - 1, day + 1)
  const days = Math.round((youngest - eldest) / dayMs)
  return new Date(eldest + faker.number.int({ min: 0, max: days }) * dayMs).toISOString().slice(0, 10)
}

/** Sex, year, month, place of birth and order number, as a NIR, with its key. */
function insOf(faker: Faker, sex: 'M' | 'F', birthDate: string, insee: string): string {
  const order = faker.number.int({ min: 1, max: 990 })
  const number = `${sex === 'M' ? 1 : 2}${birthDate.slice(2, 4)}${birthDate.slice(5, 7)}${insee}${String(order).padStart(3, '0')}`
  return number + insKey(number)
}

const mailName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')

function clinicalOf(faker: Faker, age: number, sex: 'M' | 'F', mix: PatientMix): SyntheticPatient['clinical'] {
  const complaint = pick(faker, mix.complaints)
  const severity = weighted(
    faker,
    mix.severities.map((weight, index) => ({ value: index + 1, weight })),
  )
  const condition = mix.conditions ? pick(faker, mix.conditions) : conditionOf(faker, age)
  const comorbidity = condition !== 'none' || faker.number.float() < Math.min(0.6, age / 160)
  const needsSurgery = age >= 3 && faker.number.float() < mix.surgeryShare
  const isolation = faker.number.float() < mix.isolationShare
  return {
    age,
    sex,
    mode: mix.mode,
    complaint,
    specialty: needsSurgery ? 'surgery' : 'medicine',
    ...vitalsOf(faker, age, severity, complaint),
    comorbidity,
    isolation,
    needsSurgery,
    condition,
  }
}

/** One of those whose share is above nothing. */
function weighted<Item>(faker: Faker, items: { value: Item; weight: number }[]): Item {
  return faker.helpers.weightedArrayElement(items.filter(({ weight }) => weight > 0))
}

const pick = <Key extends string>(faker: Faker, shares: Partial<Record<Key, number>>): Key =>
  weighted(
    faker,
    (Object.entries(shares) as [Key, number][]).map(([value, weight]) => ({ value, weight })),
  )

/** How frequent each condition is among those who come to hospital, rising with age: an assumption of ours. */
function conditionOf(faker: Faker, age: number): SyntheticPatient['clinical']['condition'] {
  const old = Math.max(0, Math.min(1, (age - 40) / 50))
  const luck = faker.number.float()
  const shares = { HF: 0.25 * old, diabetes: 0.03 + 0.12 * old, COPD: 0.12 * old, implant: 0.06 * old }
  let reached = 0
  for (const [condition, share] of Object.entries(shares)) {
    reached += share
    if (luck < reached) return condition as keyof typeof shares
  }
  return 'none'
}
