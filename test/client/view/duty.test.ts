import { describe, expect, it } from 'vitest'

import { isJsonObject, isOnDuty, lastCall, speakerOfPost, toWhole } from '../../../client/view/duty.ts'
import { POSTS } from '../../../shared/protocol/duty.ts'
import type { LogbookLine } from '../../../shared/protocol/view.ts'
import { demoPost, demoView, momentAt, OWN_PLATE } from '../pages/demo/demo-view.ts'

const line = (id: LogbookLine['id'], principal: string, eventSource: string): LogbookLine => ({
  id, principal, eventSource, eventName: 'PutRule', category: 'Management', awsRegion: 'eu-west-3', plate: null, errorCode: null, at: momentAt(1),
}) // prettier-ignore

describe('a post', () => {
  it('is on duty anywhere but at the wheel', () => {
    const atTheWheel = demoView('driver')
    expect(isOnDuty(atTheWheel)).toBe(false)
    expect(isOnDuty(demoView('host'))).toBe(false)
    expect(isOnDuty({ ...atTheWheel, ...demoPost(atTheWheel, 'archivist') })).toBe(true)
  })

  it('looks after one service each, and the wheel after none', () => {
    expect(POSTS.map(speakerOfPost)).toEqual([null, 'watch', 'bridge', 'lambda', 'config', 'trail'])
  })

  it('shows its own last call to a service, not its driving and not another’s', () => {
    const logbook = [
      line('1/1', OWN_PLATE, 'events.amazonaws.com'),
      line('2/1', OWN_PLATE, 'vehicle.city'),
      line('3/1', 'city-hall', 'config.amazonaws.com'),
    ]
    expect(lastCall({ ...demoView('driver'), logbook })?.id).toBe('1/1')
    expect(lastCall({ ...demoView('driver'), logbook: logbook.slice(1) })).toBeNull()
  })
})

describe('what is typed at a desk', () => {
  it('is a whole number within its bounds, or nothing', () => {
    expect(['0', '4', '1000', ' 7 '].map((typed) => toWhole(typed, 0, 1000))).toEqual([0, 4, 1000, 7])
    expect(['', '-1', '1001', '2.5', 'x'].map((typed) => toWhole(typed, 0, 1000))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it('is a JSON object before it is sent', () => {
    expect(['{}', '{"source":["a"]}'].map(isJsonObject)).toEqual([true, true])
    expect(['', '{', '[]', '"a"', 'null', '5'].some(isJsonObject)).toBe(false)
  })
})
