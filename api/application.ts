/** The whole API as one Hono application: it can be asked without a socket. */
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import type { Dependencies } from './dependencies.ts'
import { problemOf } from './failures.ts'
import { createMetrics, observe } from './observing.ts'
import { servePage } from './page.ts'
import { answerProblem, ProblemError } from './problems.ts'
import { refuseUnreadable } from './readable.ts'
import { newRouter } from './route.ts'
import { alertRoutes } from './routes/alerts.ts'

import { bedRoutes } from './routes/beds.ts'

import { commandCentreRoutes } from './routes/command-centre.ts'

import { demoRoutes } from './routes/demo.ts'
import { documentRoutes } from './routes/documents.ts'
import { draftWindowRoutes } from './routes/draft-windows.ts'
import { eventRoutes } from './routes/events.ts'
import { experimentRoutes } from './routes/experiments.ts'
import { followUpRoutes } from './routes/follow-ups.ts'
import { forecastActionRoutes } from './routes/forecast-actions.ts'
import { forecastRoutes } from './routes/forecasts.ts'
import { healthRoutes } from './routes/health.ts'
import { incidentRoutes } from './routes/incidents.ts'
import { measurementRoutes } from './routes/measurements.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { migrationRoutes } from './routes/migrations.ts'
import { pathwayRoutes } from './routes/pathways.ts'
import { patientRoutes } from './routes/patients.ts'
import { placeRoutes } from './routes/places.ts'
import { referenceRoutes } from './routes/reference.ts'
import { rehearsalRoutes } from './routes/rehearsals.ts'
import { resourceRoutes } from './routes/resources.ts'
import { runRoutes } from './routes/runs.ts'
import { scenarioRoutes } from './routes/scenarios.ts'
import { sightingRoutes } from './routes/sightings.ts'
import { taskStepRoutes } from './routes/task-steps.ts'
import { taskRoutes } from './routes/tasks.ts'
import { textRoutes } from './routes/texts.ts'
import { theatreRoutes } from './routes/theatres.ts'
import { versionRoutes } from './routes/versions.ts'
import { watchRoutes } from './routes/watch.ts'
import { sessionOf } from './sessions.ts'

const BODY_BYTES_MAX = 1_000_000

export const DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'Parcours',
    version: '0.1.0',
    description:
      'Runs a hospital’s care pathways. Times are hospital time. Errors are RFC 9457 problems with a `remedy`, in French or English by ' +
      '`Accept-Language`. `x-roles` says who may call an operation; `operations` may call whatever a nurse, a physician, a bed manager, ' +
      'a theatre manager, a porter or a cleaner may.',
  },
}

/** @returns the application; `fetch` answers a request, `request` is handy in tests. */
export function createApplication(dependencies: Dependencies) {
  const { sessions, log, pageFolders } = dependencies
  const metrics = createMetrics()
  const application = newRouter()

  application.use(observe(log, metrics))
  application.use(
    secureHeaders({
      crossOriginResourcePolicy: 'same-origin',
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
    }),
  )
  application.use(
    '/api/*',
    bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (context) => answerProblem(context, new ProblemError('too-large')) }),
  )
  application.use('/api/*', refuseUnreadable)
  application.use('/api/*', async (context, next) => {
    context.set('session', sessionOf(context, sessions))
    await next()
  })

  const routed = application
    .route('/api', pathwayRoutes(dependencies))
    .route('/api', versionRoutes(dependencies))
    .route('/api', draftWindowRoutes(dependencies))
    .route('/api', migrationRoutes(dependencies))
    .route('/api', experimentRoutes(dependencies, metrics))
    .route('/api', scenarioRoutes(dependencies))
    .route('/api', textRoutes(dependencies))
    .route('/api', runRoutes(dependencies))
    .route('/api', taskRoutes(dependencies))
    .route('/api', taskStepRoutes(dependencies))
    .route('/api', resourceRoutes(dependencies))
    .route('/api', bedRoutes(dependencies))
    .route('/api', placeRoutes(dependencies))
    .route('/api', sightingRoutes(dependencies, metrics))
    .route('/api', theatreRoutes(dependencies))
    .route('/api', patientRoutes(dependencies))
    .route('/api', followUpRoutes(dependencies))
    .route('/api', measurementRoutes(dependencies))
    .route('/api', documentRoutes(dependencies))
    .route('/api', incidentRoutes(dependencies))
    .route('/api', alertRoutes(dependencies))
    .route('/api', watchRoutes(dependencies))
    .route('/api', commandCentreRoutes(dependencies))
    .route('/api', forecastRoutes(dependencies))
    .route('/api', forecastActionRoutes(dependencies))
    .route('/api', rehearsalRoutes(dependencies))
    .route('/api', eventRoutes(dependencies, metrics))
    .route('/api', demoRoutes(dependencies))
    .route('/api', referenceRoutes())
    .route('/', healthRoutes(dependencies))
    .route('/', metricsRoutes(dependencies, metrics))

  application.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  application.openAPIRegistry.registerComponent('securitySchemes', 'cookie', { type: 'apiKey', in: 'cookie', name: 'parcours' })
  application.doc31('/api/openapi.json', DOCUMENT)

  application.all('/api/*', (context) => answerProblem(context, new ProblemError('not-found')))
  application.get('*', servePage(pageFolders))
  application.notFound((context) => answerProblem(context, new ProblemError('not-found')))
  application.onError((error, context) => {
    if (error instanceof HTTPException && error.status === 400) return answerProblem(context, new ProblemError('bad-request'))
    const id = context.req.param('id') ?? ''
    const known = problemOf(error, { pathway: id, unit: id, pool: id, experiment: id })
    if (known) return answerProblem(context, known)
    // The text of an error may quote what a person typed or what a row holds: its kind and where it rose are enough to find it.
    const { name, stack } = error
    log.error(
      {
        requestId: context.get('requestId'),
        error: name,
        at: stack
          ?.split('\n')
          .slice(1, 6)
          .map((line) => line.trim()),
      },
      'failed',
    )
    return answerProblem(context, new ProblemError('internal'))
  })
  return routed
}

export type ApplicationType = ReturnType<typeof createApplication>
