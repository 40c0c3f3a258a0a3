import { BlendModes, Display, type Scene } from 'phaser'

import type { CityMap } from '../../../shared/model/city-map.ts'
import { openLevels } from '../../view/street-decks.ts'
import { CONTRAST, PALETTE } from '../../view/street-palette.ts'
import type { AtlasSheet } from '../atlas/atlas-sheet.ts'
import type { Planting } from '../ground/ground-order.ts'
import type { GroundPainter } from '../ground/ground-painter.ts'
import { addOpaqueBlend } from '../opaque-blend.ts'
import { CarsLayer } from './cars-layer.ts'
import { DecksLayer } from './decks-layer.ts'
import { EffectsLayer } from './effects-layer.ts'
import { GroundLayer } from './ground-layer.ts'
import { MomentsLayer } from './moments-layer.ts'
import { NightLayer } from './night-layer.ts'
import { SignsLayer } from './signs-layer.ts'
import { TallLayer } from './tall-layer.ts'
import { WayLayer } from './way-layer.ts'
import { WeatherLayer } from './weather-layer.ts'
import { WindowsLayer } from './windows-layer.ts'
import { XrayLayer } from './xray-layer.ts'

/** The sheets of glass that lie over one another; `DEPTH` says in which order. */
export interface Layers {
  readonly ground: GroundLayer
  readonly decks: DecksLayer
  readonly cars: CarsLayer
  readonly tall: TallLayer
  readonly effects: EffectsLayer
  readonly moments: MomentsLayer
  readonly night: NightLayer
  readonly windows: WindowsLayer
  readonly weather: WeatherLayer
  readonly signs: SignsLayer
  readonly xray: XrayLayer
  readonly way: WayLayer
  /** Draws the city in high contrast, or as it is. */
  setContrast(isOn: boolean): void
}

interface LayersSettings {
  readonly sheet: AtlasSheet
  readonly painter: GroundPainter
  readonly planting: Planting
  readonly groundScale: number
}

export function openLayers(
  scene: Scene,
  map: CityMap,
  { sheet, painter, planting: { lamps, trees }, groundScale }: LayersSettings,
): Layers {
  const levels = openLevels(map)
  const scale = 1 / sheet.scale
  const opaque = 'addBlendMode' in scene.renderer ? addOpaqueBlend(scene.renderer) : BlendModes.NORMAL
  const ground = new GroundLayer(scene, map, painter, { scale: groundScale, blend: opaque })
  const decks = new DecksLayer(scene, painter, levels)
  const cars = new CarsLayer(scene, scale, levels)
  const tall = new TallLayer(scene, map, { scale, lamps, trees })
  return {
    ground,
    decks,
    cars,
    tall,
    effects: new EffectsLayer(scene, scale),
    moments: new MomentsLayer(scene, scale),
    night: new NightLayer(scene, map, { scale, lamps }),
    windows: new WindowsLayer(scene, map, painter),
    weather: new WeatherLayer(scene, scale),
    signs: new SignsLayer(scene, map, scale),
    xray: new XrayLayer(scene, map, scale),
    way: new WayLayer(scene, map),
    setContrast(isOn) {
      const kind = isOn ? 'contrast' : 'ground'
      ground.setKind(kind)
      decks.setKind(kind)
      cars.hasRims = isOn
      tall.hasPlants = !isOn
      // Not the camera's own colour: that would be one more picture of the whole screen, over the cleared canvas.
      const { red, green, blue } = Display.Color.HexStringToColor(isOn ? CONTRAST.ground : PALETTE.grass)
      scene.game.config.backgroundColor.setTo(red, green, blue)
    },
  }
}
