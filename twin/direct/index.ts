/** The twin's second lane: see `hospital.ts`. */
export { DirectHospital, directHospital } from './hospital.ts'
