/** Said when the live link is down: what is on the page may be old, since when, and that nothing need be done. */
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { text, useText } from '../shared/language.ts'
import { useLive } from '../shared/live.ts'

/** A short cut heals by itself before anybody need read about it. */
const PATIENCE_MS = 2_000

export function LinkBanner() {
  const language = useText()
  const { link, heardAt } = useLive()
  const [long, setLong] = useState(false)
  useEffect(() => {
    if (link !== 'down') return setLong(false)
    const timer = setTimeout(() => setLong(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [link])
  if (!long) return null
  const at = heardAt === null ? null : new Date(heardAt).toLocaleTimeString(language)
  return (
    <div className="link-banner" role="alert">
      <IconPlugConnectedX size={18} stroke={1.7} aria-hidden />
      <span>{at === null ? text('link.bannerNever') : text('link.banner', { at })}</span>
    </div>
  )
}
