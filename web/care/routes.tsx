/** The addresses of those who care. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../frame/root-route.tsx'
import { withTexts } from '../shared/language.ts'
import { searchOf, word } from '../shared/search.ts'

const getParentRoute = () => rootRoute

const tasks = createRoute({
  getParentRoute,
  path: '/tasks',
  validateSearch: searchOf({ role: word, unit: word, mine: word, late: word }),
  component: lazyRouteComponent(
    withTexts(['care'], () => import('./tasks/tasks-view.tsx')),
    'TasksView',
  ),
  staticData: { title: 'view.tasks' },
})

const jobs = createRoute({
  getParentRoute,
  path: '/jobs',
  component: lazyRouteComponent(
    withTexts(['care'], () => import('./jobs/jobs-view.tsx')),
    'JobsView',
  ),
  staticData: { title: 'view.jobs' },
})

const patients = createRoute({
  getParentRoute,
  path: '/patients',
  component: lazyRouteComponent(
    withTexts(['care'], () => import('./patients/patients-view.tsx')),
    'PatientsView',
  ),
  staticData: { title: 'view.patients' },
})

const patient = createRoute({
  getParentRoute,
  path: '/patients/$id',
  validateSearch: searchOf({ pathway: word }),
  component: lazyRouteComponent(
    withTexts(['care'], () => import('./patients/patient-view.tsx')),
    'PatientView',
  ),
  staticData: { title: 'view.patient' },
})

const telesurveillance = createRoute({
  getParentRoute,
  path: '/telesurveillance',
  validateSearch: searchOf({ colour: word, patient: word }),
  component: lazyRouteComponent(
    withTexts(['care'], () => import('./telesurveillance/desk-view.tsx')),
    'DeskView',
  ),
  staticData: { title: 'view.telesurveillance' },
})

export const careRoutes = [tasks, jobs, patients, patient, telesurveillance] as const
