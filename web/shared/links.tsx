/** Links that stay inside the page, in the clothes they wear; the router types where they lead. */
import { ActionIcon, type ActionIconProps, Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type Attributes<Own> = Own & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Own> & { ref?: Ref<HTMLAnchorElement> }

export const TextLink = createLink((props: Attributes<AnchorProps>) => <Anchor {...props} />)

export const ButtonLink = createLink((props: Attributes<ButtonProps>) => <Button component="a" {...props} />)

export const IconLink = createLink((props: Attributes<ActionIconProps>) => <ActionIcon component="a" {...props} />)

/** One of several to choose from: `chosen` says which, whatever the address leaves unsaid. */
export const ChoiceLink = createLink(({ chosen, ...props }: Attributes<{ chosen: boolean }>) => (
  <a {...props} aria-current={chosen ? 'true' : undefined} />
))
