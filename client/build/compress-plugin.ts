import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** What pictures and letters of any other kind hold is packed already. */
const TEXT = /\.(?:css|html|js|json|svg)$/
/** Below this many bytes a packed file saves no packet. */
const LEAST = 512
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }

/** Lays a `.br` and a `.gz` beside every text of the build: packed once and well, not anew for each visitor. */
export function compressPlugin(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = Object.values(bundle).filter(({ fileName }) => TEXT.test(fileName))
        await Promise.all(
          files.map(async (file) => {
            const source = Buffer.from(file.type === 'chunk' ? file.code : file.source)
            if (source.length < LEAST) return
            const [br, gz] = await Promise.all([
              promisify(brotliCompress)(source, BROTLI),
              promisify(gzip)(source, { level: 9 }),
            ])
            this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: br })
            this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: gz })
          }),
        )
      },
    },
  }
}
