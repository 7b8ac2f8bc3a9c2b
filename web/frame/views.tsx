/** Where one can go, always in sight: a rail of the areas beside the page; on a phone and at 200 %, a bar at the thumb with the first of them. */
import { Menu, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconDots, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link, useMatches } from '@tanstack/react-router'
import { useState } from 'react'
import { text } from '../shared/language.ts'
import { useCounters } from '../shared/queries.ts'
import { type NavigationArea, type NavigationEntry, navigationFor } from './navigation.ts'
import styles from './views.module.css'

/** Below it the views are a bar at the bottom; `views.module.css` says the same. */
const BAR = '(max-width: 56.24em)'
/** Below it the rail has icons only; `views.module.css` says the same. */
const ICONS = '(max-width: 75em)'
const ON_BAR = 4
const STORAGE_KEY = 'parcours.rail'

interface ViewsProps {
  role: string
  areas: readonly NavigationArea[]
}

export function Views({ role, areas }: ViewsProps) {
  const isBar = useMediaQuery(BAR, false, { getInitialValueInEffect: false })
  const shown = navigationFor(areas, role)
  return isBar ? <Bar role={role} areas={shown} /> : <Rail role={role} areas={shown} />
}

function Rail({ role, areas }: ViewsProps) {
  const isNarrow = useMediaQuery(ICONS, false, { getInitialValueInEffect: false })
  const [isFolded, setFolded] = useState(() => localStorage.getItem(STORAGE_KEY) === 'folded')
  const isIcons = isNarrow || isFolded
  const fold = () => {
    localStorage.setItem(STORAGE_KEY, isFolded ? '' : 'folded')
    setFolded(!isFolded)
  }
  const Fold = isFolded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <nav className={`frame-rail ${styles.rail}`} data-icons={isIcons || undefined} aria-label={text('frame.views')}>
      {areas.map(({ label, entries }) => (
        <div key={label}>
          <p className={styles.area} aria-hidden>
            {text(label)}
          </p>
          <ul aria-label={text(label)}>
            {entries.map((entry) => (
              <li key={entry.to}>
                <Tooltip label={text(entry.label)} position="right" disabled={!isIcons} openDelay={150}>
                  <ViewLink entry={entry} role={role} />
                </Tooltip>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {isNarrow ? null : (
        <button type="button" className={styles.fold} onClick={fold} aria-pressed={isFolded} aria-label={text('frame.fold')}>
          <Fold size={18} stroke={1.7} aria-hidden />
          <span className={styles.word}>{text('frame.fold')}</span>
        </button>
      )}
    </nav>
  )
}

function Bar({ role, areas }: ViewsProps) {
  const entries = areas.flatMap((area) => area.entries)
  const fits = entries.length <= ON_BAR + 1
  const more = fits ? [] : entries.slice(ON_BAR)
  const path = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? '' })
  const isElsewhere = more.some(({ to }) => path.startsWith(to))
  return (
    <nav className={`frame-rail ${styles.bar}`} aria-label={text('frame.views')}>
      <ul>
        {(fits ? entries : entries.slice(0, ON_BAR)).map((entry) => (
          <li key={entry.to}>
            <ViewLink entry={entry} role={role} isShort />
          </li>
        ))}
        {fits ? null : (
          <li>
            <Menu position="top-end" withinPortal>
              <Menu.Target>
                <button type="button" className={styles.link} data-current={isElsewhere || undefined}>
                  <IconDots size={20} stroke={1.7} aria-hidden />
                  <span className={styles.word}>{text('frame.more')}</span>
                </button>
              </Menu.Target>
              <Menu.Dropdown>
                {more.map(({ to, label, icon: Icon }) => (
                  <Menu.Item key={to} component={Link} to={to} leftSection={<Icon size={18} stroke={1.7} aria-hidden />}>
                    {text(label)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </li>
        )}
      </ul>
    </nav>
  )
}

interface ViewLinkProps {
  entry: NavigationEntry
  role: string
  /** Little room: a shorter name where there is one. */
  isShort?: boolean
}

function ViewLink({ entry: { to, label, short = label, icon: Icon, count }, role, isShort = false, ...props }: ViewLinkProps) {
  const { data } = useCounters()
  const waiting = data && count ? count(data, role) : 0
  return (
    <Link {...props} to={to} className={styles.link}>
      <Icon size={20} stroke={1.7} aria-hidden />
      <span className={styles.word}>{text(isShort ? short : label)}</span>
      {waiting ? <span className={`${styles.count} figures`}>{waiting}</span> : null}
    </Link>
  )
}
