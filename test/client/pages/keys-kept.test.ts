import { describe, expect, it } from 'vitest'

import { openKeysKept } from '../../../client/pages/keys-kept.ts'

function openStorage() {
  const kept = new Map<string, string>()
  return { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value) } // prettier-ignore
}

describe('what a browser keeps', () => {
  it('is nothing at first', () => {
    const keys = openKeysKept(openStorage())
    expect([keys.seatToken('ABC234'), keys.hostKey('ABC234'), keys.name()]).toEqual([undefined, undefined, undefined])
  })

  it('is one seat, one host key and one number of pupils per room, and one name', () => {
    const storage = openStorage()
    const before = openKeysKept(storage)
    before.keepSeat('ABC234', 'seat-a')
    before.keepSeat('XYZ789', 'seat-x')
    before.keepHost('ABC234', 'host-a')
    before.keepName('Swift Otter')
    before.keepExpected('ABC234', 28)
    const after = openKeysKept(storage)
    expect([after.seatToken('ABC234'), after.seatToken('XYZ789')]).toEqual(['seat-a', 'seat-x'])
    expect([after.hostKey('ABC234'), after.hostKey('XYZ789')]).toEqual(['host-a', undefined])
    expect(after.name()).toBe('Swift Otter')
    expect([after.expected('ABC234'), after.expected('XYZ789')]).toEqual([28, 0])
  })
})
