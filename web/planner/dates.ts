/** Days of the simulated site as people read them. */

/** `1 août`, of an ISO text with the site's own offset. */
export const dayMonthText = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${iso.slice(0, 10)}T12:00:00Z`),
  )
