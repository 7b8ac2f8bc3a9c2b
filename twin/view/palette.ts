/**
 * The colours of the hospital, for the 3D view, the plan and their legend. Those that tell people and states apart are of Okabe and Ito's
 * palette, which all kinds of colour vision can tell apart, and each goes with a shape of its own.
 */
import type { AreaKind } from '../hospital/places-file.ts'

export const LIGHT = {
  sky: 0xf3f6f6,
  ground: 0xe6ebe9,
  slab: 0xf4f3ef,
  wall: 0xfbfaf7,
  wallShade: 0xcfd3d1,
  furniture: 0xd9d4cb,
  dark: 0x9aa5a6,
}
export const DARK = {
  sky: 0x11191c,
  ground: 0x182226,
  slab: 0x36444a,
  wall: 0x55666c,
  wallShade: 0x26333a,
  furniture: 0x4c5a60,
  dark: 0x2b373c,
}
export type Surroundings = typeof LIGHT

/** Floors of areas: hardly coloured, to be told apart and no more. */
export const AREA_COLOURS: Record<AreaKind, number> = {
  reception: 0xe8dcc3,
  emergency: 0xf0cfc2,
  ward: 0xdce7ea,
  critical: 0xe3d3e6,
  theatres: 0xc9e2d8,
  recovery: 0xd8e6cd,
  imaging: 0xcfd9ee,
  laboratory: 0xe6e0ee,
  outpatients: 0xeadfd5,
  sterile: 0xd3e8e6,
  support: 0xe2e2dd,
  offices: 0xe6e6e6,
}

/** By urgency of triage, 0 for nobody's: the most urgent are the darkest, so that they are told apart without colour too. */
export const URGENCY_COLOURS = [0x7f8f94, 0xb2182b, 0xd55e00, 0xe69f00, 0xf0c84b, 0x56b4e9, 0x9ecae1]

/** By `Role`, but for patients. */
export const ROLE_COLOURS = [0x7f8f94, 0x0b8f7a, 0xf7f7f7, 0x3d6fb6, 0x9a6fb0, 0xa8adb0]

export const UnitColour = {
  free: 0xffffff,
  occupied: 0x4d8fb8,
  dirty: 0xb8743a,
  cleaning: 0x9a6fb0,
} as const

/** From little to much: cividis, which reads alike for all. */
export const HEAT = [0x00204d, 0x31446b, 0x666970, 0x958f78, 0xcbba69, 0xffea46]

/** @returns a colour of HEAT. @param share from 0 to 1. */
export const heatColour = (share: number): number => {
  const at = Math.max(0, Math.min(1, share)) * (HEAT.length - 1)
  const [low, high] = [HEAT[Math.floor(at)]!, HEAT[Math.min(HEAT.length - 1, Math.floor(at) + 1)]!]
  const mix = (shift: number) =>
    Math.round(((low >> shift) & 255) + (((high >> shift) & 255) - ((low >> shift) & 255)) * (at - Math.floor(at))) << shift
  return mix(16) | mix(8) | mix(0)
}
