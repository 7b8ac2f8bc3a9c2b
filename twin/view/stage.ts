/** The canvas, the light, the camera and who moves it. */
import {
  AmbientLight,
  Color,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  PCFShadowMap,
  PerspectiveCamera,
  RingGeometry,
  Scene,
  SRGBColorSpace,
  Vector3,
  WebGLRenderer,
} from 'three'
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js'
import type { Surroundings } from './palette.ts'

const FIELD = 32
/** A press that moves further is no click. */
const CLICK_PIXELS = 5
const SHADOW_PIXELS = 2048
/** Of the picture, around what is looked at. */
const MARGIN = 1.04

export class Stage {
  readonly canvas: HTMLCanvasElement
  onMove: () => void = () => {}
  onPick: (x: number, y: number) => void = () => {}
  onRestored: () => void = () => {}
  readonly #renderer: WebGLRenderer
  readonly #scene = new Scene()
  readonly #camera = new PerspectiveCamera(FIELD, 1, 1, 1600)
  readonly #controls: OrbitControls
  readonly #mark: Mesh
  readonly #observer: ResizeObserver
  readonly #looks = new Set<() => void>()
  readonly #hemisphere = new HemisphereLight(0xffffff, 0xcfd3d6, 2)
  readonly #sun = new DirectionalLight(0xfff6ea, 1.7)
  readonly #tick: (seconds: number) => boolean
  readonly #projected = new Vector3()
  #colours = { sky: new Color(), night: new Color(), isDark: false }
  #content: Object3D[] = []
  #drawn: (() => void)[] = []
  #last = 0
  #frame = 0
  #resized = true
  #isLost = false
  isSet = false

  /** @param tick what a frame does first, given the seconds since the last; false when nothing has changed. */
  constructor(container: HTMLElement, reducedMotion: boolean, tick: (seconds: number) => boolean) {
    this.#tick = tick
    this.#renderer = new WebGLRenderer({ antialias: true, powerPreference: 'high-performance' })
    this.#renderer.outputColorSpace = SRGBColorSpace
    this.#renderer.setPixelRatio(Math.min(2, window.devicePixelRatio))
    this.canvas = this.#renderer.domElement
    this.canvas.style.display = 'block'
    this.canvas.setAttribute('aria-hidden', 'true')
    container.append(this.canvas)
    // Drawn anew only when the building changes: people have shadows of their own.
    this.#renderer.shadowMap.enabled = true
    this.#renderer.shadowMap.type = PCFShadowMap
    this.#renderer.shadowMap.autoUpdate = false
    this.#sun.castShadow = true
    this.#sun.shadow.mapSize.setScalar(SHADOW_PIXELS)
    this.#sun.shadow.radius = 2.5
    this.#sun.shadow.bias = -0.0004
    this.#sun.shadow.normalBias = 0.04
    this.#scene.add(this.#sun.target)
    this.#scene.add(this.#hemisphere, this.#sun, new AmbientLight(0xffffff, 0.35))
    this.#mark = new Mesh(
      new RingGeometry(0.9, 1, 40).rotateX(-Math.PI / 2),
      new MeshBasicMaterial({ color: 0xd55e00, depthTest: false, transparent: true }),
    )
    this.#mark.visible = false
    this.#scene.add(this.#mark)
    this.#controls = new OrbitControls(this.#camera, this.canvas)
    this.#controls.enableDamping = !reducedMotion
    this.#controls.maxPolarAngle = Math.PI / 2 - 0.06
    this.#controls.minDistance = 6
    this.#controls.maxDistance = 620
    this.#controls.addEventListener('start', () => this.onMove())
    this.#controls.addEventListener('change', () => this.#looked())
    this.#listenToClicks()
    this.canvas.addEventListener('webglcontextlost', (event) => {
      // Without this the browser never gives it back.
      event.preventDefault()
      this.#isLost = true
    })
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.#isLost = false
      this.#renderer.shadowMap.needsUpdate = true
      this.onRestored()
    })
    this.#observer = new ResizeObserver(() => {
      this.#resized = true
    })
    this.#observer.observe(container)
    this.#frame = requestAnimationFrame((now) => this.#draw(now, container))
  }

  get camera(): Vector3 {
    return this.#camera.position
  }
  get target(): Vector3 {
    return this.#controls.target
  }
  get distance(): number {
    return this.#camera.position.distanceTo(this.#controls.target)
  }
  get rendered(): { calls: number; triangles: number } {
    return this.#renderer.info.render
  }
  get width(): number {
    return this.canvas.clientWidth
  }
  get height(): number {
    return this.canvas.clientHeight
  }

  show(content: Object3D[]): void {
    this.#scene.remove(...this.#content)
    this.#content = content
    this.#scene.add(...content)
  }

  /** Resolves when the next frame has been drawn. */
  drawn(): Promise<void> {
    return new Promise((resolve) => this.#drawn.push(resolve))
  }

  setColours({ sky, night }: Surroundings, isDark: boolean): void {
    this.#scene.background = new Color(sky)
    this.#colours = { sky: new Color(sky), night: new Color(night), isDark }
    this.#hemisphere.groundColor.setHex(isDark ? 0x28343a : 0xb9bfb4)
  }

  /** How light it is outside, from 0 at night, when only the rooms are lit, to 1 by day. */
  setDaylight(light: number): void {
    const { sky, night, isDark } = this.#colours
    ;(this.#scene.background as Color).lerpColors(night, sky, light)
    this.#sun.intensity = (isDark ? 1.5 : 1.75) * (0.25 + 0.75 * light)
    this.#sun.color.setRGB(1, 0.86 + 0.1 * light, 0.7 + 0.2 * light)
    this.#hemisphere.intensity = (isDark ? 1.3 : 1.4) + 0.25 * (1 - light)
  }

  /** Throws the shadows anew. @param middle of what is shown. @param reach metres from there to its rim. */
  shade(middle: Vector3, reach: number): void {
    const { shadow } = this.#sun
    this.#sun.target.position.copy(middle)
    this.#sun.position.set(middle.x - reach * 0.7, middle.y + reach * 1.25, middle.z + reach * 0.55)
    Object.assign(shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: 1, far: reach * 3 })
    shadow.camera.updateProjectionMatrix()
    this.#renderer.shadowMap.needsUpdate = true
  }

  look(camera: Vector3, target: Vector3): void {
    this.isSet = true
    this.#camera.position.copy(camera)
    this.#controls.target.copy(target)
    this.#controls.update()
    for (const listener of this.#looks) listener()
  }

  lookAs(other: Stage): void {
    this.#camera.position.copy(other.#camera.position)
    this.#controls.target.copy(other.#controls.target)
    this.#controls.update()
  }

  onLook(listener: () => void): () => void {
    this.#looks.add(listener)
    return () => this.#looks.delete(listener)
  }

  /** The camera keeps its distance and goes along. */
  follow(place: Vector3): void {
    const { position } = this.#camera
    position.add(place).sub(this.#controls.target)
    this.#controls.target.copy(place)
  }

  move(east: number, south: number, zoom: number, turn: number, tilt: number): void {
    const { position } = this.#camera
    const { target } = this.#controls
    const away = position.clone().sub(target)
    const reach = away.length()
    const heading = Math.atan2(away.x, away.z)
    const [dx, dz] = [
      (east * Math.cos(heading) + south * Math.sin(heading)) * reach,
      (south * Math.cos(heading) - east * Math.sin(heading)) * reach,
    ]
    const raised = Math.max(0.08, Math.min(1.5, Math.asin(away.y / reach) + tilt))
    const distance = Math.max(6, Math.min(620, reach * zoom))
    target.set(target.x + dx, target.y, target.z + dz)
    position.set(
      target.x + distance * Math.cos(raised) * Math.sin(heading + turn),
      target.y + distance * Math.sin(raised),
      target.z + distance * Math.cos(raised) * Math.cos(heading + turn),
    )
    this.#controls.update()
  }

  /** How far away points around a middle fit into the picture, seen from a side. */
  distanceFor(points: Vector3[], tilt: number, turn: number): number {
    const field = Math.tan((FIELD * Math.PI) / 360)
    const aspect = Math.max(0.4, this.width / Math.max(1, this.height))
    const back = new Vector3(Math.cos(tilt) * Math.sin(turn), Math.sin(tilt), Math.cos(tilt) * Math.cos(turn))
    const right = new Vector3(Math.cos(turn), 0, -Math.sin(turn))
    const up = back.clone().cross(right)
    let distance = 20
    for (const at of points) {
      const needed = Math.max(Math.abs(at.dot(right)) / (field * aspect), Math.abs(at.dot(up)) / field) + at.dot(back)
      distance = Math.max(distance, needed)
    }
    return distance * MARGIN
  }

  /** A ring around what is selected. */
  mark(place: Vector3 | null, radius = 1): void {
    this.#mark.visible = place !== null
    if (!place) return
    this.#mark.position.copy(place)
    this.#mark.position.y += 0.06
    this.#mark.scale.setScalar(Math.max(radius, this.distance / 90))
  }

  /** Pixels from the top left; behind the camera, `z` is over 1. Written into `to`. */
  project(x: number, y: number, z: number, to: { x: number; y: number; z: number }): void {
    this.#projected.set(x, y, z).project(this.#camera)
    to.x = ((this.#projected.x + 1) / 2) * this.width
    to.y = ((1 - this.#projected.y) / 2) * this.height
    to.z = this.#projected.z
  }

  /** Where the ray through a pixel meets a height; null where it does not. */
  meets(pixelX: number, pixelY: number, height: number): { x: number; z: number } | null {
    const far = new Vector3((pixelX / this.width) * 2 - 1, 1 - (pixelY / this.height) * 2, 0.5).unproject(this.#camera)
    const direction = far.sub(this.#camera.position)
    const share = (height - this.#camera.position.y) / direction.y
    if (share <= 0) return null
    return { x: this.#camera.position.x + direction.x * share, z: this.#camera.position.z + direction.z * share }
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    this.#observer.disconnect()
    this.#controls.dispose()
    this.#scene.traverse((object) => {
      const { geometry, material } = object as Mesh
      geometry?.dispose()
      if (material && !Array.isArray(material)) material.dispose()
    })
    this.#renderer.dispose()
    this.canvas.remove()
  }

  #looked(): void {
    this.onLooked()
    for (const listener of this.#looks) listener()
  }

  /** The camera has moved, by whomever. */
  onLooked: () => void = () => {}

  #draw(now: number, container: HTMLElement): void {
    this.#frame = requestAnimationFrame((next) => this.#draw(next, container))
    const seconds = Math.min(0.1, (now - this.#last) / 1_000)
    this.#last = now
    if (this.#resized) this.#resize(container)
    this.#controls.update()
    const isChanged = this.#tick(seconds)
    if ((!isChanged && this.#drawn.length === 0) || this.#isLost) return
    this.#renderer.render(this.#scene, this.#camera)
    for (const resolve of this.#drawn.splice(0)) resolve()
  }

  #resize(container: HTMLElement): void {
    const { clientWidth, clientHeight } = container
    if (clientWidth === 0 || clientHeight === 0) return
    this.#resized = false
    this.#camera.aspect = clientWidth / clientHeight
    this.#camera.updateProjectionMatrix()
    this.#renderer.setSize(clientWidth, clientHeight)
    this.onRestored()
  }

  #listenToClicks(): void {
    let [downX, downY] = [0, 0]
    this.canvas.addEventListener('pointerdown', ({ offsetX, offsetY }) => {
      downX = offsetX
      downY = offsetY
    })
    this.canvas.addEventListener('pointerup', ({ offsetX, offsetY }) => {
      if (Math.abs(offsetX - downX) + Math.abs(offsetY - downY) <= CLICK_PIXELS) this.onPick(offsetX, offsetY)
    })
  }
}
