import type { CDPSession, Page } from 'playwright-core'

/** What a page holds, once its rubbish is out. */
export interface Held {
  readonly heapBytes: number
  readonly nodes: number
  readonly listeners: number
  readonly textures: number
  readonly textureBytes: number
}

/** What one stepped frame took: its scripts, and its scripts and pixels together. */
interface Stepped {
  readonly script: number
  readonly whole: number
}

declare global {
  interface Window {
    gauge: {
      /** Frames come from `step` and `frameAt` alone while this is set. */
      isStepped: boolean
      textures: Map<WebGLTexture, number>
      step(count: number): Stepped[]
      /** Draws the frame of an instant of the page's clock, which stands there from now on. Its pixels can be read until the caller returns. */
      frameAt(nowMs: number): void
    }
  }
}

/** Makes a page countable. To be called before it is opened. */
export const gaugePage = (page: Page): Promise<unknown> => page.addInitScript(install)

/** Runs in the page, before its own scripts: frames may be stepped by hand, and textures are counted. */
function install(): void {
  const frame = window.requestAnimationFrame.bind(window)
  const clock = performance.now.bind(performance)
  let standsAt: number | null = null
  performance.now = () => standsAt ?? clock()
  let waiting = new Map<number, FrameRequestCallback>()
  let asked = 0
  window.requestAnimationFrame = (callback) => {
    asked += 1
    waiting.set(asked, callback)
    return asked
  }
  window.cancelAnimationFrame = (handle) => void waiting.delete(handle)
  const run = (now: number) => {
    const due = waiting
    waiting = new Map()
    for (const callback of due.values()) callback(now)
  }
  const onFrame = (now: number) => {
    if (!window.gauge.isStepped) run(now)
    frame(onFrame)
  }
  frame(onFrame)

  const textures = new Map<WebGLTexture, number>()
  let context: WebGLRenderingContext | null = null
  let bound: WebGLTexture | null = null
  // `name` of every context first does `also`, then what it always did.
  const before = (name: string, also: (context: WebGLRenderingContext, given: readonly unknown[]) => void) => {
    const gl: object = WebGLRenderingContext.prototype
    const original = Reflect.get(gl, name) as (...given: readonly unknown[]) => unknown
    Reflect.set(gl, name, function wrapped(this: WebGLRenderingContext, ...given: readonly unknown[]) {
      also(this, given)
      return Reflect.apply(original, this, given)
    })
  }
  before('deleteTexture', (_, [texture]) => void textures.delete(texture as WebGLTexture))
  before('bindTexture', (gl, [, texture]) => {
    context = gl
    bound = texture as WebGLTexture | null
  })
  before('texImage2D', (_, given) => {
    const source = given[5] as { readonly width: number; readonly height: number }
    const [width, height] = given.length > 6 ? [Number(given[3]), Number(given[4])] : [source.width, source.height]
    if (bound) textures.set(bound, width * height * 4)
  })

  const pixel = new Uint8Array(4)
  window.gauge = {
    isStepped: false,
    textures,
    step: (count) =>
      Array.from({ length: count }, () => {
        const from = clock()
        run(from)
        const script = clock() - from
        // A pixel can be read only when all of the frame has been drawn.
        context?.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, pixel)
        return { script, whole: clock() - from }
      }),
    frameAt(nowMs) {
      standsAt = nowMs
      run(nowMs)
    },
  }
}

/** Steps a page that was gauged. @returns what each frame took, in milliseconds */
export async function stepFrames(page: Page, count: number): Promise<Stepped[]> {
  return page.evaluate((frames) => {
    window.gauge.isStepped = true
    return window.gauge.step(frames)
  }, count)
}

export async function weighPage(page: Page, session: CDPSession): Promise<Held> {
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? 0
  const textures = await page.evaluate(() => [...window.gauge.textures.values()])
  return {
    heapBytes: metric('JSHeapUsedSize'),
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    textures: textures.length,
    textureBytes: textures.reduce((sum, bytes) => sum + bytes, 0),
  }
}
