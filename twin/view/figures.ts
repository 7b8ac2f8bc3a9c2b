/** What stands for people, beds and carts: a few dozen triangles each, told apart by shape before colour. */
import {
  BoxGeometry,
  type BufferGeometry,
  Color,
  CylinderGeometry,
  Float32BufferAttribute,
  LatheGeometry,
  OctahedronGeometry,
  SphereGeometry,
  TorusGeometry,
  Vector2,
} from 'three'
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js'

/** All of one colour; white takes that of the instance. */
const tinted = (geometry: BufferGeometry, colour: number): BufferGeometry => {
  const { r, g, b } = new Color(colour)
  const plain = geometry.index ? geometry.toNonIndexed() : geometry
  const count = plain.getAttribute('position').count
  plain.setAttribute('color', new Float32BufferAttribute(Array.from({ length: count }, () => [r, g, b]).flat(), 3))
  plain.deleteAttribute('uv')
  return plain
}
const merged = (...parts: BufferGeometry[]): BufferGeometry => mergeGeometries(parts)

const SKIN = 0xe6c3a5
const INK = 0x2b474f

/** @param profile radius and height, from the foot up. */
const turned = (profile: [number, number][]): BufferGeometry =>
  new LatheGeometry(
    profile.map(([x, y]) => new Vector2(x, y)),
    10,
  )
const body = (): BufferGeometry =>
  turned([
    [0.001, 0],
    [0.22, 0.02],
    [0.2, 0.55],
    [0.27, 1.05],
    [0.21, 1.28],
    [0.001, 1.36],
  ])
/** Open below, as a white coat is. */
const coat = (): BufferGeometry =>
  turned([
    [0.001, 0.25],
    [0.36, 0.25],
    [0.25, 0.95],
    [0.27, 1.12],
    [0.2, 1.3],
    [0.001, 1.36],
  ])
const head = (): BufferGeometry => tinted(new SphereGeometry(0.165, 10, 8).translate(0, 1.52, 0), SKIN)
const leg = (x: number): BufferGeometry => tinted(new BoxGeometry(0.05, 0.9, 0.05).translate(x, 0.45, 0.44), 0x8a9699)

/**
 * By `Role`. Patients are bare-headed; nurses wear a cap, physicians a wide coat and a dark collar, porters a flat peaked cap, cleaners carry a
 * mop and a bucket.
 */
export const figures = (): BufferGeometry[] => {
  const person = () => [tinted(body(), 0xffffff), head()]
  return [
    merged(...person()),
    merged(...person(), tinted(new BoxGeometry(0.24, 0.1, 0.2).translate(0, 1.7, 0), 0xffffff)),
    merged(
      tinted(coat(), 0xffffff),
      tinted(new CylinderGeometry(0.14, 0.16, 0.3, 8).translate(0, 0.15, 0), INK),
      head(),
      tinted(new TorusGeometry(0.2, 0.035, 5, 10).rotateX(Math.PI / 2).translate(0, 1.28, 0), INK),
    ),
    merged(
      ...person(),
      tinted(new CylinderGeometry(0.18, 0.18, 0.07, 10).translate(0, 1.66, 0), 0xffffff),
      tinted(new BoxGeometry(0.26, 0.03, 0.2).translate(0, 1.63, 0.2), 0xffffff),
    ),
    merged(
      ...person(),
      tinted(new CylinderGeometry(0.03, 0.03, 1.5, 5).rotateZ(0.12).translate(0.4, 0.75, 0), 0xc9b48c),
      tinted(new CylinderGeometry(0.14, 0.11, 0.26, 8).translate(0.46, 0.13, 0.28), 0xffffff),
    ),
    merged(
      tinted(new BoxGeometry(0.6, 0.08, 0.95).translate(0, 0.85, 0), 0xffffff),
      tinted(new BoxGeometry(0.6, 0.06, 0.95).translate(0, 0.3, 0), 0xffffff),
      tinted(new BoxGeometry(0.5, 0.16, 0.8).translate(0, 0.97, 0), 0x8fb7a8),
      leg(0.27),
      leg(-0.27),
      leg(0.27).translate(0, 0, -0.88),
      leg(-0.27).translate(0, 0, -0.88),
    ),
  ]
}

/** Its head at -z; the cover takes the colour of its state. */
export const bed = (): BufferGeometry =>
  merged(
    tinted(new BoxGeometry(0.95, 0.16, 2.05).translate(0, 0.42, 0), 0xb9c2c3),
    tinted(new BoxGeometry(0.9, 0.16, 1.98).translate(0, 0.57, 0), 0xf7f7f4),
    tinted(new BoxGeometry(0.94, 0.1, 1.3).translate(0, 0.65, 0.32), 0xffffff),
    tinted(new BoxGeometry(0.6, 0.12, 0.36).translate(0, 0.7, -0.76), 0xffffff),
    tinted(new BoxGeometry(0.95, 0.55, 0.06).translate(0, 0.62, -1.02), 0x9aa7a9),
    tinted(new BoxGeometry(0.7, 0.36, 1.6).translate(0, 0.18, 0), 0x9aa7a9),
  )

/** Over the head of who waits. */
export const waitMark = (): BufferGeometry => new OctahedronGeometry(0.2, 0)
