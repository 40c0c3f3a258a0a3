import type { Scene } from 'phaser'

import type { CityMap } from '../../../shared/model/city-map.ts'
import { lampPostsOf } from '../../view/street-lamps.ts'
import { treesOf } from '../../view/street-trees.ts'
import type { AtlasSheet } from '../atlas/atlas-sheet.ts'
import { openGroundPicture } from '../ground/ground-picture.ts'
import { openGlowPicture } from '../ground/paint-glow.ts'
import { CarsLayer } from './cars-layer.ts'
import { EffectsLayer } from './effects-layer.ts'
import { GroundLayer } from './ground-layer.ts'
import { NightLayer } from './night-layer.ts'
import { SignsLayer } from './signs-layer.ts'
import { TallLayer } from './tall-layer.ts'
import { WeatherLayer } from './weather-layer.ts'
import { WindowsLayer } from './windows-layer.ts'
import { XrayLayer } from './xray-layer.ts'

/** The sheets of glass that lie over one another; `DEPTH` says in which order. */
export interface Layers {
  readonly ground: GroundLayer
  readonly cars: CarsLayer
  readonly tall: TallLayer
  readonly effects: EffectsLayer
  readonly night: NightLayer
  readonly windows: WindowsLayer
  readonly weather: WeatherLayer
  readonly signs: SignsLayer
  readonly xray: XrayLayer
}

export function openLayers(
  scene: Scene,
  map: CityMap,
  { sheet, groundScale }: { readonly sheet: AtlasSheet; readonly groundScale: number },
): Layers {
  const lamps = lampPostsOf(map)
  const trees = treesOf(map)
  const scale = 1 / sheet.scale
  return {
    ground: new GroundLayer(scene, map, openGroundPicture(map, trees, sheet), groundScale),
    cars: new CarsLayer(scene, scale),
    tall: new TallLayer(scene, map, { scale, lamps, trees }),
    effects: new EffectsLayer(scene, scale),
    night: new NightLayer(scene, map, { scale, lamps }),
    windows: new WindowsLayer(scene, map, openGlowPicture(map, lamps)),
    weather: new WeatherLayer(scene, scale),
    signs: new SignsLayer(scene, map, scale),
    xray: new XrayLayer(scene, map, scale),
  }
}
