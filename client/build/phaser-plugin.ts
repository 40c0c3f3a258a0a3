import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import type { Plugin } from 'vite'

const SOURCE = join(dirname(createRequire(import.meta.url).resolve('phaser/package.json')), 'src')
const ENTRY = '\0phaser-of-the-street'
const NOTHING = '\0no-part-of-phaser'

/** What a scene calls by `add`, `cameras` and the like: each makes itself known when it is read. */
const KNOWN = [
  'events/EventEmitter',
  'cameras/2d/CameraManager',
  'scene/ScenePlugin',
  'gameobjects/DisplayList',
  'gameobjects/UpdateList',
  'gameobjects/GameObjectFactory',
  'gameobjects/GameObjectCreator',
  'gameobjects/graphics/GraphicsFactory',
  'gameobjects/image/ImageFactory',
  'gameobjects/shape/rectangle/RectangleFactory',
  'gameobjects/text/TextFactory',
  'gameobjects/tilesprite/TileSpriteFactory',
]

/** What the street imports from `phaser`, under the same names. */
const NAMED = `{
  BlendModes: part('renderer/BlendModes'),
  Core: { Events: part('core/events') },
  Display: { Color: part('display/color') },
  Game: part('core/Game'),
  GameObjects: { Image: part('gameobjects/image/Image') },
  Renderer: { Events: part('renderer/events') },
  Scale: { NONE: part('scale/const/SCALE_MODE_CONST').NONE },
  Scene: part('scene/Scene'),
  WEBGL: part('const').WEBGL,
}`

/** What these parts ask for, and the street does not use. */
const LEFT_OUT = [
  /^core\/DebugHeader$/,
  /^device\/(?:Audio|Video)$/,
  /^filters\//,
  // Lists of all there is: one of their own parts asks for them, for the sake of an event's name.
  /^renderer\/(?:snapshot|webgl)$/,
  /^renderer\/webgl\/renderNodes\/filters\//,
  /^renderer\/webgl\/renderNodes\/BatchHandler(?:PointLight|Strip)$/,
  /^renderer\/webgl\/renderNodes\/submitter\/Submitter(?:MeshToQuad|Tile|TilemapGPULayer)$/,
  /^renderer\/webgl\/renderNodes\/transformer\/TransformerTile$/,
]

/** The switches of Phaser's own build. */
const SWITCHES =
  /\btypeof (WEBGL_RENDERER|CANVAS_RENDERER|WEBGL_DEBUG|FEATURE_SOUND|PLUGIN_CAMERA3D|PLUGIN_FBINSTANT)\b/g

/** To find out whether there is WebGL, Phaser opens a context of its own; the street brings one along. */
const TRIAL = 'Features.webGL = testWebGL();'

const readAll = (): string =>
  `${KNOWN.map((name) => `part('${name}')`).join('\n')}\nmodule.exports = ${NAMED}`.replaceAll(
    /\bpart\('([^']+)'\)/g,
    (_, name: string) => `require(${JSON.stringify(join(SOURCE, name))})`,
  )

/**
 * Builds those parts of Phaser that the street uses, from the sources in its package: half the bytes to fetch, and half
 * the time to read them. Only the build is so; while developing, `phaser` is all of it.
 */
export function phaserPlugin(): Plugin {
  return {
    name: 'phaser-of-the-street',
    apply: 'build',
    enforce: 'pre',
    resolveId(id, importer = '') {
      if (id === 'phaser') return ENTRY
      if (!id.startsWith('.') || !importer.startsWith(SOURCE)) return null
      const name = relative(SOURCE, join(dirname(importer), id))
      return LEFT_OUT.some((pattern) => pattern.test(name)) ? NOTHING : null
    },
    load(id) {
      if (id === NOTHING) return 'module.exports = function () {}'
      return id === ENTRY ? readAll() : null
    },
    transform(code, id) {
      if (!id.startsWith(SOURCE)) return null
      const isFeatures = relative(SOURCE, id) === 'device/Features.js'
      if (isFeatures && !code.includes(TRIAL)) throw new Error('Phaser asks for WebGL in another way than it did')
      const switched = code.replaceAll(SWITCHES, (_, name) => String(name === 'WEBGL_RENDERER'))
      return { code: isFeatures ? switched.replace(TRIAL, 'Features.webGL = true;') : switched, map: null }
    },
  }
}
