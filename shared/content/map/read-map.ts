import type { CityMap } from '../../model/city-map.ts'
import type { Result } from '../../result.ts'
import { decodeMapSource, type MapFault } from '../map-source.ts'
import { compileMap } from './compile.ts'

/** From a parsed file of `assets/maps` to the map that is played: distrusts it, then compiles it. */
export function readMap(json: unknown): Result<CityMap, MapFault[]> {
  const source = decodeMapSource(json)
  return source.ok ? compileMap(source.value) : source
}
