import { BlendModes, type GameObjects, type Scene } from 'phaser'

import type { CityMap, Point } from '../../../shared/model/city-map.ts'
import type { SeatView } from '../../../shared/protocol/view.ts'
import type { XrayNews } from '../../../shared/protocol/xray.ts'
import { say } from '../../i18n/i18n.ts'
import type { DrawnCar } from '../../net/feed.ts'
import { isFarZoom } from '../../view/street-camera.ts'
import { GRAPH, keepApart, type LabelWish } from '../../view/street-labels.ts'
import type { Box } from '../../view/street-lines.ts'
import { namesOf } from '../../view/street-names.ts'
import { AGENT_COLOUR, lighter, toTint } from '../../view/street-palette.ts'
import { openPulses, pulseFade, pulseShare, stepPulses, type Pulse, type PulseTrack } from '../../view/street-pulses.ts'
import { stepTrails, type Trails } from '../../view/street-trails.ts'
import { DEPTH } from './depths.ts'
import { GraphPlates } from './graph-plates.ts'
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
  /** What the things carry, once it has come. */
  readonly news: XrayNews | null
  /** Nothing moves but what informs: a message lights its line up instead of travelling. */
  readonly isStill: boolean
}

/** The city as AWS sees it: who reports to whom, in what state each alarm is, which message is under way. */
export class XrayLayer {
  readonly #map: CityMap
  readonly #veil: GameObjects.Rectangle
  readonly #lines: GameObjects.Graphics
  readonly #pulses: SpritePool
  readonly #labels: LabelPool
  readonly #plates: GraphPlates
  readonly #scale: number
  #track: PulseTrack | null = null
  #trails: Trails = new Map()

  constructor(scene: Scene, map: CityMap, scale: number) {
    this.#map = map
    this.#scale = scale
    this.#veil = scene.add.rectangle(0, 0, 1, 1, 0x10183a, 0.42).setDepth(DEPTH.xrayVeil).setVisible(false)
    this.#lines = scene.add.graphics().setDepth(DEPTH.xrayLines).setVisible(false)
    this.#pulses = new SpritePool(scene, { depth: DEPTH.xray, scale, blend: BlendModes.NORMAL })
    this.#plates = new GraphPlates(scene, DEPTH.xrayText)
    this.#labels = new LabelPool(scene, DEPTH.xrayText)
  }

  /** @param isOn also while it is off the messages are followed, so that none is shown late */
  update(view: Box, xray: Xray, isOn: boolean): void {
    this.#track ??= openPulses(xray.seat.feed)
    this.#track = stepPulses(this.#track, xray.seat.feed, {
      map: this.#map,
      nowMs: xray.nowMs,
      own: xray.own,
      plate: xray.seat.car?.plate ?? null,
    })
    this.#trails = stepTrails(this.#trails, xray.cars)
    this.#veil.setVisible(isOn)
    this.#lines.setVisible(isOn)
    this.#pulses.begin()
    this.#labels.begin()
    this.#plates.begin()
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
      // A soft rim round a bright core: a slanting line shows no steps.
      this.#lines.lineStyle(5 * pixel, toTint(colour), 0.22).lineBetween(from.x, from.y, to.x, to.y)
      this.#lines.lineStyle(2 * pixel, toTint(lighter(colour, 0.25)), 0.8).lineBetween(from.x, from.y, to.x, to.y)
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

  #drawPulses(xray: Xray, pixel: number): void {
    for (const pulse of this.#track?.pulses ?? []) {
      const head = xray.isStill ? this.#lightUp(pulse, xray.nowMs, pixel) : this.#travel(pulse, xray.nowMs, pixel)
      if (pulse.label === '') continue
      const colour = lighter(pulse.colour, 0.75)
      this.#labels.put(pulse.label, head.x, head.y + 14 * pixel).show({ colour, pixel: pixel * xray.textScale })
    }
  }

  /** A dot runs along the line. @returns where it is */
  #travel(pulse: Pulse, nowMs: number, pixel: number): Point {
    const at = between(pulse, pulseShare(pulse, nowMs))
    const tint = toTint(pulse.colour)
    this.#lines.lineStyle(4 * pixel, tint, 0.9).lineBetween(pulse.from.x, pulse.from.y, at.x, at.y)
    this.#pulses
      .put('pulse', at.x, at.y)
      .setTint(tint)
      .setScale((this.#scale * 22 * pixel) / 3.2)
    return at
  }

  /** The whole line shows and fades, with the dot where it leads to. @returns its middle */
  #lightUp(pulse: Pulse, nowMs: number, pixel: number): Point {
    const tint = toTint(pulse.colour)
    const { from, to } = pulse
    const alpha = pulseFade(pulse, nowMs)
    this.#lines.lineStyle(4 * pixel, tint, 0.9 * alpha).lineBetween(from.x, from.y, to.x, to.y)
    this.#pulses
      .put('pulse', to.x, to.y)
      .setTint(tint)
      .setAlpha(alpha)
      .setScale((this.#scale * 22 * pixel) / 3.2)
    return between(pulse, 0.5)
  }

  #name(view: Box, { seat, own, cars, news, zoom, ratio, textScale }: Xray): void {
    const pixel = (ratio / zoom) * textScale
    const isSeen = ({ at }: LabelWish) => at.x > view.left && at.x < view.right && at.y > view.top && at.y < view.bottom
    const isFar = isFarZoom(zoom / ratio)
    const wishes = namesOf({ map: this.#map, seat, own, cars, news, isFar, say }).filter(isSeen)
    for (const { text, at, below, colour, graph } of keepApart(wishes, pixel)) {
      const { bottom } = this.#labels.put(text, at.x, at.y + (below * ratio) / zoom).show({ colour, pixel })
      if (!graph) continue
      const limit = this.#plates.put(graph, at.x, bottom + GRAPH.gap * pixel, pixel)
      const threshold = graph.camera.threshold
      if (threshold !== null) this.#labels.put(String(threshold), limit.x, limit.y).show({ colour: '#ffd98a', pixel: pixel * 0.7 }) // prettier-ignore
    }
  }
}

const between = ({ from, to }: Pulse, share: number): Point => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
})
