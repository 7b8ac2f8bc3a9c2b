/** Which column of a table says what, told by its heading: names of pm4py, Disco, Celonis, Prosimos and of French exports. */
import { nearest } from '../yaml/nearest.ts'

export const roles = ['case', 'activity', 'asked', 'start', 'end', 'resource', 'lifecycle', 'instance'] as const
export type Role = (typeof roles)[number]

export type Columns = Partial<Record<Role, number>>

/** The likeliest first; letters and digits alone, without accents. */
const HEADINGS: Record<Role, string[]> = {
  case: 'caseid case caseconceptname traceid caseidentifier processinstanceid processinstance encounterid encounter visitid visit stayid hadmid episodeid patientid patient run runid numerodossier nodossier iddossier dossier numerosejour idsejour sejour idcas cas iep ipp ticketid orderid subjectid id'.split(
    ' ',
  ),
  activity:
    'activity activityname activityid conceptname eventconceptname task taskname element event eventname eventclass operation step action activite nomactivite tache etape acte evenement'.split(
      ' ',
    ),
  asked:
    'asked askedat enabled enabledtime enabletime enabledtimestamp enabletimestamp requested requestedat requesttime schedule scheduled scheduletime queued queuetime queuedat waitingsince arrivaltime demande demandele heuredemande'.split(
      ' ',
    ),
  start:
    'start starttime starttimestamp startdate startdatetime timestart timestampstart begin begintime begindate started startedat from debut datedebut heuredebut datededebut heurededebut dateheuredebut dateetheurededebut horodatagedebut'.split(
      ' ',
    ),
  end: 'end endtime endtimestamp enddate enddatetime timeend timestampend complete completetime completetimestamp completed completedat completiontime finish finishtime finished to fin datefin heurefin datedefin heuredefin dateheurefin dateetheuredefin horodatagefin timestamp timetimestamp time datetime date eventtime eventtimestamp at horodatage dateheure dateevenement'.split(
    ' ',
  ),
  resource:
    'resource resourcename resourceid orgresource user username userid performer agent staff employee doneby who originator ressource intervenant utilisateur agentid orgrole role orggroup group service'.split(
      ' ',
    ),
  lifecycle: 'lifecycletransition lifecycle transition eventtype lifecyclestate statut etat'.split(' '),
  instance: 'conceptinstance activityinstance activityinstanceid instance'.split(' '),
}

const plain = (heading: string): string =>
  heading
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** @param told headings by role, as the user says them. @returns the columns, or what is wrong with what was told. */
export const columnsOf = (headings: string[], told: Partial<Record<Role, string>>): Columns | string[] => {
  const wrong: string[] = []
  const columns: Columns = {}
  for (const role of roles) {
    const heading = told[role]
    if (heading === undefined) continue
    const place = headings.findIndex((each) => each.trim() === heading.trim() || plain(each) === plain(heading))
    if (place >= 0) columns[role] = place
    else {
      const meant = nearest(heading, headings)
      wrong.push(
        `there is no column "${heading}"; ${meant ? `did you mean "${meant}"?` : `there are ${headings.map((each) => `"${each}"`).join(', ')}`}`,
      )
    }
  }
  if (wrong.length > 0) return wrong
  const isTaken = (place: number) => Object.values(columns).includes(place)
  // Prosimos and pm4py name a table's columns once for the case and once for the event: `case:concept:name` is none of the event's.
  const names = headings.map((heading) => plain(heading))
  for (const role of roles) {
    if (columns[role] !== undefined) continue
    for (const name of HEADINGS[role]) {
      const place = names.findIndex((each, index) => each === name && !isTaken(index))
      if (place < 0) continue
      columns[role] = place
      break
    }
  }
  return columns
}
