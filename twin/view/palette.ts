/**
 * The colours of the hospital, for the 3D view, the plan and their legend. Those that tell people and states apart are of Okabe and Ito's
 * palette, which all kinds of colour vision can tell apart, and each goes with a shape of its own.
 */
import type { AreaKind } from '../hospital/places-file.ts'

export const LIGHT = {
  sky: 0xdcebf3,
  night: 0x3d4e63,
  ground: 0xc3cfba,
  path: 0xdcdad3,
  road: 0x9aa5aa,
  marking: 0xf3f4f2,
  leaf: 0x7da66f,
  trunk: 0x8d7358,
  slab: 0xe6e3dc,
  wall: 0xfbfaf7,
  /** How bright the cut tops of walls are, of their colour: they draw the plan. */
  wallTop: 0.5,
  wallShade: 0xc3ccd0,
  furniture: 0xd9dfe1,
  wood: 0xc9a77c,
  seat: 0x7fa3ab,
  screen: 0x27434d,
  dark: 0x8a979c,
  glass: 0x8fc3d6,
}
export const DARK: typeof LIGHT = {
  sky: 0x16222a,
  night: 0x0a1014,
  ground: 0x1b2a24,
  path: 0x2c353a,
  road: 0x1f272b,
  marking: 0x6d777c,
  leaf: 0x35563f,
  trunk: 0x4a4338,
  slab: 0x47535a,
  wall: 0x8fa3ab,
  wallTop: 0.62,
  wallShade: 0x2b383e,
  furniture: 0x6d7d84,
  wood: 0x7c6649,
  seat: 0x2f7480,
  screen: 0x7fd0e6,
  dark: 0x3a4a50,
  glass: 0x4f8ba0,
}
export type Surroundings = typeof LIGHT

/** Floors of areas, to be told apart. */
export const AREA_COLOURS: Record<AreaKind, number> = {
  reception: 0xf3dfae,
  emergency: 0xf3c9b4,
  ward: 0xcfe2ea,
  critical: 0xdcc9e6,
  theatres: 0xbfe0d2,
  recovery: 0xd3e6c0,
  imaging: 0xc5d4ef,
  laboratory: 0xddd0ec,
  outpatients: 0xf0dcba,
  sterile: 0xc4e3df,
  support: 0xe0dccf,
  offices: 0xdcdedf,
}

/** By urgency of triage, 0 for nobody's: the most urgent are the darkest, so that they are told apart without colour too. */
export const URGENCY_COLOURS = [0x8f9ba0, 0xa3142a, 0xd55e00, 0xe69f00, 0xeccb55, 0x56b4e9, 0xa6cfe6]

export const URGENCIES = URGENCY_COLOURS.length

/** By pathway of a patient's step, over and over: Okabe and Ito's. */
export const PATHWAY_COLOURS = [0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0xd55e00, 0x56b4e9, 0xf0e442, 0x5b6b70]
export const PATHWAY_TINTS = PATHWAY_COLOURS.length
/** What patients are dressed in. */
export const TINT_COLOURS = [...URGENCY_COLOURS, ...PATHWAY_COLOURS]

/** By `Role`, but for patients. */
export const ROLE_COLOURS = [0x8f9ba0, 0x2f8f80, 0xf4f6f6, 0x4a72ad, 0x8f6ba8, 0xc2c8ca]

export const UnitColour = {
  free: 0xffffff,
  occupied: 0x8fb4c8,
  dirty: 0xb8743a,
  cleaning: 0x9a6fb0,
  closed: 0x3b474c,
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
