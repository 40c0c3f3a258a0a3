import type { GameObjects, Scene } from 'phaser'

import type { CityMap, Point } from '../../../shared/model/city-map.ts'
import type { VehicleKind } from '../../../shared/model/vehicle.ts'
import type { SeatView } from '../../../shared/protocol/view.ts'
import type { DrawnCar } from '../../net/feed.ts'
import { alarmSignOf } from '../../view/street-alarms.ts'
import { isFarZoom } from '../../view/street-camera.ts'
import { iconOfStation } from '../ground/paint-stations.ts'
import { DRONE_HEIGHT } from '../../view/street-car.ts'
import { DEPTH } from './depths.ts'
import { SpritePool } from './sprite-pool.ts'

const ICON_METRES = 6.4
/** CSS pixels of the arrows that cars are from far above. */
const TRAFFIC_PIXELS = 9
const DRIVER_PIXELS = 34
const AGENT_ICONS: Readonly<Partial<Record<VehicleKind, string>>> = {
  police: 'icon-police',
  inspector: 'icon-inspection',
  response: 'icon-response',
  drone: 'icon-response',
  'tow-truck': 'icon-garage',
}

interface Signs {
  readonly view: SeatView
  readonly cars: readonly DrawnCar[]
  /** Numbers of the cars that the class drives. */
  readonly drivers: ReadonlySet<number>
  /** Canvas pixels per metre. */
  readonly zoom: number
  /** Canvas pixels per CSS pixel. */
  readonly ratio: number
  /** X-ray, high contrast: every agent and alarm has its sign; else only the objective, and the agents from far above. */
  readonly isMarked: boolean
}

/** Shows a sprite at a place, so many CSS pixels high. */
type Put = (name: string, at: Point, cssPixels: number) => GameObjects.Image

/** Signs of one size on the screen whatever the zoom: the goal, agents, stations, alarms. */
export class SignsLayer {
  readonly #map: CityMap
  readonly #scale: number
  readonly #pool: SpritePool

  constructor(scene: Scene, map: CityMap, scale: number) {
    this.#map = map
    this.#scale = scale
    this.#pool = new SpritePool(scene, { depth: DEPTH.xray, scale })
  }

  update({ view, cars, drivers, zoom, ratio, isMarked }: Signs): void {
    this.#pool.begin()
    const put: Put = (name, at, cssPixels) =>
      this.#pool.put(name, at.x, at.y).setScale((this.#scale * cssPixels * ratio) / (ICON_METRES * zoom))
    const isFar = isFarZoom(zoom / ratio)
    const goal = view.car?.objective
    if (goal) put('goal', goal, 44)
    if (!isMarked && !isFar) this.#lightAlarms(view, put, ratio / zoom)
    if (isMarked || isFar) {
      for (const station of this.#map.stations) put(iconOfStation(station.kind), station, isFar ? 24 : 40)
      for (const camera of this.#map.cameras) {
        const sign = alarmSignOf(view.alarms, camera.id)
        put('icon-camera', camera, isFar ? 18 : 34)
        const shift = (isFar ? 12 : 24) * (ratio / zoom)
        if (sign) put(sign.sprite, { x: camera.x + shift, y: camera.y - shift }, isFar ? 16 : 28)
      }
      for (const car of cars) if (!drivers.has(car.id)) this.#sign(car, put, isFar)
      // The class looks for its own cars: they lie on top of all others.
      for (const car of cars) if (drivers.has(car.id)) this.#sign(car, put, isFar, DRIVER_PIXELS)
    }
    this.#pool.end()
  }

  /** A camera whose alarm is on carries its triangle, X-ray or not. */
  #lightAlarms(view: SeatView, put: Put, pixel: number): void {
    for (const camera of this.#map.cameras) {
      const sign = alarmSignOf(view.alarms, camera.id)
      if (sign?.state === 'ALARM') put(sign.sprite, { x: camera.x, y: camera.y - 26 * pixel }, 32)
    }
  }

  #sign(car: DrawnCar, put: Put, isFar: boolean, pixels = TRAFFIC_PIXELS): void {
    const icon = AGENT_ICONS[car.kind]
    if (icon) put(icon, { x: car.x, y: car.kind === 'drone' ? car.y - DRONE_HEIGHT : car.y }, isFar ? 17 : 26)
    else if (isFar)
      put('own-mark', car, pixels)
        .setRotation(car.heading + Math.PI / 2)
        .setTint(car.colour)
  }
}
