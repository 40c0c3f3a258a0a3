import type { Renderer } from 'phaser'

/** @returns a blend mode for pictures without holes: it reads nothing of what lies below, which software renderers are slow at */
export function addOpaqueBlend(renderer: Renderer.WebGL.WebGLRenderer): number {
  const { gl } = renderer
  renderer.addBlendMode([gl.ONE, gl.ZERO], gl.FUNC_ADD)
  return renderer.blendModes.length - 1
}
