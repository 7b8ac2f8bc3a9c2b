/** Hospital time as people read it. The API's texts carry the site's own offset: their local part is what the clock on the wall says. */
import { useEffect, useState } from 'react'
import { useClock } from './queries.ts'

/** `14:05` */
export const hourText = (iso: string): string => iso.slice(11, 16)

/** `lundi 5 janvier` */
export function dayText(iso: string, language: string): string {
  const local = new Date(`${iso.slice(0, 10)}T12:00:00Z`)
  return new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(local)
}

/** `5 janv. 14:05`, or `14:05` on the day of `now`. */
export function momentText(iso: string, now: string, language: string): string {
  if (iso.slice(0, 10) === now.slice(0, 10)) return hourText(iso)
  const local = new Date(`${iso.slice(0, 10)}T12:00:00Z`)
  return `${new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(local)} ${hourText(iso)}`
}

/** How long: `12 min`, `3 h 05`, `2 j 4 h`. Never negative. */
export function durationText(milliseconds: number, language: string): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  const day = language === 'fr' ? 'j' : 'd'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')}`
  return `${Math.floor(hours / 24)} ${day} ${hours % 24} h`
}

/** How long, to the largest part: `12 min`, `3 h`, `2 j`. Never negative. */
export function briefDurationText(milliseconds: number, language: string): string {
  const hours = Math.max(0, Math.floor(milliseconds / 3_600_000))
  if (hours < 1) return durationText(milliseconds, language)
  return hours < 24 ? `${hours} h` : `${Math.floor(hours / 24)} ${language === 'fr' ? 'j' : 'd'}`
}

/** A moment (Unix ms) as an ISO text with the offset that another text of the site has. */
export const isoLike = (milliseconds: number, pattern: string): string => {
  const offset = pattern.endsWith('Z') ? 'Z' : pattern.slice(-6)
  const minutes =
    offset === 'Z' ? 0 : (offset[0] === '-' ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)))
  return new Date(milliseconds + minutes * 60_000).toISOString().slice(0, 19) + offset
}

export interface Now {
  /** Unix milliseconds of hospital time. */
  ms: number
  /** The same as an ISO text with the site's offset. */
  iso: string
  rate: number
}

/** Hospital time now, between two readings of the clock; null before the first. @param everyMs how often it moves on. */
export function useNow(everyMs = 5_000): Now | null {
  const { data } = useClock()
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  if (!data) return null
  const ms = Date.parse(data.now) + (performance.now() - data.readAt) * data.rate
  return { ms, iso: isoLike(ms, data.now), rate: data.rate }
}
