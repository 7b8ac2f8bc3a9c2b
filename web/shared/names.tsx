/** Names and ids as people read them. */
import { Anchor } from '@mantine/core'
import { linkTo, useAddress, withParameters } from './address.ts'
import { text, textOf } from './language.ts'

/** A pseudonym short enough to read out: `admission-4f21ab…` is `4f21ab`. */
export const shortId = (id: string): string => id.split('-').at(-1)!.slice(0, 6)

export const roleName = (role: string): string => textOf('role', role)
export const pathwayName = (pathway: string): string => textOf('pathway', pathway)

/** A run by its pseudonym, as a link that opens it. */
export function RunLink({ run, pathway }: { run: string; pathway?: string | null }) {
  const address = useAddress()
  return (
    <Anchor
      size="sm"
      className="figures"
      title={text('run.open', { run })}
      {...linkTo(withParameters(address, { run, task: '' }))}
    >
      {pathway ? `${pathwayName(pathway)} ` : ''}
      {shortId(run)}
    </Anchor>
  )
}
