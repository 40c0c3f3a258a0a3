import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A TCP proxy that can cut every connection through it, as a school's network does. */
export interface CuttingProxy {
  readonly port: number
  /** Connections that were cut so far. */
  readonly cuts: () => number
  cutAll(): void
  close(): Promise<void>
}

/** @param latencyMs each way; bytes keep their order */
export async function openCuttingProxy(target: number, latencyMs = 0): Promise<CuttingProxy> {
  const open = new Set<Socket>()
  let cuts = 0
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.setNoDelay(true)
      const pass = (bytes: Buffer) => void (to.writable && to.write(bytes))
      from.on('data', (bytes: Buffer) => (latencyMs > 0 ? void setTimeout(pass, latencyMs, bytes) : pass(bytes)))
      // A connection that is torn down by either end is the very thing that is tried here.
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    cutAll() {
      for (const socket of open) {
        cuts += 1
        socket.destroy()
      }
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
