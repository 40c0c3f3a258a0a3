import { describe, expect, it } from 'vitest'

import type { FeedEntry } from '../../../shared/protocol/view.ts'
import { toFeedLines } from '../../../client/view/feed-lines.ts'
import { demoView } from '../pages/demo/demo-view.ts'

const [first] = demoView('driver').feed
if (!first) throw new Error('the demonstration says nothing')

const limit = (id: FeedEntry['id'], kmh: number): FeedEntry => ({
  ...first,
  id,
  speaker: 'street',
  plate: null,
  text: { key: 'feed.set-sign', params: { limit: kmh, sign: `sign-${id}` } },
})
const say = ({ params }: FeedEntry['text']) => `New limit: ${params['limit']}`

describe('the lines of the feed', () => {
  it('say once, with a count, what was said several times in a row, under the newest id', () => {
    const lines = toFeedLines([limit('1/1', 30), limit('2/1', 30), limit('3/1', 30)], 4, say)
    expect(lines.map(({ entry, count }) => [entry.id, count])).toEqual([['3/1', 3]])
  })

  it('keep apart what differs in a number, in its speaker or in whom it concerns', () => {
    const other = { ...limit('3/1', 30), speaker: 'trail' } as const
    const own = { ...limit('4/1', 30), plate: 'AB-001-NV' }
    const lines = toFeedLines([limit('1/1', 30), limit('2/1', 50), other, own], 9, say)
    expect(lines.map(({ entry }) => entry.id)).toEqual(['4/1', '3/1', '2/1', '1/1'])
  })

  it('keep apart what was said again after something else', () => {
    const lines = toFeedLines([limit('1/1', 30), limit('2/1', 50), limit('3/1', 30)], 9, say)
    expect(lines.map(({ count }) => count)).toEqual([1, 1, 1])
  })

  it('are as many as there is room for, and the last is still counted whole', () => {
    const lines = toFeedLines([limit('1/1', 10), limit('2/1', 30), limit('3/1', 30), limit('4/1', 50)], 2, say)
    expect(lines.map(({ entry, count }) => [entry.id, count])).toEqual([
      ['4/1', 1],
      ['3/1', 2],
    ])
  })
})
