import { describe, expect, it } from 'vitest'

import { StreetDecoder } from '../../../shared/protocol/street-decoder.ts'
import type { DigestEntry } from '../../../shared/protocol/frame.ts'
import { StreetEncoder } from '../../../server/city/street-encoder.ts'
import { openNews } from '../../../server/city/street-news.ts'
import type { Viewer } from '../../../server/city/views.ts'
import { openPose, poseOf } from '../../../server/sim/pose.ts'
import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { openPlay, type Play } from '../../support/play.ts'
import { streetsOf } from '../../support/street.ts'

const streets = streetsOf('nuageville')
const AGENTS = ['police', 'inspector', 'response', 'drone', 'tow-truck', 'ambulance']

function digestFor(play: Play, viewer: Viewer): readonly DigestEntry[] {
  const tick = play.step()
  const frame = new StreetEncoder(viewer, openNews(play.world)).encode(tick, { ackSeq: 0, lead: 0 }) // prettier-ignore
  const decoded = new StreetDecoder(streets.map).decode(frame)
  return decoded.ok ? (decoded.value.digest ?? []) : []
}

describe('the small map', () => {
  it('[WIRE-11] tells other drivers from agents, and leaves out the own car and ordinary traffic', () => {
    const play = openPlay({ streets, players: 3, npcs: 60 })
    play.step()
    const [own] = play.viewers
    const digest = digestFor(play, own ?? { role: 'host', seatId: null, plate: null })
    const seats = digest.filter(({ isSeat }) => isSeat)
    expect(seats).toHaveLength(2)
    const pose = poseOf(play.world, vehicleSlotOf(play.world, { seatId: 's1' }), openPose())
    const nearest = Math.min(...seats.map(({ x, y }) => Math.hypot(x - pose.x, y - pose.y)))
    expect(nearest).toBeLessThan(streets.map.width / 255 + streets.map.height / 255)
    const agents = digest.filter(({ isSeat }) => !isSeat)
    expect(agents.length).toBeGreaterThan(0)
    for (const { kind } of agents) expect(AGENTS).toContain(kind)
  })

  it('[WIRE-11] shows a host everybody who has a seat', () => {
    const play = openPlay({ streets, players: 3, npcs: 10 })
    play.step()
    const digest = digestFor(play, { role: 'host', seatId: null, plate: null })
    expect(digest.filter(({ isSeat }) => isSeat)).toHaveLength(3)
  })
})
