import { describe, expect, it } from 'vitest'

import { parseAddress } from '../../../../server/services/bridge/address.ts'
import { isMatch } from './kit.ts'

/** An IPv4 address of 32 bits. */
const toV4 = (bits: bigint): string => [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 255n)).join('.')
/** An IPv6 address of 128 bits, in eight groups. */
const toV6 = (bits: bigint): string =>
  Array.from({ length: 8 }, (_, group) => ((bits >> BigInt(112 - 16 * group)) & 0xffffn).toString(16)).join(':')

const isInBlock = (cidr: string, address: string) => isMatch({ a: [{ cidr }] }, { a: address })

describe.each([
  { family: 4, width: 32n, write: toV4, base: 0xc0_a8_5a_a5n },
  { family: 6, width: 128n, write: toV6, base: 0x2001_0db8_5aa5_a55a_0000_ffff_1234_5678n },
])('blocks of IPv$family', ({ width, write, base }) => {
  const masks = Array.from({ length: Number(width) }, (_, mask) => BigInt(mask))

  it.each(masks)('[BRIDGE-8] /%d hold their first and their last address, and none beside', (mask) => {
    const size = 1n << (width - mask)
    const first = (base / size) * size
    const last = first + size - 1n
    const cidr = `${write(base)}/${mask}`
    for (const inside of [first, first + 1n, base, last - 1n, last]) expect(isInBlock(cidr, write(inside))).toBe(true)
    const beside = [first - 1n, last + 1n].filter((bits) => bits >= 0n && bits < 1n << width)
    for (const outside of beside) expect(isInBlock(cidr, write(outside))).toBe(false)
  })
})

describe('addresses', () => {
  it.each([
    ['::', '6'.padEnd(33, '0')],
    ['0.0.0.0', '400000000'],
    ['255.255.255.255', '4ffffffff'],
    ['1::', '60001'.padEnd(33, '0')],
    ['::1', `6${'1'.padStart(32, '0')}`],
    ['1:2:3:4:5:6:7::', '600010002000300040005000600070000'],
    ['::2:3:4:5:6:7:8', '600000002000300040005000600070008'],
    ['1:2:3:4:5:6:1.2.3.4', '600010002000300040005000601020304'],
    ['::1.2.3.4', `6${'01020304'.padStart(32, '0')}`],
    ['1111:2222:3333:4444:5555:6666:123.123.123.123', '61111222233334444555566667b7b7b7b'],
    ['ABCD:EF01:2345:6789:abcd:ef01:2345:6789', '6abcdef0123456789abcdef0123456789'],
  ])('[BRIDGE-8] reads %s', (text, address) => {
    expect(parseAddress(text)).toBe(address)
  })

  it.each([
    '',
    ':',
    ':::',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.-4',
    '1.2.3.4 ',
    ' 1.2.3.4',
    '1..3.4',
    '0x1.2.3.4',
    '1.2.3.0004',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '1::2::3',
    '12345::',
    'g::',
    '1:2:3:4:5:6:7:1.2.3.4',
    '1.2.3.4::',
    '1.2.3.4:5:6:7:8:9:a',
    '::1%eth0',
    '[::1]',
    '::1/64',
    'localhost',
    '1111:2222:3333:4444:5555:6666:123.123.123.1234',
  ])('[BRIDGE-8] does not take %j for one', (text) => {
    expect(parseAddress(text)).toBeNull()
  })
})
