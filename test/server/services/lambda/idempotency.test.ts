import { describe, expect, it } from 'vitest'
import { serviceMs } from '../../../../shared/units.ts'
import type { IdempotencyStore } from '../../../../server/services/lambda/idempotency.ts'
import { claimKey, completeKey, releaseKey } from '../../../../server/services/lambda/idempotency.ts'

const claim = (store: IdempotencyStore, key: string, now = 0, keepMs = 1000) =>
  claimKey(store, { key, now: serviceMs(now), keepMs })

/** Claims a key that is free. */
function claimed(store: IdempotencyStore, key: string, now = 0, keepMs = 1000): IdempotencyStore {
  const result = claim(store, key, now, keepMs)
  if (result.kind !== 'first') throw new Error(`not free: ${result.kind}`)
  return result.store
}

describe('the idempotency helper', () => {
  it('[LAMBDA-38] lets the first run of a key do its work, and gives later ones its result', () => {
    const store = completeKey(claimed([], 'FR-042 09:26'), 'FR-042 09:26', { fine: 90 })
    expect(claim(store, 'FR-042 09:26', 500)).toEqual({ kind: 'done', result: { fine: 90 } })
    expect(claim(store, 'FR-042 09:31').kind).toBe('first')
  })

  it('[LAMBDA-38] stops a second run while the first is under way', () => {
    expect(claim(claimed([], 'a'), 'a').kind).toBe('in-progress')
  })

  it('[LAMBDA-38] gives a key back whose work failed, but never one whose work is done', () => {
    expect(claim(releaseKey(claimed([], 'a'), 'a'), 'a').kind).toBe('first')
    expect(claim(releaseKey(completeKey(claimed([], 'a'), 'a', 1), 'a'), 'a').kind).toBe('done')
  })

  it.each([
    [999, 'done'],
    [1000, 'first'],
  ])('[LAMBDA-38] remembers a key for its time: after %i of 1000 ms it is %s', (now, kind) => {
    expect(claim(completeKey(claimed([], 'a'), 'a', 1), 'a', now).kind).toBe(kind)
  })

  it('[LAMBDA-38] fines once in a storm of duplicates under a key of the matter, and twice under a key of the run', () => {
    const offences = ['FR-042 09:26', 'FR-007 09:26', 'FR-042 09:31']
    const storm = [...offences, ...offences.toReversed(), ...offences]
    const fine = (keyOf: (offence: string, run: number) => string) => {
      let store: IdempotencyStore = []
      let fines = 0
      for (const [run, offence] of storm.entries()) {
        const result = claim(store, keyOf(offence, run))
        if (result.kind !== 'first') continue
        fines += 1
        store = completeKey(result.store, keyOf(offence, run), null)
      }
      return fines
    }
    expect(fine((offence) => offence)).toBe(3)
    expect(fine((_, run) => `run ${run}`)).toBe(9)
  })

  it('[LAMBDA-38] forgets the oldest of more than 2000 keys', () => {
    let store: IdempotencyStore = []
    for (let n = 0; n < 2010; n += 1) store = claimed(store, `key ${n}`, 0, 1e9)
    expect(store).toHaveLength(2000)
    expect(claim(store, 'key 9').kind).toBe('first')
    expect(claim(store, 'key 10').kind).toBe('in-progress')
  })
})
