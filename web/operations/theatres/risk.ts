import { text } from '../../shared/language.ts'

/** `dépassement 35 %` */
export const riskText = (risk: number): string => text('theatres.risk', { percent: Math.round(risk * 100) })
