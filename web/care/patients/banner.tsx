/** The patient banner, as the NHS CUI guides say: who, born when, which sex, which number; never without it on a patient's page. */
import type { PatientDetail, Situation } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { birthDateText, fullName } from '../../shared/person-name.ts'
import { useNow } from '../../shared/times.ts'
import { ageText, sexText } from '../people.tsx'
import styles from './patient.module.css'

export function PatientBanner({ patient, holds }: { patient: PatientDetail; holds: Situation['holds'] }) {
  const language = useText()
  const now = useNow(60_000)
  const { say } = useNames()
  const { traits, allergies } = patient
  if (!traits)
    return (
      <section className={styles.banner}>
        <p>{text('patient.unseen')}</p>
      </section>
    )
  const { birthDate, sex, ins, identityStatus, familyName, birthName } = traits
  return (
    <section className={styles.banner} aria-label={text('patient.one')}>
      <div className={styles.bannerRow}>
        <h2 className={styles.name}>{fullName(traits)}</h2>
        <dl className={styles.traits}>
          {birthName && birthName.toUpperCase() !== familyName.toUpperCase() ? (
            <Trait name={text('patient.birthName')}>{birthName}</Trait>
          ) : null}
          <Trait name={text('patient.born')}>
            {birthDateText(birthDate, language)}
            {now ? ` (${ageText(birthDate, now.iso)})` : ''}
          </Trait>
          <Trait name={text('patient.sex')}>{sexText(sex)}</Trait>
          <Trait name={text('patient.ins')}>
            {ins ? `${grouped(ins)} · ` : ''}
            {text(`identity.${identityStatus}`)}
          </Trait>
        </dl>
      </div>
      {allergies ? (
        <p className={styles.allergies}>
          <strong>{text('patient.allergies')}</strong> {allergies}
        </p>
      ) : null}
      {holds.length > 0 ? (
        <p className={styles.where}>
          <strong>{text('patient.where')}</strong>{' '}
          {holds.map(({ name, place }) => [say(name), say(place)].filter(Boolean).join(', ')).join(' · ')}
        </p>
      ) : null}
    </section>
  )
}

function Trait({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{children}</dd>
    </div>
  )
}

/** A matricule in the groups it is read in: `2 79 03 75 056 123 45`. */
const grouped = (ins: string): string => ins.replace(/^(.)(..)(..)(..)(...)(...)(..)?$/, '$1 $2 $3 $4 $5 $6 $7').trim()
