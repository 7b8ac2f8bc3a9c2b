import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { MantineProvider } from '@mantine/core'
import '@mantine/core/styles.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { activateLanguage, storedLanguage, text } from './shared/language.ts'
import { theme } from './theme.ts'

activateLanguage(storedLanguage())
const queries = new QueryClient()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>{text('app.name')}</QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  </StrictMode>,
)
