import { BlendModes, type GameObjects, type Scene } from 'phaser'

import type { CityMap, Point, StationKind } from '../../../shared/model/city-map.ts'
import type { SeatView } from '../../../shared/protocol/view.ts'
import type { DrawnCar } from '../../net/feed.ts'
import { agentOf } from '../../view/agents.ts'
import { alarmSignOf } from '../../view/street-alarms.ts'
import type { Box } from '../../view/street-lines.ts'
import { AGENT_COLOUR, toTint } from '../../view/street-palette.ts'
import { openPulses, pulseShare, stepPulses, type PulseTrack } from '../../view/street-pulses.ts'
import { stepTrails, type Trails } from '../../view/street-trails.ts'
import { DEPTH } from './depths.ts'
import { LabelPool } from './label-pool.ts'
import { SpritePool } from './sprite-pool.ts'

const STATION_NAMES: Readonly<Partial<Record<StationKind, string | null>>> = {
  police: agentOf('trail').awsName,
  inspection: agentOf('config').awsName,
  command: agentOf('bridge').awsName,
  response: agentOf('lambda').awsName,
  garage: 'AWS Systems Manager',
}

interface Xray {
  readonly seat: SeatView
  readonly own: DrawnCar | null
  readonly cars: readonly DrawnCar[]
  readonly nowMs: number
  readonly zoom: number
  readonly ratio: number
  readonly textScale: number
}

/** The city as AWS sees it: who reports to whom, in what state each alarm is, which message is under way. */
export class XrayLayer {
  readonly #map: CityMap
  readonly #veil: GameObjects.Rectangle
  readonly #lines: GameObjects.Graphics
  readonly #pulses: SpritePool
  readonly #labels: LabelPool
  readonly #scale: number
  #track: PulseTrack | null = null
  #trails: Trails = new Map()

  constructor(scene: Scene, map: CityMap, scale: number) {
    this.#map = map
    this.#scale = scale
    this.#veil = scene.add.rectangle(0, 0, 1, 1, 0x10183a, 0.42).setDepth(DEPTH.xrayVeil).setVisible(false)
    this.#lines = scene.add.graphics().setDepth(DEPTH.xrayLines).setVisible(false)
    this.#pulses = new SpritePool(scene, { depth: DEPTH.xray, scale, blend: BlendModes.NORMAL })
    this.#labels = new LabelPool(scene, DEPTH.xrayText)
  }

  /** @param isOn also while it is off the messages are followed, so that none is shown late */
  update(view: Box, xray: Xray, isOn: boolean): void {
    this.#track ??= openPulses(xray.seat.feed)
    this.#track = stepPulses(this.#track, xray.seat.feed, { map: this.#map, nowMs: xray.nowMs, own: xray.own })
    this.#trails = stepTrails(this.#trails, xray.cars)
    this.#veil.setVisible(isOn)
    this.#lines.setVisible(isOn)
    this.#pulses.begin()
    this.#labels.begin()
    if (isOn) this.#draw(view, xray)
    this.#pulses.end()
    this.#labels.end()
  }

  #draw(view: Box, xray: Xray): void {
    this.#veil.setPosition((view.left + view.right) / 2, (view.top + view.bottom) / 2)
    this.#veil.setSize(view.right - view.left, view.bottom - view.top)
    const pixel = xray.ratio / xray.zoom
    this.#lines.clear()
    this.#drawNet(pixel)
    this.#drawTrails(pixel)
    this.#drawPulses(xray, pixel)
    this.#name(view, xray, pixel)
  }

  /** Thin lines: cameras, police and inspection report to the command centre; it calls the units. */
  #drawNet(pixel: number): void {
    const command = this.#map.stations.find(({ kind }) => kind === 'command')
    if (!command) return
    const line = (from: Point, to: Point, colour: string) => {
      this.#lines.lineStyle(1.6 * pixel, toTint(colour), 0.75)
      this.#lines.lineBetween(from.x, from.y, to.x, to.y)
    }
    for (const camera of this.#map.cameras) line(camera, command, AGENT_COLOUR.watch)
    for (const station of this.#map.stations) {
      if (station.kind === 'police') line(station, command, AGENT_COLOUR.trail)
      if (station.kind === 'inspection') line(station, command, AGENT_COLOUR.config)
      if (station.kind === 'response') line(command, station, AGENT_COLOUR.lambda)
    }
  }

  #drawTrails(pixel: number): void {
    this.#lines.lineStyle(3 * pixel, toTint(AGENT_COLOUR.trail), 0.9)
    for (const points of this.#trails.values()) {
      if (points.length < 2) continue
      this.#lines.beginPath()
      for (const [i, { x, y }] of points.entries()) {
        if (i === 0) this.#lines.moveTo(x, y)
        else this.#lines.lineTo(x, y)
      }
      this.#lines.strokePath()
    }
  }

  #drawPulses({ nowMs }: Xray, pixel: number): void {
    for (const pulse of this.#track?.pulses ?? []) {
      const share = pulseShare(pulse, nowMs)
      const at = {
        x: pulse.from.x + (pulse.to.x - pulse.from.x) * share,
        y: pulse.from.y + (pulse.to.y - pulse.from.y) * share,
      }
      const tint = toTint(pulse.colour)
      this.#lines.lineStyle(4 * pixel, tint, 0.9).lineBetween(pulse.from.x, pulse.from.y, at.x, at.y)
      this.#pulses
        .put('pulse', at.x, at.y)
        .setTint(tint)
        .setScale((this.#scale * 22 * pixel) / 3.2)
    }
  }

  #name(view: Box, { seat, cars, textScale }: Xray, pixel: number): void {
    const label = (text: string, at: Point, below: number, colour: string) => {
      const isSeen = at.x > view.left && at.x < view.right && at.y > view.top && at.y < view.bottom
      if (isSeen) this.#labels.put(text, at.x, at.y + below * pixel).show({ colour, pixel: pixel * textScale })
    }
    for (const { kind, x, y } of this.#map.stations) {
      const name = STATION_NAMES[kind]
      if (name) label(name, { x, y }, 26, '#ffffff')
    }
    for (const camera of this.#map.cameras) {
      const sign = alarmSignOf(seat.alarms, camera.id)
      label(sign ? `CloudWatch ${camera.id}\n${sign.state}` : `CloudWatch ${camera.id}`, camera, 22, '#ffd9e6')
    }
    for (const car of cars) {
      if (car.kind === 'police') label('CloudTrail', car, 18, '#d5e4ff')
      if (car.kind === 'inspector') label('Config', car, 18, '#c9fff6')
      if (car.kind === 'response' || car.kind === 'drone') label('Lambda', car, 18, '#ffe2c4')
    }
    this.#nameVerdicts(seat, cars, label)
  }

  /** The own car carries its verdicts: rule by rule, in AWS's words. */
  #nameVerdicts(
    seat: SeatView,
    cars: readonly DrawnCar[],
    label: (text: string, at: Point, below: number, colour: string) => void,
  ): void {
    const own = seat.car ? cars[0] : undefined
    const line = seat.fleet.find(({ plate }) => plate === seat.car?.plate)
    if (!own || !line) return
    const verdicts = Object.entries(line.verdicts).map(([rule, verdict]) => `${rule}  ${verdict}`)
    label([line.plate, ...verdicts].join('\n'), own, 34, '#ffffff')
  }
}
