/**
 * The colours of the hospital, for the 3D view, the plan and their legend. Those that tell people and states apart are of Okabe and Ito's
 * palette, which all kinds of colour vision can tell apart, and each goes with a shape of its own.
 */
import type { AreaKind } from '../hospital/places-file.ts'

export const LIGHT = {
  sky: 0xf6f8f9,
  ground: 0xe3e8e8,
  path: 0xf1f3f2,
  leaf: 0xa9bfa6,
  trunk: 0xb3a592,
  slab: 0xf3f2ee,
  wall: 0xffffff,
  wallShade: 0xc9cfd1,
  furniture: 0xd8d2c8,
  dark: 0xaab4b6,
  glass: 0xbcd6df,
}
export const DARK = {
  sky: 0x10181b,
  ground: 0x1b272b,
  path: 0x223035,
  leaf: 0x3d5a4c,
  trunk: 0x4a4338,
  slab: 0x39474d,
  wall: 0x5f7177,
  wallShade: 0x27343a,
  furniture: 0x56656b,
  dark: 0x3a4a50,
  glass: 0x4a7282,
}
export type Surroundings = typeof LIGHT

/** Floors of areas: hardly coloured, to be told apart and no more. */
export const AREA_COLOURS: Record<AreaKind, number> = {
  reception: 0xf0e9da,
  emergency: 0xf3e0d8,
  ward: 0xe6edef,
  critical: 0xeae2ee,
  theatres: 0xdcebe5,
  recovery: 0xe5eddf,
  imaging: 0xdfe6f2,
  laboratory: 0xece8f1,
  outpatients: 0xf0e9e2,
  sterile: 0xdfeeec,
  support: 0xeaeae6,
  offices: 0xececec,
}

/** By urgency of triage, 0 for nobody's: the most urgent are the darkest, so that they are told apart without colour too. */
export const URGENCY_COLOURS = [0x8f9ba0, 0xa3142a, 0xd55e00, 0xe69f00, 0xeccb55, 0x56b4e9, 0xa6cfe6]

/** By `Role`, but for patients. */
export const ROLE_COLOURS = [0x8f9ba0, 0x2f8f80, 0xf4f6f6, 0x4a72ad, 0x8f6ba8, 0xc2c8ca]

export const UnitColour = {
  free: 0xffffff,
  occupied: 0x8fb4c8,
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
