/** The twin's second lane: see `hospital.ts`. */
export { directHospital } from './hospital.ts'
