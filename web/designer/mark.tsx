/** A word on a coloured ground, readable in light and in dark: how something stands. */
import type { ReactNode } from 'react'
import classes from './mark.module.css'

interface Props {
  tone: 'good' | 'warn' | 'bad' | 'calm'
  icon?: ReactNode
  large?: boolean
  children: ReactNode
}

export function Mark({ tone, icon, large = false, children }: Props) {
  return (
    <span className={classes.mark} data-tone={tone} data-large={large || undefined}>
      {icon}
      {children}
    </span>
  )
}
