/** A scenario that cannot be simulated: where, why and what to do. */
export class ImpossibleScenario extends Error {
  readonly place: string

  constructor(place: string, what: string, remedy: string) {
    super(`${place}: ${what}. ${remedy}`)
    this.name = 'ImpossibleScenario'
    this.place = place
  }
}
