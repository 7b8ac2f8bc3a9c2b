/** Where units stand, as a hospital's files write it: `Médecine A/Chambre 104` is a department and a room in it. */
export interface Place {
  department: string
  /** '' where a unit stands in the department itself. */
  room: string
}

/** The parts of a unit's place. */
export const placeOf = (place: string): Place => {
  const cut = place.indexOf('/')
  return cut < 0
    ? { department: place.trim(), room: '' }
    : { department: place.slice(0, cut).trim(), room: place.slice(cut + 1).trim() }
}
