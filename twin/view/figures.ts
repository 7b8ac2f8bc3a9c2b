/** What stands for people, beds and carts: a few dozen triangles each, told apart by shape before colour. */
import {
  BoxGeometry,
  type BufferGeometry,
  Color,
  ConeGeometry,
  CylinderGeometry,
  Float32BufferAttribute,
  LatheGeometry,
  OctahedronGeometry,
  SphereGeometry,
  TorusGeometry,
  Vector2,
} from 'three'
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js'

/** All of one colour, white to take an instance's. */
const tinted = (geometry: BufferGeometry, colour: number): BufferGeometry => {
  const { r, g, b } = new Color(colour)
  const plain = geometry.index ? geometry.toNonIndexed() : geometry
  const count = plain.getAttribute('position').count
  plain.setAttribute('color', new Float32BufferAttribute(Array.from({ length: count }, () => [r, g, b]).flat(), 3))
  plain.deleteAttribute('uv')
  return plain
}
const merged = (...parts: BufferGeometry[]): BufferGeometry => mergeGeometries(parts)

const SKIN = 0xe9c9ae
const body = (): BufferGeometry =>
  new LatheGeometry(
    [
      [0.001, 0],
      [0.24, 0.02],
      [0.22, 0.5],
      [0.29, 1.05],
      [0.2, 1.3],
      [0.001, 1.36],
    ].map(([x, y]) => new Vector2(x, y)),
    9,
  )
const head = (): BufferGeometry => new SphereGeometry(0.17, 9, 7).translate(0, 1.54, 0)

/** By `Role`. Patients are bare-headed; nurses have a cap, physicians a collar and a tall head-dress, porters a broad hat, cleaners a ring. */
export const figures = (): BufferGeometry[] => {
  const person = () => [tinted(body(), 0xffffff), tinted(head(), SKIN)]
  return [
    merged(...person()),
    merged(...person(), tinted(new BoxGeometry(0.3, 0.12, 0.3).translate(0, 1.74, 0), 0xffffff)),
    merged(
      ...person(),
      tinted(new ConeGeometry(0.17, 0.26, 6).translate(0, 1.83, 0), 0x24424a),
      tinted(new TorusGeometry(0.2, 0.035, 5, 9).rotateX(Math.PI / 2).translate(0, 1.28, 0), 0x24424a),
    ),
    merged(...person(), tinted(new CylinderGeometry(0.27, 0.27, 0.06, 9).translate(0, 1.68, 0), 0xffffff)),
    merged(...person(), tinted(new TorusGeometry(0.24, 0.05, 5, 9).rotateX(Math.PI / 2).translate(0, 1.62, 0), 0xffffff)),
    merged(
      tinted(new BoxGeometry(0.6, 0.08, 0.95).translate(0, 0.85, 0), 0xffffff),
      tinted(new BoxGeometry(0.6, 0.06, 0.95).translate(0, 0.3, 0), 0xffffff),
      tinted(new BoxGeometry(0.5, 0.16, 0.8).translate(0, 0.97, 0), 0x8fb7a8),
      tinted(new BoxGeometry(0.05, 0.9, 0.05).translate(0.27, 0, 0.44).translate(0, 0.45, 0), 0x8a9699),
      tinted(new BoxGeometry(0.05, 0.9, 0.05).translate(-0.27, 0, 0.44).translate(0, 0.45, 0), 0x8a9699),
      tinted(new BoxGeometry(0.05, 0.9, 0.05).translate(0.27, 0, -0.44).translate(0, 0.45, 0), 0x8a9699),
      tinted(new BoxGeometry(0.05, 0.9, 0.05).translate(-0.27, 0, -0.44).translate(0, 0.45, 0), 0x8a9699),
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
