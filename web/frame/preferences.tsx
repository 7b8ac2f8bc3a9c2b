/** Language and light: kept in the browser. */
import { ActionIcon, Menu, SegmentedControl, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconLanguage, IconMoon, IconSun } from '@tabler/icons-react'
import { activateLanguage, type Language, text, useText } from '../shared/language.ts'

export function LanguageSwitch() {
  const language = useText()
  return (
    <SegmentedControl
      size="xs"
      aria-label={text('frame.language')}
      value={language}
      onChange={(chosen) => void activateLanguage(chosen as Language)}
      data={[
        {
          value: 'fr',
          label: (
            <span lang="fr" title="Français">
              FR
            </span>
          ),
        },
        {
          value: 'en',
          label: (
            <span lang="en" title="English">
              EN
            </span>
          ),
        },
      ]}
    />
  )
}

export function LightSwitch() {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const label = text(scheme === 'dark' ? 'frame.light' : 'frame.dark')
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
    >
      {scheme === 'dark' ? <IconSun size={18} stroke={1.6} /> : <IconMoon size={18} stroke={1.6} />}
    </ActionIcon>
  )
}

/** Both, in the menu of who has little room. */
export function PreferenceItems() {
  const language = useText()
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  const Light = isDark ? IconSun : IconMoon
  return (
    <>
      <Menu.Item
        hiddenFrom="sm"
        leftSection={<IconLanguage size={18} aria-hidden />}
        onClick={() => void activateLanguage(language === 'fr' ? 'en' : 'fr')}
      >
        {language === 'fr' ? <span lang="en">English</span> : <span lang="fr">Français</span>}
      </Menu.Item>
      <Menu.Item
        hiddenFrom="sm"
        leftSection={<Light size={18} aria-hidden />}
        onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
      >
        {text(isDark ? 'frame.light' : 'frame.dark')}
      </Menu.Item>
    </>
  )
}
