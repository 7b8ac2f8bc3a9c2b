import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** One accent, calm enough to leave colour to what needs attention. */
const teal: MantineColorsTuple = [
  '#e8f6f5',
  '#d3ebea',
  '#a5d6d4',
  '#73c0bd',
  '#4baeaa',
  '#32a39e',
  '#1f9d98',
  '#0b8883',
  '#0b6e6e',
  '#00605f',
]

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 8 },
  colors: { accent: teal },
  defaultRadius: 'md',
  fontFamily: 'Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
})
