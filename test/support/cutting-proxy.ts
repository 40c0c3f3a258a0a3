import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A TCP proxy that can cut every connection through it, as a school's network does. */
export interface CuttingProxy {
  readonly port: number
  /** Connections that were cut so far. */
  readonly cuts: () => number
  /** Upgrades that were refused so far. */
  readonly refusals: () => number
  cutAll(): void
  close(): Promise<void>
}

/** How bad the line is, each way. TCP keeps the order and loses nothing: what is lost comes a resend later. */
interface LineSettings {
  readonly host?: string
  readonly latencyMs?: number
  readonly jitterMs?: number
  readonly loss?: number
  /** Lets nobody upgrade to a WebSocket, as some schools' proxies do. */
  readonly refusesUpgrades?: boolean
}

const REFUSAL = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
const UPGRADE = /^GET .*transport=websocket/u

const RESEND_MS = 200

export async function openCuttingProxy(target: number, settings: LineSettings = {}): Promise<CuttingProxy> {
  const { host = '127.0.0.1', latencyMs = 0, jitterMs = 0, loss = 0, refusesUpgrades = false } = settings
  const lag = () => latencyMs + jitterMs * Math.random() + (Math.random() < loss ? RESEND_MS : 0)
  const open = new Set<Socket>()
  let cuts = 0
  let refusals = 0
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    if (refusesUpgrades)
      near.prependOnceListener('data', (bytes) => {
        if (!UPGRADE.test(bytes.toString('latin1'))) return
        refusals += 1
        near.end(REFUSAL)
      })
    const far = connect({ host, port: target, noDelay: true, allowHalfOpen: true })
    for (const socket of [near, far]) open.add(socket)
    pipe(near, far, lag)
    pipe(far, near, lag)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      // A connection that is torn down by either end is the very thing that is tried here.
      socket.on('error', () => other.destroy())
      socket.on('close', () => open.delete(socket))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    refusals: () => refusals,
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

/** Passes what comes, and at last the end, in order, each after its lag. */
function pipe(from: Socket, to: Socket, lag: () => number): void {
  const waiting: { readonly dueMs: number; readonly bytes: Buffer | null }[] = []
  let isWaiting = false

  function pass(): void {
    isWaiting = false
    for (let next = waiting[0]; next !== undefined && next.dueMs <= performance.now(); next = waiting[0]) {
      waiting.shift()
      if (next.bytes === null) to.end()
      else if (to.writable) to.write(next.bytes)
    }
    const [next] = waiting
    if (next === undefined || isWaiting) return
    isWaiting = true
    setTimeout(pass, Math.max(1, next.dueMs - performance.now()))
  }

  function add(bytes: Buffer | null): void {
    const last = waiting.at(-1)?.dueMs ?? 0
    waiting.push({ dueMs: Math.max(last, performance.now() + lag()), bytes })
    if (!isWaiting) pass()
  }

  from.on('data', add)
  from.on('end', () => add(null))
  from.on('close', (hadError) => {
    if (hadError || from.readableAborted) to.destroy()
  })
}
