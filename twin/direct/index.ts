/** The twin's second lane: see `hospital.ts`. */
export { type DirectHospital, directHospital } from './hospital.ts'
