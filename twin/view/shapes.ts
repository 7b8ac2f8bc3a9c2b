/** Builds merged geometry: boxes and floors with colour and shade baked into their corners, so that a whole storey is one draw call. */
import { BufferAttribute, BufferGeometry, Color } from 'three'

export class Shapes {
  readonly #positions: number[] = []
  readonly #normals: number[] = []
  readonly #colours: number[] = []
  readonly #indices: number[] = []
  readonly #colour = new Color()

  /** A box that stands on `y`; its foot is darker, as if in its own shadow. */
  box(x: number, y: number, z: number, width: number, height: number, depth: number, colour: number, shade = 0.8, top = 1): void {
    const [x0, x1, y1, z0, z1] = [x - width / 2, x + width / 2, y + height, z - depth / 2, z + depth / 2]
    this.#face([x0, y1, z1, x1, y1, z1, x1, y1, z0, x0, y1, z0], 0, 1, 0, colour, [top, top, top, top])
    const sides = [shade, shade, 1, 1]
    this.#face([x0, y, z1, x1, y, z1, x1, y1, z1, x0, y1, z1], 0, 0, 1, colour, sides)
    this.#face([x1, y, z0, x0, y, z0, x0, y1, z0, x1, y1, z0], 0, 0, -1, colour, sides)
    this.#face([x1, y, z1, x1, y, z0, x1, y1, z0, x1, y1, z1], 1, 0, 0, colour, sides)
    this.#face([x0, y, z0, x0, y, z1, x0, y1, z1, x0, y1, z0], -1, 0, 0, colour, sides)
  }

  /** A floor whose rim is darker than its middle: light does not reach the foot of a wall. */
  floor(x: number, y: number, z: number, width: number, depth: number, colour: number, rim = 0.8, inset = 0.9): void {
    const [ix, iz] = [Math.min(inset, width * 0.35), Math.min(inset, depth * 0.35)]
    const xs = [x - width / 2, x - width / 2 + ix, x + width / 2 - ix, x + width / 2]
    const zs = [z - depth / 2, z - depth / 2 + iz, z + depth / 2 - iz, z + depth / 2]
    const shadeOf = (column: number, row: number) => {
      const [edge, other] = [column === 0 || column === 3, row === 0 || row === 3]
      return edge && other ? rim - 0.06 : edge || other ? rim : 1
    }
    this.#patches(xs, zs, y, colour, shadeOf)
  }

  /** A dark patch under a piece of furniture, fading outwards into the floor's colour. */
  contact(x: number, y: number, z: number, width: number, depth: number, colour: number): void {
    const spread = 0.35
    const inner = [
      [x - width / 2, z + depth / 2],
      [x + width / 2, z + depth / 2],
      [x + width / 2, z - depth / 2],
      [x - width / 2, z - depth / 2],
    ]
    const outer = [
      [x - width / 2 - spread, z + depth / 2 + spread],
      [x + width / 2 + spread, z + depth / 2 + spread],
      [x + width / 2 + spread, z - depth / 2 - spread],
      [x - width / 2 - spread, z - depth / 2 - spread],
    ]
    for (let side = 0; side < 4; side++) {
      const next = (side + 1) % 4
      this.#face(
        [
          outer[side]![0]!,
          y,
          outer[side]![1]!,
          outer[next]![0]!,
          y,
          outer[next]![1]!,
          inner[next]![0]!,
          y,
          inner[next]![1]!,
          inner[side]![0]!,
          y,
          inner[side]![1]!,
        ],
        0,
        1,
        0,
        colour,
        [1, 1, 0.72, 0.72],
      )
    }
  }

  /** The soft shadow of something large on the ground: dark beneath it, fading outwards. */
  shadow(x: number, y: number, z: number, width: number, depth: number, colour: number, spread: number): void {
    const xs = [x - width / 2 - spread, x - width / 2 + spread * 0.3, x + width / 2 - spread * 0.3, x + width / 2 + spread]
    const zs = [z - depth / 2 - spread, z - depth / 2 + spread * 0.3, z + depth / 2 - spread * 0.3, z + depth / 2 + spread]
    const shadeOf = (column: number, row: number) => (column === 0 || column === 3 || row === 0 || row === 3 ? 1 : 0.8)
    this.#patches(xs, zs, y, colour, shadeOf)
  }

  /** Flat ground, round, from one colour in the middle to another at its rim. */
  disc(y: number, radius: number, middle: number, rim: number): void {
    const sides = 48
    const rings = [0, radius * 0.16, radius * 0.55, radius]
    const [inner, outer] = [new Color(middle), new Color(rim)]
    for (let ring = 0; ring < 3; ring++)
      for (let side = 0; side < sides; side++) {
        const first = this.#positions.length / 3
        for (const [far, turn] of [
          [ring + 1, side],
          [ring + 1, side + 1],
          [ring, side + 1],
          [ring, side],
        ] as const) {
          const angle = (-turn / sides) * Math.PI * 2
          this.#positions.push(Math.cos(angle) * rings[far]!, y, Math.sin(angle) * rings[far]!)
          this.#normals.push(0, 1, 0)
          this.#colour.lerpColors(inner, outer, [0, 0, 0.75, 1][far]!)
          this.#colours.push(this.#colour.r, this.#colour.g, this.#colour.b)
        }
        this.#indices.push(first, first + 1, first + 2, first, first + 2, first + 3)
      }
  }

  /** Something round that stands on `y`, the crown of a tree or a bush: lighter above. */
  round(x: number, y: number, z: number, radius: number, height: number, colour: number): void {
    const [sides, rings] = [7, 4]
    const first = this.#positions.length / 3
    this.#colour.setHex(colour)
    const { r, g, b } = this.#colour
    for (let ring = 0; ring <= rings; ring++)
      for (let side = 0; side < sides; side++) {
        const [up, turn] = [Math.PI * (ring / rings - 0.5), ((side + (ring % 2) / 2) / sides) * Math.PI * 2]
        const [nx, ny, nz] = [Math.cos(up) * Math.cos(turn), Math.sin(up), Math.cos(up) * Math.sin(turn)]
        this.#positions.push(x + nx * radius, y + ((ny + 1) / 2) * height, z + nz * radius)
        this.#normals.push(nx, ny, nz)
        const shade = 0.8 + 0.28 * ((ny + 1) / 2)
        this.#colours.push(r * shade, g * shade, b * shade)
      }
    for (let ring = 0; ring < rings; ring++)
      for (let side = 0; side < sides; side++) {
        const [low, next] = [first + ring * sides, (side + 1) % sides]
        const high = low + sides
        this.#indices.push(low + side, high + side, low + next, low + next, high + side, high + next)
      }
  }

  /** How much there is so far: where the next shape begins. */
  get extent(): { corners: number; indices: number } {
    return { corners: this.#positions.length / 3, indices: this.#indices.length }
  }

  geometry(): BufferGeometry {
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.#positions), 3))
    geometry.setAttribute('normal', new BufferAttribute(new Float32Array(this.#normals), 3))
    geometry.setAttribute('color', new BufferAttribute(new Float32Array(this.#colours), 3))
    geometry.setIndex(new BufferAttribute(new Uint32Array(this.#indices), 1))
    return geometry
  }

  /** Three by three patches between four lines each way; `shadeOf` the crossing of two lines. */
  #patches(xs: number[], zs: number[], y: number, colour: number, shadeOf: (column: number, row: number) => number): void {
    for (let row = 0; row < 3; row++)
      for (let column = 0; column < 3; column++)
        this.#face(
          [
            xs[column]!,
            y,
            zs[row + 1]!,
            xs[column + 1]!,
            y,
            zs[row + 1]!,
            xs[column + 1]!,
            y,
            zs[row]!,
            xs[column]!,
            y,
            zs[row]!,
          ],
          0,
          1,
          0,
          colour,
          [shadeOf(column, row + 1), shadeOf(column + 1, row + 1), shadeOf(column + 1, row), shadeOf(column, row)],
        )
  }

  #face(corners: number[], nx: number, ny: number, nz: number, colour: number, shades: number[]): void {
    const first = this.#positions.length / 3
    this.#colour.setHex(colour)
    for (let corner = 0; corner < 4; corner++) {
      this.#positions.push(corners[corner * 3]!, corners[corner * 3 + 1]!, corners[corner * 3 + 2]!)
      this.#normals.push(nx, ny, nz)
      const shade = shades[corner]!
      this.#colours.push(this.#colour.r * shade, this.#colour.g * shade, this.#colour.b * shade)
    }
    this.#indices.push(first, first + 1, first + 2, first, first + 2, first + 3)
  }
}
