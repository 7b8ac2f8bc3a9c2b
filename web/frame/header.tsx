/** What is always there: the hospital's time, finding, the link, who you are. */
import { Badge, Button, Group, Menu, Text, Tooltip } from '@mantine/core'
import { IconChevronDown, IconUserCircle } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { text, useText } from '../shared/language.ts'
import { useLive } from '../shared/live.ts'
import { roleName } from '../shared/names.tsx'
import { useSession } from '../shared/queries.ts'
import { dayText, hourText, useNow } from '../shared/times.ts'
import type { NavigationArea } from './navigation.ts'
import { PaletteButton } from './palette-button.tsx'
import { LanguageSwitch, LightSwitch, PreferenceItems } from './preferences.tsx'
import { PAGE_ROLES, takeRole } from './sign-in.tsx'

export function Header({ role, areas }: { role: string; areas: readonly NavigationArea[] }) {
  const demo = useSession().data?.demo
  return (
    <header className="header">
      <div className="header-row">
        <Text className="brand" component="p">
          Parcours
        </Text>
        {demo ? <DemoMark /> : null}
        <HospitalClock />
        <Group gap="xs" ml="auto" wrap="nowrap" className="header-tools">
          <PaletteButton role={role} areas={areas} />
          <LinkPill />
          <Group gap="xs" wrap="nowrap" visibleFrom="sm">
            <LanguageSwitch />
            <LightSwitch />
          </Group>
          <RoleMenu role={role} />
        </Group>
      </div>
    </header>
  )
}

function DemoMark() {
  return (
    <Tooltip label={text('frame.demoLead')} multiline maw={280}>
      <Badge variant="light" size="sm" className="demo-mark" tabIndex={0}>
        {text('frame.demo')}
      </Badge>
    </Tooltip>
  )
}

function HospitalClock() {
  const language = useText()
  const now = useNow(1_000)
  if (!now) return <div className="clock" />
  return (
    <div className="clock" role="timer" aria-live="off" aria-label={text('frame.clock')}>
      <span className="clock-hour figures">{hourText(now.iso)}</span>
      <span className="clock-day">{dayText(now.iso, language)}</span>
      <Tooltip label={now.rate === 0 ? text('frame.rateStopped') : text('frame.rate', { rate: now.rate })}>
        <span className="clock-rate figures">{now.rate === 0 ? '‖' : `×${now.rate}`}</span>
      </Tooltip>
    </div>
  )
}

function LinkPill() {
  const { link } = useLive()
  return (
    <span className="link-pill" data-link={link} role="status" title={text(`link.${link}`)}>
      <span className="link-mark" aria-hidden />
      <span className="link-word">{text(`link.${link}`)}</span>
    </span>
  )
}

function RoleMenu({ role }: { role: string }) {
  const navigate = useNavigate()
  const take = async (chosen: string) => {
    await takeRole(chosen)
    await navigate({ to: '/' })
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconUserCircle size={16} stroke={1.7} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={text('frame.role', { role: roleName(role) })}
        >
          <span className="role-word">{roleName(role)}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text('frame.changeRole')}</Menu.Label>
        {PAGE_ROLES.map((one) => (
          <Menu.Item key={one} disabled={one === role} onClick={() => void take(one)}>
            <Text size="sm">{roleName(one)}</Text>
            <Text size="xs" className="quiet">
              {text(`roleLead.${one}`)}
            </Text>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <PreferenceItems />
        <Menu.Label>{text('frame.demoLead')}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}
