import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { MantineProvider } from '@mantine/core'
import './styles/mantine.ts'
import './styles/colours.css'
import './styles/frame.css'
import './styles/diagram.css'
import './styles/resources.css'
import './styles/lists.css'
import './styles/forms.css'
import './styles/narrow.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Application } from './application.tsx'
import { activateLanguage, storedLanguage } from './shared/language.ts'
import { queries } from './shared/queries.ts'
import { theme } from './theme.ts'

await activateLanguage(storedLanguage())

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <Application />
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  </StrictMode>,
)
