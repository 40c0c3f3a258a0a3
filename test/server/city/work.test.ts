import { beforeAll, describe, expect, it } from 'vitest'

import type { City } from '../../../server/city/city.ts'
import { hashCity } from '../../../server/city/hash.ts'
import { causesOf, type Letter, type Thing } from '../../../server/city/ledger.ts'
import { tick } from '../../../server/city/tick.ts'
import type { Fact } from '../../../shared/model/fact.ts'
import { join, openWorkshop, PLATE, play, type Played } from '../../support/workshop.ts'

const things = <K extends Thing['kind']>(city: City, kind: K) =>
  [...city.ledger.recent.values()].flatMap(({ thing }) =>
    thing.kind === kind ? [thing as Extract<Thing, { kind: K }>] : [],
  )
const recordsOf = (city: City, eventName: string) =>
  things(city, 'record').filter(({ it }) => it.call.eventName === eventName)

describe('players’ code', () => {
  const letters: Letter[] = []
  const facts: Fact[] = []
  let played: Played
  beforeAll(() => {
    const each = (city: City) => {
      letters.push(...city.letters)
      facts.push(...city.facts)
    }
    played = play(openWorkshop(), 400, { begin: [join], each })
  })

  it('[CITY-15] is handed out when its invocation starts, and what it asks is done under the unit’s role', () => {
    const { city } = played
    const starts = things(city, 'start').map(({ it }) => it.functionName)
    expect(starts.toSorted()).toEqual(['faulty', 'greeter', 'witness'])
    expect(letters.map(({ entry }) => [entry.kind, entry.from])).toEqual([
      ['fine', 'greeter'],
      ['repair', 'greeter'],
    ])
    expect(facts.find(({ kind }) => kind === 'limit-set')).toMatchObject({ roadId: 'a7-north', limitKmh: 90 })
    expect(facts.find(({ kind }) => kind === 'part-repaired')).toMatchObject({ plate: PLATE, part: 'brakes' })
    const [sign] = recordsOf(city, 'SetSign')
    expect(sign?.it.call.principal).toEqual({
      type: 'AssumedRole',
      roleName: 'greeter-role',
      sessionName: 'greeter',
    })
    const chain = causesOf(city.ledger, letters[0]?.id ?? '0/0').map(({ thing }) => thing.kind)
    expect(chain).toEqual(['fact', 'record', 'event', 'match', 'dispatch', 'start', 'attempt', 'letter'])
  })

  it('[CITY-16] is refused in the logbook where it names what is not there, and fines once under one key', () => {
    const fines = recordsOf(played.city, 'SendFine').map(({ it }) => it.call)
    expect(fines.map(({ errorCode }) => errorCode)).toEqual([undefined, undefined, 'ResourceNotFoundException'])
    expect(fines[1]?.responseElements).toEqual({ fineId: letters[0]?.id, duplicate: true })
    expect(recordsOf(played.city, 'CloseRoad')[0]?.it.call.errorCode).toBe('ResourceNotFoundException')
    expect(facts.some(({ kind }) => kind === 'road-closed')).toBe(false)
  })

  it('[CITY-17] needs not run again: the same answers in the same ticks give the same city', () => {
    const journal = JSON.parse(JSON.stringify(played.journal)) as Played['journal']
    const replayed = journal.reduce((city, asked) => tick(city, asked), openWorkshop())
    expect(hashCity(replayed)).toBe(hashCity(played.city))
  })

  it('[CITY-18] writes its lines into the unit’s log group', () => {
    expect(Object.keys(played.city.watch.logs).toSorted()).toEqual([
      '/aws/lambda/faulty',
      '/aws/lambda/greeter',
      '/aws/lambda/witness',
    ])
    const messages = played.city.watch.logs['/aws/lambda/greeter']?.events.map(({ message }) => message) ?? []
    expect(messages[0]).toMatch(/^START RequestId/)
    expect(messages[1]).toContain('hello')
    expect(messages.at(-1)).toMatch(/^REPORT RequestId/)
  })

  it('[CITY-19] that fails for good leaves its event in the lost letters, and a word at its destination', () => {
    const { city } = played
    const [lost] = things(city, 'dead-letter')
    expect(lost?.it.queue).toBe('arn:aws:sqs:eu-west-3:111122223333:lost-letters')
    const [message] = things(city, 'message')
    expect(message?.it.destinationArn).toBe('arn:aws:sns:eu-west-3:111122223333:town-crier')
    for (const id of [lost?.it.id, message?.it.id]) {
      const chain = causesOf(city.ledger, id ?? '0/0').map(({ thing }) => thing.kind)
      expect(chain.slice(0, 3)).toEqual(['fact', 'record', 'event'])
      expect(chain.at(-2)).toBe('end')
    }
    expect(city.counts).toMatchObject({ deadLetters: 1, messages: 1, ends: 3 })
    expect(city.boards.feed.newest.some(({ text }) => text.key === 'chain.dead-letter')).toBe(true)
  })

  it('[CITY-20] that succeeds calls the unit at its destination, in a later tick', () => {
    const [witness] = things(played.city, 'start').filter(({ it }) => it.functionName === 'witness')
    const chain = causesOf(played.city.ledger, witness?.it.id ?? '0/0').map(({ thing }) => thing)
    expect(chain.at(-2)?.kind).toBe('end')
    expect(witness?.it.payload).toMatchObject({ requestContext: { condition: 'Success' } })
  })

  it('[CITY-21] stands in the logbook as Invoke by whoever called, where a trail asks for it', () => {
    const callers = recordsOf(played.city, 'Invoke').map(({ it }) => it.call.principal)
    expect(callers).toContainEqual({ type: 'AWSService', invokedBy: 'events.amazonaws.com' })
    expect(callers).toContainEqual({ type: 'AWSService', invokedBy: 'lambda.amazonaws.com' })
  })

  it('[CITY-22] that fails raises an alarm on its own errors, and a composite alarm its bulletin', () => {
    const { city } = play(played.city, 200)
    expect(city.watch.alarms['errors']?.status.transitionedAt).toBeGreaterThan(city.clock.startsAt)
    const [bulletin] = things(city, 'action')
    expect(bulletin?.it).toMatchObject({
      alarmName: 'trouble',
      actionArn: 'arn:aws:sns:eu-west-3:111122223333:town-crier',
    })
    expect(causesOf(city.ledger, bulletin?.it.id ?? '0/0')[0]?.thing.kind).toBe('fact')
  })
})
