import { describe, expect, it } from 'vitest'

import { carriedBy } from '../../../client/view/carried.ts'
import { toPlot } from '../../../client/view/graph-plot.ts'
import { graphRows, summaryOf } from '../../../client/view/graph-rows.ts'
import { markOfState } from '../../../client/view/state-mark.ts'
import { isOfInterest, thingAt, thingsNear, thingsOf } from '../../../client/view/street-things.ts'
import type { Graph } from '../../../shared/protocol/xray.ts'
import { momentAt } from '../../support/fake-feed.ts'
import { nuageville } from '../../support/test-city.ts'

const own = { x: 1000, y: 1000, heading: 0 }
const car = (id: number, kind: 'police' | 'sedan' | 'drone', x: number, y: number) => ({ id, kind, x, y })
const things = (cars: Parameters<typeof thingsOf>[0]['cars'] = []) =>
  thingsOf({ map: nuageville, own, plate: 'FR-042', cars })

describe('the things of the street', () => {
  it('are every camera, station and car, and the own car by its plate', () => {
    const all = things([car(7, 'police', 0, 0), car(8, 'sedan', 5, 5)])
    expect(all).toHaveLength(nuageville.cameras.length + nuageville.stations.length + 3)
    expect(all.find(({ what }) => what === 'own')?.ref).toEqual({ kind: 'vehicle', id: 'FR-042' })
    expect(all.find(({ what }) => what === 'vehicle.police')).toMatchObject({ speaker: 'trail', ref: { kind: 'car', id: '7' } }) // prettier-ignore
    expect(all.filter(({ speaker }) => speaker === 'watch')).toHaveLength(nuageville.cameras.length)
  })

  it('are of interest without the X-ray when they are agents or places', () => {
    const shown = things([car(7, 'police', 0, 0), car(8, 'sedan', 5, 5)]).filter(isOfInterest)
    expect(shown.some(({ what }) => what === 'vehicle.sedan' || what === 'own')).toBe(false)
    expect(shown.some(({ what }) => what === 'vehicle.police')).toBe(true)
  })
})

describe('what a finger means', () => {
  it('is the nearest thing within its reach', () => {
    const all = things([car(7, 'police', 1010, 1000), car(8, 'sedan', 1014, 1000)])
    expect(thingAt(all, { x: 1013, y: 1000 }, 5)?.ref.id).toBe('8')
    expect(thingAt(all, { x: 1011, y: 1000 }, 5)?.ref.id).toBe('7')
    expect(thingAt(all, { x: 1020, y: 1000 }, 5)).toBeNull()
  })

  it('is a building anywhere between its walls', () => {
    const station = nuageville.stations.find(({ kind }) => kind === 'command')
    const corner = station?.outline[0] ?? own
    const inside = { x: corner.x * 0.8 + (station?.x ?? 0) * 0.2, y: corner.y * 0.8 + (station?.y ?? 0) * 0.2 }
    expect(thingAt(things(), inside, 1)?.what).toBe('station.command')
  })
})

describe('what is near', () => {
  it('comes nearest first, with metres and a side, without the own car', () => {
    const cars = [car(1, 'police', 1052, 1000), car(2, 'drone', 1000, 980), car(3, 'sedan', 968, 1000), car(4, 'sedan', 1000, 1041)] // prettier-ignore
    const near = thingsNear(things(cars), own, 4)
    expect(near.map(({ thing, metres, side }) => [thing.ref.id, metres, side])).toEqual([
      ['2', 20, 'left'], ['3', 30, 'behind'], ['4', 40, 'right'], ['1', 50, 'ahead'],
    ]) // prettier-ignore
  })

  it('turns with the car', () => {
    const [only] = thingsNear(things([car(2, 'drone', 1000, 980)]), { ...own, heading: -Math.PI / 2 }, 1)
    expect(only?.side).toBe('ahead')
  })
})

describe('what an agent carries', () => {
  it('is told by a key and AWS’s own words', () => {
    expect(carriedBy({ kind: 'record', car: 1, eventName: 'RunRed', errorCode: null }).key).toBe('xray.record')
    expect(carriedBy({ kind: 'record', car: 1, eventName: 'X', errorCode: 'AccessDenied' })).toMatchObject({ key: 'xray.record.refused', params: { error: 'AccessDenied' } }) // prettier-ignore
    expect(carriedBy({ kind: 'run', car: 1, functionName: 'f', start: 'warm' }).key).toBe('xray.run.warm')
  })
})

describe('a state', () => {
  it.each([
    ['OK', 'good', '✓'],
    ['COMPLIANT', 'good', '✓'],
    ['ALARM', 'bad', '▲'],
    ['NON_COMPLIANT', 'bad', '▲'],
    ['INSUFFICIENT_DATA', 'unknown', '?'],
    ['ENABLED', 'plain', '•'],
  ])('%s has a tone and a shape', (state, tone, shape) => {
    expect(markOfState(state)).toEqual({ tone, shape })
  })
})

describe('a curve', () => {
  const graph: Graph = {
    metricName: 'SpeedKmh', statistic: 'Maximum', periodSeconds: 10, periods: 60, from: momentAt(0),
    points: [[0, 55], [59, 132]], threshold: 110,
  } // prettier-ignore

  it('is laid out as bars in its box, those above the threshold marked', () => {
    const { bars, threshold, top } = toPlot(graph, graph)
    expect(top).toBeCloseTo(158.4)
    expect(threshold).toBeCloseTo(110 / 158.4)
    expect(bars.map(({ isAbove }) => isAbove)).toEqual([false, true])
    expect(bars[1]).toMatchObject({ left: 59 / 60, width: 1 / 60 })
    expect(bars.every(({ height }) => height > 0 && height <= 1)).toBe(true)
  })

  it('stands at the threshold itself without being above it', () => {
    expect(toPlot(graph, { points: [[0, 110]], threshold: 110 }).bars[0]?.isAbove).toBe(false)
    expect(toPlot(graph, { points: [], threshold: null })).toEqual({ bars: [], threshold: null, top: 100 })
  })

  it('is also a table, newest first, on both clocks', () => {
    const [newest, oldest] = graphRows(graph, 10)
    expect(newest?.value).toBe(132)
    expect(oldest?.at).toEqual(momentAt(0))
    expect((newest?.at.serviceMs ?? 0) - (oldest?.at.serviceMs ?? 0)).toBe(590_000)
    expect((newest?.at.playMs ?? 0) - (oldest?.at.playMs ?? 0)).toBe(59_000)
  })

  it('is summed up with its period on both clocks', () => {
    expect(summaryOf(graph, 12)).toEqual({ statistic: 'Maximum', service: 10, play: 0.8, count: 2, highest: 132, threshold: 110 }) // prettier-ignore
    expect(summaryOf({ ...graph, points: [], threshold: null }, 12)).toMatchObject({ highest: '–', threshold: '–' })
  })
})
