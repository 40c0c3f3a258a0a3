import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

import type { CommandName } from '../../shared/protocol/messages.ts'

/** Messages per second and connection: each is a finger on a button. The hands have their own budget, in ticks. */
const PER_SECOND: Readonly<Record<CommandName, number>> = {
  join: 3,
  resync: 2,
  unstick: 2,
  horn: 2,
  switch: 10,
  assist: 5,
  ready: 2,
  accommodate: 5,
  why: 5,
  describe: 5,
  xray: 3,
  question: 5,
  study: 5,
  operate: 5,
  tryPattern: 2,
  pause: 5,
  end: 2,
}

/** A school shares one public address: 40 joins a minute pass, 400 do not. */
const JOINS_PER_MINUTE = 120
const ROOMS_PER_MINUTE = 30
/** All classes of a school come back at once, some more than once, when its network does. */
const CONNECTIONS_PER_MINUTE = 1200
/** Refused messages of one connection in ten seconds: a line that was stuck for as long brings 200 at once. */
const REFUSALS = 400
const REFUSALS_SECONDS = 10

export interface Limits {
  /** @returns whether the message is within its rate; takes one from it */
  allow(kind: CommandName, connection: string): Promise<boolean>
  allowJoin(address: string): Promise<boolean>
  allowRoom(address: string): Promise<boolean>
  allowConnection(address: string): Promise<boolean>
  /** @returns whether a connection may go on, of which one more message was refused */
  allowRefusal(connection: string): Promise<boolean>
}

async function take(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key)
    return true
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return false
    throw refused
  }
}

export function openLimits(): Limits {
  const kinds = new Map<string, RateLimiterMemory>(
    Object.entries(PER_SECOND).map(([kind, points]) => [
      kind,
      new RateLimiterMemory({ keyPrefix: kind, points, duration: 1 }),
    ]),
  )
  const joins = new RateLimiterMemory({ keyPrefix: 'joins', points: JOINS_PER_MINUTE, duration: 60 })
  const opened = new RateLimiterMemory({ keyPrefix: 'rooms', points: ROOMS_PER_MINUTE, duration: 60 })
  const connections = new RateLimiterMemory({
    keyPrefix: 'connections',
    points: CONNECTIONS_PER_MINUTE,
    duration: 60,
  })
  const refusals = new RateLimiterMemory({ keyPrefix: 'refusals', points: REFUSALS, duration: REFUSALS_SECONDS })
  return {
    async allow(kind, connection) {
      const limiter = kinds.get(kind)
      return limiter === undefined || take(limiter, connection)
    },
    allowJoin: (address) => take(joins, address),
    allowRoom: (address) => take(opened, address),
    allowConnection: (address) => take(connections, address),
    allowRefusal: (connection) => take(refusals, connection),
  }
}
