import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A TCP proxy that can cut every connection through it, as a school's network does. */
export interface CuttingProxy {
  readonly port: number
  /** Connections that were cut so far. */
  readonly cuts: () => number
  cutAll(): void
  close(): Promise<void>
}

/** How bad the line is, each way. TCP keeps the order and loses nothing: what is lost comes a resend later. */
interface LineSettings {
  readonly host?: string
  readonly latencyMs?: number
  readonly jitterMs?: number
  readonly loss?: number
}

const RESEND_MS = 200

export async function openCuttingProxy(
  target: number,
  { host = '127.0.0.1', latencyMs = 0, jitterMs = 0, loss = 0 }: LineSettings = {},
): Promise<CuttingProxy> {
  const lag = () => latencyMs + jitterMs * Math.random() + (Math.random() < loss ? RESEND_MS : 0)
  const isLate = latencyMs + jitterMs + loss > 0
  const open = new Set<Socket>()
  let cuts = 0
  const server = createServer((near) => {
    const far = connect(target, host)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.setNoDelay(true)
      let dueMs = 0
      const pass = (bytes: Buffer) => void (to.writable && to.write(bytes))
      from.on('data', (bytes: Buffer) => {
        dueMs = Math.max(dueMs, performance.now() + lag())
        if (isLate) setTimeout(pass, dueMs - performance.now(), bytes)
        else pass(bytes)
      })
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
