/** Everybody and the beds: a draw call for people, one for their shadows, one for beds. Agents' columns are drawn as they are. */
import {
  CircleGeometry,
  Color,
  DynamicDrawUsage,
  Float32BufferAttribute,
  Group,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  InstancedMesh,
  Mesh,
  MeshLambertMaterial,
} from 'three'
import type { Agents } from './agents.ts'
import { bed, person } from './figures.ts'
import { UnitColour } from './palette.ts'
import { blobMaterial, peopleMaterial, peopleUniforms } from './people-material.ts'
import type { Storeys } from './storeys.ts'
import { unitState } from './unit-state.ts'

/** Attribute by column of the agents. */
const COLUMNS = {
  agentX: 'x',
  agentZ: 'z',
  agentFloor: 'floor',
  agentSin: 'sin',
  agentCos: 'cos',
  agentRole: 'role',
  agentPose: 'pose',
  agentTint: 'tint',
  agentWaits: 'waiting',
  agentSeed: 'seed',
} as const

export class Crowd {
  readonly group = new Group()
  readonly #agents: Agents
  readonly #storeys: Storeys
  readonly #uniforms = peopleUniforms()
  readonly #people = person()
  readonly #blobs = blob()
  #columns: InstancedBufferAttribute[] = []
  readonly #beds: InstancedMesh
  readonly #bedUnits: number[]
  readonly #bedsShown: Int32Array
  #bedsPlaced = -1
  #bedsRow = -1
  #bedsMinute = -1
  readonly #states = {
    free: new Color(UnitColour.free),
    occupied: new Color(UnitColour.occupied),
    dirty: new Color(UnitColour.dirty),
    cleaning: new Color(UnitColour.cleaning),
    closed: new Color(UnitColour.closed),
  }
  /** How much larger than life people are drawn. */
  scale = 1

  constructor(agents: Agents, storeys: Storeys) {
    this.#agents = agents
    this.#storeys = storeys
    const [people, blobs] = [
      new Mesh(this.#people, peopleMaterial(this.#uniforms)),
      new Mesh(this.#blobs, blobMaterial(this.#uniforms)),
    ]
    this.#bedUnits = agents.playback.trace.places.spots.flatMap(({ look }, unit) =>
      look === 'bed' || look === 'cubicle' || look === 'recovery' ? [unit] : [],
    )
    this.#bedsShown = new Int32Array(this.#bedUnits.length)
    this.#beds = bedsOf(this.#bedUnits.length)
    for (const mesh of [people, blobs, this.#beds]) mesh.frustumCulled = false
    people.receiveShadow = true
    this.group.add(people, blobs, this.#beds)
  }

  /** Draws everybody where they are. */
  update(): void {
    if (this.#columns[0]?.array !== this.#agents.x) this.#attach()
    const { count } = this.#agents
    this.#people.instanceCount = count
    this.#blobs.instanceCount = count
    for (let column = 0; column < this.#columns.length; column++) this.#columns[column]!.needsUpdate = true
    const { metresApart, scale, storeys } = this.#uniforms
    metresApart.value = this.#storeys.metresApart
    scale.value = this.scale
    storeys.value.x = this.#storeys.isAlone ? this.#storeys.top : 0
    storeys.value.y = this.#storeys.top
    this.#updateBeds()
  }

  /** The agents have other columns than before: there are more of them. */
  #attach(): void {
    this.#columns = Object.entries(COLUMNS).map(([name, column]) => {
      const attribute = new InstancedBufferAttribute(this.#agents[column], 1)
      attribute.setUsage(DynamicDrawUsage)
      // What the graphics card has of the old ones is let go with them.
      this.#people.setAttribute(name, attribute)
      this.#blobs.setAttribute(name, attribute)
      return attribute
    })
  }

  #updateBeds(): void {
    const { playback } = this.#agents
    if (this.#bedsPlaced !== this.#storeys.placing) this.#placeBeds()
    const { minute } = playback.opening
    if (playback.row === this.#bedsRow && minute === this.#bedsMinute) return
    this.#bedsRow = playback.row
    this.#bedsMinute = minute
    const colours = this.#beds.instanceColor!.array as Float32Array
    for (let place = 0; place < this.#beds.count; place++) {
      const { r, g, b } = this.#states[unitState(playback, this.#bedsShown[place]!)]
      colours[place * 3] = r
      colours[place * 3 + 1] = g
      colours[place * 3 + 2] = b
    }
    this.#beds.instanceColor!.needsUpdate = true
  }

  /** Beds stand where they stand until storeys move. */
  #placeBeds(): void {
    this.#bedsPlaced = this.#storeys.placing
    this.#bedsRow = -1
    const { spots, rooms } = this.#agents.playback.trace.places
    const matrix = this.#beds.instanceMatrix.array as Float32Array
    let place = 0
    for (const unit of this.#bedUnits) {
      const { x, z, facing, room } = spots[unit]!
      const { floor } = rooms[room]!
      if (!this.#storeys.isShown(floor)) continue
      const at = place * 16
      matrix[at] = Math.cos(facing)
      matrix[at + 2] = -Math.sin(facing)
      matrix[at + 5] = 1
      matrix[at + 8] = Math.sin(facing)
      matrix[at + 10] = Math.cos(facing)
      matrix[at + 12] = x
      matrix[at + 13] = this.#storeys.heightOf(floor)
      matrix[at + 14] = z
      matrix[at + 15] = 1
      this.#bedsShown[place++] = unit
    }
    this.#beds.count = place
    this.#beds.instanceMatrix.needsUpdate = true
  }
}

const bedsOf = (count: number): InstancedMesh => {
  const material = new MeshLambertMaterial({ vertexColors: true })
  // What is white takes the colour of the bed's state; all else keeps its own.
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader.replace(
      '#include <color_vertex>',
      'vColor = vec4(1.0); vColor.rgb = min(color.r, min(color.g, color.b)) > 0.99 ? instanceColor.xyz : color;',
    )
  }
  const mesh = new InstancedMesh(bed(), material, Math.max(1, count))
  mesh.instanceColor = new InstancedBufferAttribute(new Float32Array(Math.max(1, count) * 3).fill(1), 3)
  mesh.instanceColor.setUsage(DynamicDrawUsage)
  mesh.castShadow = true
  mesh.receiveShadow = true
  return mesh
}

/** A disc that fades to its rim. */
const blob = (): InstancedBufferGeometry => {
  const circle = new CircleGeometry(0.48, 14).rotateX(-Math.PI / 2)
  const count = circle.getAttribute('position').count
  const colours = Array.from({ length: count }, (_, index) => [0.05, 0.08, 0.1, index === 0 ? 0.5 : 0]).flat()
  const instanced = new InstancedBufferGeometry()
  instanced.setIndex(circle.index)
  instanced.setAttribute('position', circle.getAttribute('position'))
  instanced.setAttribute('color', new Float32BufferAttribute(colours, 4))
  return instanced
}
