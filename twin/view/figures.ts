/** What stands for people, beds and carts: made of parts, told apart by shape before colour. Feet on 0, looking along +z, metres. */
import {
  BoxGeometry,
  type BufferGeometry,
  Color,
  CylinderGeometry,
  Float32BufferAttribute,
  InstancedBufferGeometry,
  LatheGeometry,
  OctahedronGeometry,
  SphereGeometry,
  Vector2,
} from 'three'
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js'

/** Which part of a figure a corner belongs to: limbs move, and what is another role's is folded away (`people-material.ts`). */
export const Part = {
  body: 0,
  legLeft: 1,
  legRight: 2,
  armLeft: 3,
  armRight: 4,
  hair: 5,
  /** Of a role: this and the role. */
  role: 10,
  /** Under who is pushed along. */
  trolley: 20,
  /** Over who waits. */
  wait: 21,
} as const

/** How much of a corner's colour is the garment's: 0 is its own, 1 the garment's, less a darker one. Skin and hair differ by person. */
export const Dye = { own: 0, garment: 1, trousers: 0.55, skin: 2, hair: 3 } as const

const SHOE = 0x39434a
const STEEL = 0xb4bfc3
const SHEET = 0xf4f6f4

const part = (geometry: BufferGeometry, which: number, dye: number, colour = 0xffffff): BufferGeometry => {
  const { r, g, b } = new Color(colour)
  const plain = geometry.index ? geometry.toNonIndexed() : geometry
  const count = plain.getAttribute('position').count
  const each = (values: number[]) => Array.from({ length: count }, () => values).flat()
  plain.setAttribute('color', new Float32BufferAttribute(each([r, g, b]), 3))
  plain.setAttribute('part', new Float32BufferAttribute(each([which, dye]), 2))
  plain.deleteAttribute('uv')
  return plain
}

/** @param profile radius and height, from below. */
const turned = (profile: [number, number][], sides: number, flat = 1): BufferGeometry =>
  new LatheGeometry(
    profile.map(([x, y]) => new Vector2(x, y)),
    sides,
  ).scale(1, 1, flat)
const box = (width: number, height: number, depth: number, x: number, y: number, z: number): BufferGeometry =>
  new BoxGeometry(width, height, depth).translate(x, y, z)

const leg = (x: number, which: number): BufferGeometry[] => [
  part(new BoxGeometry(0.15, 0.8, 0.17, 1, 2, 1).translate(x, 0.46, 0), which, Dye.trousers),
  part(box(0.15, 0.08, 0.27, x, 0.04, 0.05), which, Dye.own, SHOE),
]
const arm = (x: number, which: number): BufferGeometry[] => [
  part(box(0.1, 0.42, 0.12, x, 1.14, 0), which, Dye.garment),
  part(box(0.09, 0.18, 0.1, x, 0.85, 0), which, Dye.skin),
]

/** Everybody at once: nurses wear a cap, physicians a long coat, porters a peaked cap, cleaners carry a mop and a bucket; a cart is no body at all. */
export const person = (): InstancedBufferGeometry => {
  const torso: [number, number][] = [
    [0.17, 0.82],
    [0.185, 0.95],
    [0.235, 1.3],
    [0.2, 1.42],
    [0.07, 1.47],
  ]
  const coat: [number, number][] = [
    [0.285, 0.5],
    [0.22, 0.95],
    [0.255, 1.3],
    [0.21, 1.43],
  ]
  const merged = mergeGeometries([
    part(turned(torso, 7, 0.72), Part.body, Dye.garment),
    part(new SphereGeometry(0.125, 7, 5).scale(0.92, 1.12, 1).translate(0, 1.6, 0.01), Part.body, Dye.skin),
    part(
      new SphereGeometry(0.138, 7, 3, 0, Math.PI * 2, 0, Math.PI * 0.55)
        .scale(0.95, 1.1, 1.02)
        .rotateX(-0.35)
        .translate(0, 1.62, -0.01),
      Part.hair,
      Dye.hair,
    ),
    ...leg(-0.095, Part.legLeft),
    ...leg(0.095, Part.legRight),
    ...arm(-0.275, Part.armLeft),
    ...arm(0.275, Part.armRight),
    part(box(0.2, 0.09, 0.16, 0, 1.77, -0.02), Part.role + 1, Dye.own, 0xffffff),
    part(turned(coat, 7, 0.78), Part.role + 2, Dye.own, 0xffffff),
    part(box(0.25, 0.08, 0.25, 0, 1.73, 0), Part.role + 3, Dye.garment),
    part(box(0.24, 0.025, 0.18, 0, 1.69, 0.17), Part.role + 3, Dye.garment),
    part(
      new CylinderGeometry(0.022, 0.022, 1.45, 3, 1, true).rotateZ(0.12).translate(0.42, 0.73, 0.15),
      Part.role + 4,
      Dye.own,
      0xc9b48c,
    ),
    part(box(0.34, 0.05, 0.14, 0.5, 0.03, 0.15), Part.role + 4, Dye.own, 0xdfe6e6),
    part(new CylinderGeometry(0.15, 0.12, 0.28, 5).translate(-0.5, 0.15, 0.2), Part.role + 4, Dye.garment),
    ...cart(),
    ...trolley(),
    part(new OctahedronGeometry(0.17, 0).scale(1, 1.35, 1).translate(0, 2.1, 0), Part.wait, Dye.garment),
  ])
  const instanced = new InstancedBufferGeometry()
  for (const [name, attribute] of Object.entries(merged.attributes)) instanced.setAttribute(name, attribute)
  return instanced
}

const cart = (): BufferGeometry[] => {
  const of = Part.role + 5
  return [
    part(box(0.62, 0.05, 0.92, 0, 0.24, 0), of, Dye.own, STEEL),
    part(box(0.62, 0.05, 0.92, 0, 0.66, 0), of, Dye.own, STEEL),
    part(box(0.62, 0.05, 0.92, 0, 1.08, 0), of, Dye.own, STEEL),
    part(box(0.5, 0.24, 0.78, 0, 0.8, 0), of, Dye.own, 0x6fae9c),
    part(box(0.62, 1.02, 0.04, 0, 0.57, 0.44), of, Dye.own, STEEL),
    part(box(0.62, 1.02, 0.04, 0, 0.57, -0.44), of, Dye.own, STEEL),
  ]
}

const trolley = (): BufferGeometry[] => [
  part(box(0.66, 0.08, 1.95, 0, 0.72, 0), Part.trolley, Dye.own, SHEET),
  part(box(0.12, 0.62, 1.3, 0, 0.36, 0), Part.trolley, Dye.own, STEEL),
  part(box(0.56, 0.09, 1.6, 0, 0.05, 0), Part.trolley, Dye.own, SHOE),
]

/** Its head at -z; what is white takes the colour of its state. */
export const bed = (): BufferGeometry => {
  const tinted = (geometry: BufferGeometry, colour: number) => {
    const made = part(geometry, 0, 0, colour)
    made.deleteAttribute('part')
    return made
  }
  return mergeGeometries([
    tinted(box(0.95, 0.1, 2.05, 0, 0.42, 0), 0x9aa7ab),
    tinted(box(0.88, 0.16, 1.98, 0, 0.55, 0), 0xf3f4f1),
    tinted(box(0.94, 0.1, 1.22, 0, 0.63, 0.36), 0xffffff),
    tinted(box(0.6, 0.1, 0.36, 0, 0.68, -0.74), 0xfbfbf8),
    tinted(box(0.95, 0.6, 0.06, 0, 0.62, -1.03), 0xc9a77c),
    tinted(box(0.95, 0.42, 0.05, 0, 0.55, 1.03), 0xc9a77c),
    tinted(box(0.5, 0.34, 1.3, 0, 0.2, 0), 0x7d8b90),
    tinted(box(0.05, 1.6, 0.03, -0.55, 0.8, -0.95), 0xb4bfc3),
  ])
}
