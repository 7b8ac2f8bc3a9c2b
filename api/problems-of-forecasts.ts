/** The problems of forecasts. */
import { type Entry, entry } from './problem-entry.ts'

export const FORECAST_PROBLEMS = {
  'unknown-forecast': entry(
    404,
    { title: 'Prévision inconnue', remedy: 'Vérifiez l’identifiant dans /api/forecasts.' },
    { title: 'Unknown forecast', remedy: 'Check the id in /api/forecasts.' },
  ),
  'no-demand': entry(
    409,
    {
      title: 'Demande inconnue',
      detail: 'Personne n’a dit qui vient à l’hôpital.',
      remedy: 'Dites-le par PUT /api/demand (docs/forecast.md), puis recommencez.',
    },
    {
      title: 'Unknown demand',
      detail: 'Nobody has said who comes to the hospital.',
      remedy: 'Say so with PUT /api/demand (docs/forecast.md), then ask again.',
    },
  ),
  'forecast-impossible': entry(
    422,
    { title: 'Prévision impossible', detail: '{why}', remedy: 'Corrigez la demande, le scénario « et si » ou les séries.' },
    { title: 'Impossible forecast', detail: '{why}', remedy: 'Correct the demand, the what-if or the series.' },
  ),
  'forecast-stopped': entry(
    409,
    { title: 'Prévision arrêtée', remedy: 'Redemandez-la.' },
    { title: 'Forecast stopped', remedy: 'Ask for it again.' },
  ),
} satisfies Record<string, Entry>
