/** What the fast lane does not do: the reason is for whoever wants to know why a scenario is slow. */
export class Beyond extends Error {
  constructor(place: string, what: string) {
    super(`${place}: ${what}`)
    this.name = 'Beyond'
  }
}
