/** How somebody likes the editor, kept in this browser. */
import { useLocalStorage } from '@mantine/hooks'

/** A small window, or one at 200 %: the drawing has it to itself until somebody says otherwise. */
const isSmall = (): boolean => window.matchMedia('(max-width: 56.24em), (max-height: 34em)').matches

const useRemembered = (key: string, defaultValue: boolean) =>
  useLocalStorage({ key, defaultValue, getInitialValueInEffect: false })

/** Whether the editor has the whole window. */
export const useLarge = () => useRemembered('parcours.designer.large', isSmall())

/** Whether the properties stand beside the drawing. */
export const usePropertiesShown = () => useRemembered('parcours.designer.properties', !isSmall())

/** Whether each thing against a drawing is told below it, or only how many there are. */
export const useFindingsShown = () => useRemembered('parcours.designer.findings', !isSmall())
