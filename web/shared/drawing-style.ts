/** How drawings look, in light and in dark: lines and text in the page's own colours. */
import { theme } from '../theme.ts'

/** Words are measured in the font they are shown in, or they would be cut in the middle. */
const FONT = { fontFamily: theme.fontFamily, fontSize: 13 }

export const DRAWN = {
  bpmnRenderer: {
    defaultFillColor: 'var(--diagram-fill)',
    defaultStrokeColor: 'var(--diagram-stroke)',
    defaultLabelColor: 'var(--diagram-label)',
  },
  textRenderer: { defaultStyle: FONT, externalStyle: { ...FONT, fontSize: 12 } },
}
