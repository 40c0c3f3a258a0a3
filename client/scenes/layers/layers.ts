import type { Scene } from 'phaser'

import type { CityMap } from '../../../shared/model/city-map.ts'
import { countryOf } from '../../view/street-country.ts'
import { openLevels } from '../../view/street-decks.ts'
import { lampPostsOf } from '../../view/street-lamps.ts'
import { treesOf } from '../../view/street-trees.ts'
import type { AtlasSheet } from '../atlas/atlas-sheet.ts'
import { openContrastPicture } from '../ground/contrast-picture.ts'
import { openGroundPicture, type GroundPicture } from '../ground/ground-picture.ts'
import { openGlowPicture } from '../ground/paint-glow.ts'
import { CarsLayer } from './cars-layer.ts'
import { DecksLayer } from './decks-layer.ts'
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
  readonly decks: DecksLayer
  readonly cars: CarsLayer
  readonly tall: TallLayer
  readonly effects: EffectsLayer
  readonly night: NightLayer
  readonly windows: WindowsLayer
  readonly weather: WeatherLayer
  readonly signs: SignsLayer
  readonly xray: XrayLayer
  /** Draws the city in high contrast, or as it is. */
  setContrast(isOn: boolean): void
}

export function openLayers(
  scene: Scene,
  map: CityMap,
  { sheet, groundScale }: { readonly sheet: AtlasSheet; readonly groundScale: number },
): Layers {
  const lamps = lampPostsOf(map)
  const country = countryOf(map)
  const trees = treesOf(map, country.fields)
  const levels = openLevels(map)
  const scale = 1 / sheet.scale
  const plain = openGroundPicture({ map, trees, country, sheet })
  let contrast: GroundPicture | null = null
  const ground = new GroundLayer(scene, map, plain, groundScale)
  const decks = new DecksLayer(scene, plain, levels)
  const cars = new CarsLayer(scene, scale, levels)
  const tall = new TallLayer(scene, map, { scale, lamps, trees })
  return {
    ground,
    decks,
    cars,
    tall,
    effects: new EffectsLayer(scene, scale),
    night: new NightLayer(scene, map, { scale, lamps }),
    windows: new WindowsLayer(scene, map, openGlowPicture(map, lamps)),
    weather: new WeatherLayer(scene, scale),
    signs: new SignsLayer(scene, map, scale),
    xray: new XrayLayer(scene, map, scale),
    setContrast(isOn) {
      if (isOn) contrast ??= openContrastPicture(map, country)
      const picture = isOn && contrast ? contrast : plain
      ground.setPicture(picture)
      decks.setPicture(picture)
      cars.hasRims = isOn
      tall.hasPlants = !isOn
      scene.cameras.main.setBackgroundColor(picture.colour)
    },
  }
}
