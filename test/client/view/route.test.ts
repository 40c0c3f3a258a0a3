import { describe, expect, it } from 'vitest'

import { isRoomCode, toPath, toRoomCode, toRoute, type Route } from '../../../client/view/route.ts'

describe('toRoute', () => {
  it.each<[string, string, Route]>([
    ['/', '', { page: 'landing', code: '' }],
    ['/', '?code=abc-234', { page: 'landing', code: 'ABC234' }],
    ['/j/abc234', '', { page: 'landing', code: 'ABC234' }],
    ['/j/', '', { page: 'landing', code: '' }],
    ['/play', '', { page: 'solo', scenarioId: 'discovery', seed: null, town: null }],
    ['/play', '?scenario=s3&seed=7', { page: 'solo', scenarioId: 's3', seed: 7, town: null }],
    [
      '/play',
      '?town=8x6-1234',
      { page: 'solo', scenarioId: 'discovery', seed: null, town: { columns: 8, rows: 6, seed: 1234 } },
    ],
    ['/play', '?town=99x8-1', { page: 'solo', scenarioId: 'discovery', seed: null, town: null }],
    ['/play', '?seed=-1', { page: 'solo', scenarioId: 'discovery', seed: null, town: null }],
    ['/play', '?seed=x', { page: 'solo', scenarioId: 'discovery', seed: null, town: null }],
    ['/play', '?room=ABC234', { page: 'room', code: 'ABC234', seatCode: null }],
    ['/play', '?room=ABC234&seat=k7qd', { page: 'room', code: 'ABC234', seatCode: 'K7QD' }],
    ['/play', '?room=ABC234&seat=K7', { page: 'room', code: 'ABC234', seatCode: null }],
    ['/host', '', { page: 'host', code: '' }],
    ['/host', '?room=ABC234', { page: 'host', code: 'ABC234' }],
    ['/projector', '?room=ABC234', { page: 'projector', code: 'ABC234' }],
    ['/projector', '', { page: 'landing', code: '' }],
    ['/accessibility', '', { page: 'accessibility' }],
    ['/nowhere', '?code=ABC234', { page: 'landing', code: 'ABC234' }],
  ])('reads %s%s', (pathname, search, route) => {
    expect(toRoute(pathname, search)).toEqual(route)
  })

  it.each<Route>([
    { page: 'landing', code: '' },
    { page: 'landing', code: 'ABC234' },
    { page: 'solo', scenarioId: 'discovery', seed: null, town: null },
    { page: 'solo', scenarioId: 'discovery', seed: null, town: { columns: 8, rows: 8, seed: 0 } },
    { page: 'solo', scenarioId: 's3', seed: 0, town: null },
    { page: 'room', code: 'ABC234', seatCode: null },
    { page: 'room', code: 'ABC234', seatCode: 'K7QD' },
    { page: 'host', code: '' },
    { page: 'host', code: 'ABC234' },
    { page: 'projector', code: 'ABC234' },
    { page: 'accessibility' },
  ])('leads back from the address of $page', (route) => {
    const { pathname, search } = new URL(toPath(route), 'http://nuageville.example')
    expect(toRoute(pathname, search)).toEqual(route)
  })
})

describe('toRoomCode', () => {
  it('takes what people type, paste and scan', () => {
    expect(toRoomCode(' abc 234\n')).toBe('ABC234')
    expect(toRoomCode('ABC2345678')).toBe('ABC234')
  })

  it('leaves it to the reader to see that a code is not whole', () => {
    expect(isRoomCode('ABC23')).toBe(false)
    expect(isRoomCode('ABC234')).toBe(true)
  })

  it.each(['0', 'O', '1', 'I', 'L'])('knows no %s', (letter) => {
    expect(isRoomCode(`ABC23${letter}`)).toBe(false)
  })
})
