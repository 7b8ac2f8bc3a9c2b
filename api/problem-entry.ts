/** One problem of the catalogue: its status, and its words in both languages. `{name}` is filled from the error's parameters. */

export interface Texts {
  title: string
  detail?: string
  remedy: string
}
export interface Entry {
  status: number
  fr: Texts
  en: Texts
}

export const entry = (status: number, fr: Texts, en: Texts): Entry => ({ status, fr, en })
