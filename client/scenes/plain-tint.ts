import type { Renderer } from 'phaser'

/**
 * Sprites here are tinted in one way only: by multiplying. Phaser's shader offers eight ways and, without a graphics card,
 * works all of them out for every pixel; the one line that is needed makes a frame on such machines twice as fast.
 */
export function usePlainTint(renderer: Renderer.WebGL.WebGLRenderer): void {
  for (const name of ['BatchHandlerQuad', 'BatchHandlerTileSprite']) {
    const quads = renderer.renderNodes.getNode(name)
    if (!quads || !('programManager' in quads)) continue
    const { programManager } = quads as Renderer.WebGL.RenderNodes.BatchHandlerQuad
    programManager.replaceAddition('Tint', {
      name: 'MultiplyTint',
      additions: { fragmentProcess: 'fragColor *= vec4(outTint.bgr * outTint.a, outTint.a);' },
      tags: ['TINT'],
    })
  }
}
