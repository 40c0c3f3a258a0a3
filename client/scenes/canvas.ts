/** A canvas that WebGL may draw on. */
interface Surface {
  readonly canvas: HTMLCanvasElement
  readonly context: WebGLRenderingContext
}

export interface GlCanvas extends Surface {
  /** No graphics card: the processor works out every pixel, and fewer of them had better do. */
  readonly isSoftware: boolean
}

const ATTRIBUTES: WebGLContextAttributes = { alpha: false, depth: false, stencil: false, powerPreference: 'high-performance' } // prettier-ignore

let spare: Surface | null = null

/** Makes the next canvas ahead of time: a browser takes long over its first. The page does not wait for it. */
export function warmCanvas(): void {
  spare ??= openWith({ antialias: false })
}

/**
 * Smooth edges cost a software renderer a quarter of its time, and show on drawn lines only. It is asked first without
 * them: for such a machine one canvas is work enough.
 *
 * @throws when the browser has no WebGL
 */
export function takeCanvas(): GlCanvas {
  const plain = spare ?? openWith({ antialias: false })
  spare = null
  if (!plain) throw new Error('this browser has no WebGL')
  if (isSoftware(plain.context)) return { ...plain, isSoftware: true }
  return { ...(openWith({ antialias: true }) ?? plain), isSoftware: false }
}

function openWith(attributes: WebGLContextAttributes): Surface | null {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('webgl', { ...ATTRIBUTES, ...attributes })
  return context && { canvas, context }
}

/** `failIfMajorPerformanceCaveat` would be the way to ask, but lets a renderer pass that was chosen by hand. */
function isSoftware(context: WebGLRenderingContext): boolean {
  const info = context.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = info && context.getParameter(info.UNMASKED_RENDERER_WEBGL)
  return typeof name === 'string' && /swiftshader|llvmpipe|softpipe|basic render|software/i.test(name)
}
