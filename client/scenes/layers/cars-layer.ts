import { BlendModes, type Scene } from 'phaser'

import { DRONE_HEIGHT, lampsOf, LAMP_PLACES, paintOf, type CarLamps } from '../../view/street-car.ts'
import type { LevelWatch } from '../../view/street-decks.ts'
import type { DrawnCar } from '../../net/feed.ts'
import { DEPTH } from './depths.ts'
import { SpritePool } from './sprite-pool.ts'

const LAMP_RED = 0xff3b44
const LAMP_AMBER = 0xffae17
const HEAD_WHITE = 0xfff0c8
const SIREN_BLUE = 0x4f8bff
const SIREN_RED = 0xff4d5e
const SIREN_AMBER = 0xffb02e

/** The cars, their shadows and all their lamps: those on the ground, and those on bridges over them. */
export class CarsLayer {
  readonly #scale: number
  readonly #levels: LevelWatch
  readonly #halo: SpritePool
  readonly #shades: SpritePool
  readonly #cars: SpritePool
  readonly #overShades: SpritePool
  readonly #overCars: SpritePool
  readonly #drones: SpritePool
  readonly #lamps: SpritePool
  readonly #glows: SpritePool
  readonly #pools: readonly SpritePool[]
  #isUnder = false
  hasShadows = true
  /** Lamps lie mirrored on the wet street. */
  isWet = false
  /** Edges instead of shadows, for those who need contrast. */
  hasRims = false

  constructor(scene: Scene, scale: number, levels: LevelWatch) {
    this.#scale = scale
    this.#levels = levels
    const pool = (depth: number, blend?: number) =>
      new SpritePool(scene, { depth, scale, ...(blend !== undefined && { blend }) })
    this.#halo = pool(DEPTH.halo)
    this.#shades = pool(DEPTH.shades)
    this.#cars = pool(DEPTH.cars)
    this.#overShades = pool(DEPTH.overShades)
    this.#overCars = pool(DEPTH.overCars)
    this.#drones = pool(DEPTH.air)
    this.#lamps = pool(DEPTH.lamps)
    this.#glows = pool(DEPTH.glows, BlendModes.ADD)
    this.#pools = [this.#halo, this.#shades, this.#cars, this.#overShades, this.#overCars, this.#drones, this.#lamps, this.#glows] // prettier-ignore
  }

  /** @param dark 0 by day to 1 at night: how much a lamp shines around itself */
  update(
    own: DrawnCar | null,
    cars: readonly DrawnCar[],
    { playMs, dark }: { readonly playMs: number; readonly dark: number },
  ): void {
    for (const pool of this.#pools) pool.begin()
    if (own) this.#draw(own, lampsOf(own.flags, playMs), dark, true)
    for (const car of cars) this.#draw(car, lampsOf(car.flags, playMs), dark)
    for (const pool of this.#pools) pool.end()
  }

  #draw(car: DrawnCar, lamps: CarLamps, dark: number, isOwn = false): void {
    if (car.kind === 'drone') return this.#drawDrone(car)
    const level = this.#levels.levelOf(car)
    const [shades, bodies] = level === 'over' ? [this.#overShades, this.#overCars] : [this.#shades, this.#cars]
    // The own car is never lost from sight, not even below a bridge.
    if (isOwn) (level === 'ground' ? this.#halo : this.#overShades).put('own-halo', car.x, car.y).setRotation(car.heading).setAlpha(this.hasRims ? 1 : 0.6) // prettier-ignore
    if (this.hasRims) this.#edge(car, bodies)
    else if (this.hasShadows) this.#shade(car, shades, 0.35)
    this.#paint(car, bodies, car.y)
    this.#isUnder = level === 'under'
    this.#light(car, lamps, dark)
  }

  #drawDrone(car: DrawnCar): void {
    this.#shade(car, this.#shades, 2.6)
    if (this.hasRims) this.#drones.put('rim', car.x, car.y - DRONE_HEIGHT).setScale((this.#scale * 2.4) / 6, (this.#scale * 2.4) / 3.2) // prettier-ignore
    this.#paint(car, this.#drones, car.y - DRONE_HEIGHT)
  }

  #paint(car: DrawnCar, pool: SpritePool, y: number): void {
    pool
      .put(`${car.kind}-body`, car.x, y)
      .setRotation(car.heading)
      .setTint(paintOf(car.kind, car.colour))
      .setAlpha(car.alpha)
    pool.put(`${car.kind}-trim`, car.x, y).setRotation(car.heading).setAlpha(car.alpha)
  }

  #shade(car: DrawnCar, pool: SpritePool, away: number): void {
    const { x, y } = LAMP_PLACES[car.kind]
    const shade = pool.put('shade', car.x + away, car.y + away)
    shade.setRotation(car.heading).setAlpha(0.42 * car.alpha)
    shade.setScale((this.#scale * (x * 2 + 0.9)) / 5.2, (this.#scale * (y * 2 + 0.9)) / 2.8)
  }

  /** A white edge all round, by which a car is told from any ground. */
  #edge(car: DrawnCar, pool: SpritePool): void {
    const { x, y } = LAMP_PLACES[car.kind]
    const rim = pool.put('rim', car.x, car.y).setRotation(car.heading).setAlpha(car.alpha)
    rim.setScale((this.#scale * (x * 2 + 1.2)) / 6, (this.#scale * (y * 2 + 1.5)) / 3.2)
  }

  #light(car: DrawnCar, lamps: CarLamps, dark: number): void {
    const place = LAMP_PLACES[car.kind]
    if (this.isWet && lamps.brake) this.#mirror(car, -place.x - 2, LAMP_RED)
    if (this.isWet && lamps.head) this.#mirror(car, place.x + 2.6, HEAD_WHITE)
    for (const side of [-1, 1]) {
      if (lamps.brake) this.#lamp(car, 'lamp-red', { x: -place.x, y: side * place.y, glow: LAMP_RED, size: 1.1 + dark })
      const blinks = side < 0 ? lamps.left : lamps.right
      if (blinks) {
        this.#lamp(car, 'lamp-amber', {
          x: place.x * 0.92,
          y: side * (place.y + 0.18),
          glow: LAMP_AMBER,
          size: 1.2 + dark,
        })
        this.#lamp(car, 'lamp-amber', {
          x: -place.x * 0.92,
          y: side * (place.y + 0.18),
          glow: LAMP_AMBER,
          size: 1.2 + dark,
        })
      }
      if (lamps.head && dark > 0.2) this.#glow(car, { x: place.x, y: side * place.y, glow: 0xfff0c8, size: 1.1 * dark })
      if (lamps.head && dark > 0.2 && !lamps.brake) this.#glow(car, { x: -place.x, y: side * place.y, glow: 0xb02028, size: 0.9 * dark }) // prettier-ignore
      if (lamps.siren === side)
        this.#glow(car, { x: place.bar, y: side * 0.55, glow: sirenColour(car, side), size: 2.6 + 1.4 * dark })
    }
  }

  #lamp(car: DrawnCar, name: string, spot: Spot): void {
    const { x, y } = placeOnCar(car, spot)
    if (this.#isUnder && this.#levels.covers({ x, y })) return
    this.#lamps
      .put(name, x, y)
      .setRotation(car.heading)
      .setAlpha(car.alpha)
      .setScale(this.#scale * 0.62)
    this.#glow(car, spot)
  }

  /** A lamp's light on the wet asphalt before or behind the car: long and faint. */
  #mirror(car: DrawnCar, x: number, tint: number): void {
    const at = placeOnCar(car, { x, y: 0 })
    if (this.#isUnder && this.#levels.covers(at)) return
    const light = this.#glows
      .put('glow', at.x, at.y)
      .setTint(tint)
      .setAlpha(0.3 * car.alpha)
    light.setRotation(car.heading).setScale((this.#scale * 6.4) / 3.2, (this.#scale * 2.2) / 3.2)
  }

  #glow(car: DrawnCar, spot: Spot): void {
    const { x, y } = placeOnCar(car, spot)
    if (this.#isUnder && this.#levels.covers({ x, y })) return
    this.#glows
      .put('glow', x, y)
      .setTint(spot.glow)
      .setAlpha(0.8 * car.alpha)
      .setScale((this.#scale * spot.size) / 3.2)
  }
}

interface Spot {
  readonly x: number
  readonly y: number
  readonly glow: number
  /** Metres across. */
  readonly size: number
}

function placeOnCar(car: DrawnCar, { x, y }: Pick<Spot, 'x' | 'y'>): { x: number; y: number } {
  const cos = Math.cos(car.heading)
  const sin = Math.sin(car.heading)
  return { x: car.x + cos * x - sin * y, y: car.y + sin * x + cos * y }
}

function sirenColour({ kind }: DrawnCar, side: number): number {
  if (kind === 'response' || kind === 'tow-truck') return SIREN_AMBER
  return kind === 'police' && side > 0 ? SIREN_RED : SIREN_BLUE
}
