import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { openAhead, takeSolo } from '../../../client/net/solo-worker.ts'
import type { SoloRequest } from '../../../client/net/doors.ts'
import type { FromSolo, ToSolo } from '../../../shared/protocol/solo.ts'

/** A worker that does nothing but what a test has it do. */
class FakeWorker extends EventTarget {
  static readonly all: FakeWorker[] = []
  readonly told: ToSolo[] = []
  hasEnded = false

  constructor() {
    super()
    FakeWorker.all.push(this)
  }

  postMessage(message: ToSolo): void {
    this.told.push(message)
  }

  terminate(): void {
    this.hasEnded = true
  }

  say(news: FromSolo): void {
    this.dispatchEvent(new MessageEvent('message', { data: news }))
  }

  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }))
  }
}

const LESSON: SoloRequest = { scenarioId: 'discovery', seed: 7, town: null }
const TOWN = { columns: 3, rows: 3, seed: 11 } as const
const frame = (byte: number): FromSolo => ({ kind: 'frame', bytes: Uint8Array.of(byte) })

const worker = (i: number): FakeWorker => {
  const found = FakeWorker.all[i]
  if (!found) throw new Error(`there is no worker ${i}`)
  return found
}

describe('a city that is opened ahead', () => {
  beforeEach(() => {
    FakeWorker.all.length = 0
    vi.stubGlobal('Worker', FakeWorker)
  })
  afterEach(() => vi.unstubAllGlobals())

  it('[FEED-15] is the one that is asked for later, and is taken once', () => {
    openAhead(LESSON)
    takeSolo({ ...LESSON })
    expect(FakeWorker.all).toHaveLength(1)
    takeSolo(LESSON)
    expect(FakeWorker.all).toHaveLength(2)
    expect(worker(0).hasEnded).toBe(false)
  })

  it('[FEED-15] says what it said before, in order, and then the rest', () => {
    openAhead(LESSON)
    worker(0).say(frame(1))
    worker(0).say(frame(2))
    const heard: FromSolo[] = []
    takeSolo(LESSON).listen((news) => heard.push(news))
    worker(0).say(frame(3))
    expect(heard).toEqual([frame(1), frame(2), frame(3)])
  })

  it.each<[string, Partial<SoloRequest>]>([
    ['scenario', { scenarioId: 'other' }],
    ['seed', { seed: 8 }],
    ['drawn seed', { seed: null }],
    ['town', { town: TOWN }],
  ])('[FEED-15] ends where another %s is asked for', (_, other) => {
    openAhead(LESSON)
    takeSolo({ ...LESSON, ...other })
    expect(FakeWorker.all).toHaveLength(2)
    expect(worker(0).hasEnded).toBe(true)
    expect(worker(1).hasEnded).toBe(false)
  })

  it('[FEED-15] fails for whoever takes it, even when it failed before', async () => {
    openAhead(LESSON)
    worker(0).fail('no such scenario')
    await expect(takeSolo(LESSON).failed).rejects.toThrow('no such scenario')
  })

  it.each([
    [7, null, 7],
    [null, TOWN, 11],
    [9, TOWN, 9],
  ])('[FEED-16] is opened with its seed %j, or its town’s %j', (seed, town, opened) => {
    takeSolo({ ...LESSON, seed, town })
    expect(worker(0).told).toEqual([{ kind: 'open', scenarioId: 'discovery', town, seed: opened }])
  })

  it('[FEED-16] is opened with a seed that is drawn where none is given', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.25)
    takeSolo({ ...LESSON, seed: null })
    vi.mocked(Math.random).mockRestore()
    expect(worker(0).told[0]).toMatchObject({ seed: 250_000 })
  })
})
