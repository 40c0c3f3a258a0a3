import type { CityMap, Outline, Scenery } from '../../../shared/model/city-map.ts'
import type { LampPost } from '../../view/street-lamps.ts'
import type { Box } from '../../view/street-lines.ts'

/** The ground as it lies there, the same in high contrast, and what of it shines at night. */
export type GroundKind = 'ground' | 'contrast' | 'glow'

export interface GroundOrder {
  readonly kind: GroundKind
  readonly box: Box
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** How dark shadows are, 0 to 1. */
  readonly shadows: number
  /** Only the bridges, and of them only what lies within this. */
  readonly bridgesWithin?: Outline
}

/** What stands on the ground and is drawn by itself, over the cars. */
export interface Planting {
  readonly trees: Scenery['trees']
  readonly lamps: readonly LampPost[]
}

/** What the page tells the worker that paints the ground. */
export type ToPainter =
  | { readonly what: 'plant'; readonly map: CityMap }
  /** What sprites are cut out of: after `plant`, and before anything is painted. */
  | { readonly what: 'dress'; readonly sheet: ImageBitmap; readonly scale: number }
  | { readonly what: 'paint'; readonly id: number; readonly order: GroundOrder }

export type FromPainter =
  | { readonly what: 'planted'; readonly planting: Planting }
  | { readonly what: 'painted'; readonly id: number; readonly bitmap: ImageBitmap }
