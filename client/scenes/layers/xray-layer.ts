import { BlendModes, type GameObjects, type Scene } from 'phaser'

import type { CityMap, Point } from '../../../shared/model/city-map.ts'
import type { SeatView } from '../../../shared/protocol/view.ts'
import type { DrawnCar } from '../../net/feed.ts'
import { isFarZoom } from '../../view/street-camera.ts'
import { keepApart, type LabelWish } from '../../view/street-labels.ts'
import type { Box } from '../../view/street-lines.ts'
import { namesOf } from '../../view/street-names.ts'
import { AGENT_COLOUR, toTint } from '../../view/street-palette.ts'
import { openPulses, pulseShare, stepPulses, type PulseTrack } from '../../view/street-pulses.ts'
import { stepTrails, type Trails } from '../../view/street-trails.ts'
import { DEPTH } from './depths.ts'
import { LabelPool } from './label-pool.ts'
import { SpritePool } from './sprite-pool.ts'

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
    this.#name(view, xray)
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

  #name(view: Box, { seat, own, cars, zoom, ratio, textScale }: Xray): void {
    const pixel = (ratio / zoom) * textScale
    const isSeen = ({ at }: LabelWish) => at.x > view.left && at.x < view.right && at.y > view.top && at.y < view.bottom
    const wishes = namesOf({ map: this.#map, seat, own, cars, isFar: isFarZoom(zoom / ratio) }).filter(isSeen)
    for (const { text, at, below, colour } of keepApart(wishes, pixel)) {
      this.#labels.put(text, at.x, at.y + (below * ratio) / zoom).show({ colour, pixel })
    }
  }
}
