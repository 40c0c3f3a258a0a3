import { describe, expect, it } from 'vitest'
import { ConfigBench, at, only, seen, vehicle } from './bench.ts'

describe('recording', () => {
  it('[CONFIG-1] writes one item per change: discovered, then OK, then deleted', () => {
    const bench = new ConfigBench()
    const statuses = [vehicle(0.1), vehicle(0.2), null, vehicle(0.3)].map(
      (configuration, second) => only(bench.see(second, { configuration }).items).status,
    )
    expect(statuses).toEqual(['ResourceDiscovered', 'OK', 'ResourceDeleted', 'ResourceDiscovered'])
  })

  it('[CONFIG-1] names the change as the cause of the item', () => {
    const bench = new ConfigBench()
    const out = bench.see(0, { cause: '77/1' })
    expect(only(out.items)).toMatchObject({ cause: '77/1', resourceId: 'FR-042' })
    expect(only(out.events)).toMatchObject({ cause: only(out.items).id })
  })

  it('[CONFIG-2] writes no item when nothing changed, however the keys are ordered', () => {
    const bench = new ConfigBench()
    bench.see(0, { configuration: { a: 1, b: { c: 2, d: 3 } } })
    const same = bench.see(1, { configuration: { b: { d: 3, c: 2 }, a: 1 } })
    expect({ items: same.items, events: same.events }).toEqual({ items: [], events: [] })
    expect(bench.see(2, { configuration: { a: 1, b: { c: 2, d: 4 } } }).items).toHaveLength(1)
  })

  it('[CONFIG-2] writes no item for a resource that is gone before it was ever seen', () => {
    const bench = new ConfigBench()
    expect(bench.see(0, { configuration: null }).items).toEqual([])
    expect(bench.state.resources).toEqual({})
  })

  it.each([
    { what: 'tags', change: { tags: { owner: 'hall' } } },
    {
      what: 'relationships',
      change: {
        relationships: [{ resourceType: 'City::Road::Road', resourceId: 'A7', relationshipName: 'Is on Road' }],
      },
    },
  ])('[CONFIG-1] counts a change of $what as a change', ({ change }) => {
    const bench = new ConfigBench()
    bench.see(0)
    expect(only(bench.see(1, change).items).status).toBe('OK')
  })

  it('[CONFIG-5] says the same things under other names to the API and to the bus', () => {
    const bench = new ConfigBench()
    const out = bench.see(0.25, { tags: { owner: 'hall' } })
    expect(only(out.items).item).toMatchObject({
      version: '1.3',
      accountId: '111122223333',
      arn: 'arn:aws:city:eu-west-3:111122223333:vehicle/FR-042',
      configurationItemCaptureTime: '2026-03-14T09:26:53.250Z',
      configurationItemStatus: 'ResourceDiscovered',
      configuration: JSON.stringify(vehicle()),
      relatedEvents: [],
      tags: { owner: 'hall' },
    })
    expect(only(out.events)).toMatchObject({
      source: 'aws.config',
      detailType: 'Config Configuration Item Change',
      resources: ['arn:aws:city:eu-west-3:111122223333:vehicle/FR-042'],
      time: at(0.25).now,
      detail: {
        messageType: 'ConfigurationItemChangeNotification',
        notificationCreationTime: '2026-03-14T09:26:53.250Z',
        configurationItem: {
          configurationItemVersion: '1.3',
          awsAccountId: '111122223333',
          ARN: 'arn:aws:city:eu-west-3:111122223333:vehicle/FR-042',
          configuration: vehicle(),
        },
      },
    })
  })

  it('[CONFIG-5] names the relationship `relationshipName` to the API and `name` to the bus', () => {
    const bench = new ConfigBench()
    const relationship = { resourceType: 'City::Road::Road', resourceId: 'A7', relationshipName: 'Is on Road' }
    const out = bench.see(0, { relationships: [relationship] })
    expect(only(out.items).item['relationships']).toEqual([{ ...relationship, resourceName: 'A7' }])
    expect(only(out.events).detail).toMatchObject({ configurationItem: { relationships: [{ name: 'Is on Road' }] } })
  })

  it('[CONFIG-6] tells what changed, property by property', () => {
    const bench = new ConfigBench()
    const created = bench.see(0, { configuration: { brakes: { wear: 0.1 }, siren: true } })
    expect(only(created.events).detail['configurationItemDiff']).toEqual({
      changeType: 'CREATE',
      changedProperties: {
        Configuration: {
          previousValue: null,
          updatedValue: { brakes: { wear: 0.1 }, siren: true },
          changeType: 'CREATE',
        },
      },
    })
    const updated = bench.see(1, { configuration: { brakes: { wear: 0.9 }, horn: 'loud' }, tags: { owner: 'hall' } })
    expect(only(updated.events).detail['configurationItemDiff']).toEqual({
      changeType: 'UPDATE',
      changedProperties: {
        'Configuration.brakes': { previousValue: { wear: 0.1 }, updatedValue: { wear: 0.9 }, changeType: 'UPDATE' },
        'Configuration.siren': { previousValue: true, updatedValue: null, changeType: 'DELETE' },
        'Configuration.horn': { previousValue: null, updatedValue: 'loud', changeType: 'CREATE' },
        'Tags.owner': { previousValue: null, updatedValue: 'hall', changeType: 'CREATE' },
      },
    })
    const deleted = bench.see(2, { configuration: null })
    expect(only(deleted.events).detail['configurationItemDiff']).toMatchObject({
      changeType: 'DELETE',
      changedProperties: { Configuration: { updatedValue: null, changeType: 'DELETE' } },
    })
  })

  it('[CONFIG-7] lets the state id grow along a history, even within one moment', () => {
    const bench = new ConfigBench()
    const out = bench.step(0, {
      changes: [0.1, 0.2, 0.3].map((wear) => seen({ configuration: vehicle(wear) })),
    })
    const ids = out.items.map((recorded) => Number(recorded.item['configurationStateId']))
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    expect(new Set(ids).size).toBe(3)
  })

  it('[CONFIG-8] answers with the same state when nothing happened', () => {
    const bench = new ConfigBench()
    bench.see(0)
    const before = bench.state
    bench.step(1)
    expect(bench.state).toBe(before)
  })

  it('[CONFIG-9] hands the turns of a change on to its events', () => {
    const bench = new ConfigBench()
    expect(only(bench.see(0, { hops: 4 }).events).hops).toBe(4)
  })
})
