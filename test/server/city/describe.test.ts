import { beforeAll, describe, expect, it } from 'vitest'

import type { City } from '../../../server/city/city.ts'
import { describeThing } from '../../../server/city/describe/describe.ts'
import { xrayNews } from '../../../server/city/describe/xray.ts'
import { hashCity } from '../../../server/city/hash.ts'
import { look } from '../../../server/city/look.ts'
import { tick } from '../../../server/city/tick.ts'
import { chainOf, type Viewer } from '../../../server/city/views.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import type { ThingCard, ThingRef, XrayNews } from '../../../shared/protocol/xray.ts'
import { openDiscovery } from '../../support/test-city.ts'

const MINE = 'AB-005-NV'
const OTHERS = 'CD-006-NV'
const driver: Viewer = { role: 'driver', seatId: 's1', plate: MINE }
const host: Viewer = { role: 'host', seatId: null, plate: null }
const projector: Viewer = { role: 'projector', seatId: null, plate: null }
const join = (seatId: string, plate: string): WorldCommand => ({ kind: 'join', seatId, plate, vehicle: 'sedan', colour: 3 }) // prettier-ignore
const assist = (seatId: string): WorldCommand => ({
  kind: 'assist',
  seatId,
  assists: { steering: true, braking: false, speedCap: 1, autopilot: false },
})
const fullThrottle = (seatId: string, seq: number): WorldCommand => ({
  kind: 'drive',
  seatId,
  seq,
  input: { throttle: 1, steering: 0, handbrake: false },
})

/** Two drivers who hold the throttle down for two minutes, among traffic. */
function ride(): City {
  let city = tick(openDiscovery({ bots: 40 }), [join('s1', MINE), join('s2', OTHERS), assist('s1'), assist('s2')])
  for (let n = 1; n < 2400; n += 1) city = tick(city, [fullThrottle('s1', n), fullThrottle('s2', n)])
  return city
}

let city: City
beforeAll(() => void (city = ride()))

const card = (kind: ThingRef['kind'], id: string, viewer = driver) => describeThing(city, viewer, { kind, id })
function mustCard(kind: ThingRef['kind'], id: string, viewer = driver): ThingCard {
  const found = card(kind, id, viewer)
  if (found === null) throw new Error(`no card of ${kind} ${id}`)
  return found
}
const answerOf = ({ answers }: ThingCard, operation: string) => answers.find((each) => each.operation === operation)?.json // prettier-ignore
function mustNews(viewer = driver): XrayNews {
  const news = xrayNews(city, viewer)
  if (news === null) throw new Error('no news')
  return news
}

describe('a card', () => {
  const wanted: readonly (readonly [ThingRef['kind'], string, string, string | null, readonly string[]])[] = [
    ['station', 'command', 'AWS::Events::EventBus', 'arn:aws:events:eu-west-3:111122223333:event-bus/default', ['DescribeEventBus', 'ListRules']],
    ['station', 'police-north', 'AWS::CloudTrail::Trail', 'arn:aws:cloudtrail:eu-west-3:111122223333:trail/police-logbook', ['Records', 'DescribeTrails', 'GetTrailStatus']],
    ['station', 'inspection', 'AWS::Config::ConfigurationRecorder', null, ['DescribeConfigRules', 'DescribeComplianceByConfigRule', 'DescribeConfigurationRecorderStatus']],
    ['station', 'response-1', 'AWS::Lambda::Function', 'arn:aws:lambda:eu-west-3:111122223333:function:*', ['GetAccountSettings']],
    ['station', 'garage', 'AWS::SSM::Document', null, ['DescribeRemediationConfigurations']],
    ['camera', 'A7-N', 'AWS::CloudWatch::Metric', null, ['GetMetricData', 'DescribeAlarms', 'DescribeAlarmHistory']],
    ['config-rule', 'brakes-in-order', 'AWS::Config::ConfigRule', expect.stringMatching(/^arn:aws:config:.*:config-rule\//) as string, ['DescribeConfigRules', 'GetComplianceDetailsByConfigRule']],
    ['rule', 'fine-speeders', 'AWS::Events::Rule', 'arn:aws:events:eu-west-3:111122223333:rule/fine-speeders', ['EventPattern', 'DescribeRule', 'ListTargetsByRule']],
    ['function', 'issue-fine', 'AWS::Lambda::Function', 'arn:aws:lambda:eu-west-3:111122223333:function:issue-fine', ['GetFunctionConfiguration', 'GetFunctionConcurrency', 'GetPolicy']],
    ['vehicle', MINE, 'City::Fleet::Vehicle', `arn:aws:city:eu-west-3:111122223333:vehicle/${MINE}`, ['Records']],
  ] // prettier-ignore

  it.each(wanted)('[LOOK-1] of %s %s says its AWS name and shows its JSON', (...row) => {
    const [kind, id, type, arn, operations] = row
    const { type: shown, arn: shownArn, about, answers } = mustCard(kind, id)
    expect(shown).toBe(type)
    expect(shownArn).toEqual(arn)
    expect(about.key).toMatch(/^thing\.[a-z-]+\.about$|^thing\.vehicle\.unseen$/)
    expect(answers.map(({ operation }) => operation)).toEqual(expect.arrayContaining([...operations]))
    expect(answers.every(({ json }) => Object.keys(json).length > 0)).toBe(true)
  })

  it('[LOOK-1] is there for every station, camera and car of the street', () => {
    for (const { id } of city.map.stations) expect(mustCard('station', id).ref).toEqual({ kind: 'station', id })
    for (const { id } of city.map.cameras) expect(mustCard('camera', id).name).toContain(id)
    const { plates, vehicles } = city.world
    const cars = plates.flatMap((plate, slot) => (plate === '' ? [] : [slot + ((vehicles.generation[slot] ?? 0) & 0xffff) * 65_536])) // prettier-ignore
    expect(cars.length).toBeGreaterThan(50)
    for (const car of cars) expect(mustCard('car', String(car)).type).not.toBeNull()
  })

  it('[LOOK-1] of an agent’s car is its service’s, with the plate beside it', () => {
    const { agents } = mustNews()
    const found = agents.map(({ car }) => mustCard('car', String(car)))
    expect([...new Set(found.map(({ speaker }) => speaker))].sort()).toEqual(['config', 'lambda', 'trail'])
    expect(found.every(({ ref, facts }) => ref.kind === 'car' && facts.some(({ label }) => label === 'thing.fact.car'))).toBe(true) // prettier-ignore
  })

  it('[LOOK-4] spells what AWS spells', () => {
    const alarms = answerOf(mustCard('camera', 'A7-E', host), 'DescribeAlarms')?.['MetricAlarms']
    const alarm = (alarms as Record<string, unknown>[])[0]
    expect(alarm).toMatchObject({ MetricName: 'SpeedKmh', Threshold: 110, ComparisonOperator: 'GreaterThanThreshold' })
    expect(alarm?.['StateUpdatedTimestamp']).toBeGreaterThan(1.7e9)
    expect(alarm?.['StateUpdatedTimestamp']).toBeLessThan(2e9)
    expect(answerOf(mustCard('rule', 'fine-speeders'), 'DescribeRule')).toMatchObject({ Name: 'fine-speeders', State: 'ENABLED', EventBusName: 'default' }) // prettier-ignore
    expect(answerOf(mustCard('rule', 'fine-speeders'), 'ListTargetsByRule')).toMatchObject({ Targets: [{ Id: 'issue-fine' }] }) // prettier-ignore
    const status = answerOf(mustCard('trail', 'police-logbook'), 'GetTrailStatus')
    expect(status).toMatchObject({ IsLogging: true })
    expect(status?.['StartLoggingTime'] ?? status?.['LatestDeliveryTime']).toBeLessThan(2e9)
  })

  it('[LOOK-8] leads only to cards and chains that are there', () => {
    const refs = wanted.map(([kind, id]) => mustCard(kind, id, host))
    const related = refs.flatMap((each) => each.related)
    expect(related.length).toBeGreaterThan(10)
    for (const { ref, name, type } of related) expect(mustCard(ref.kind, ref.id, host)).toMatchObject({ name: expect.stringContaining(name) as string, type }) // prettier-ignore
    const news = refs.flatMap((each) => each.news)
    expect(news.length).toBeGreaterThan(5)
    for (const { id } of news) expect(chainOf(city, host, id)?.links.length).toBeGreaterThan(0)
  })
})

describe('a camera', () => {
  it('[LOOK-2] shows what it measured in each period', () => {
    const passes: number[] = []
    let seen = openDiscovery({ bots: 60 })
    for (let n = 0; n < 900; n += 1) {
      seen = tick(seen, [])
      for (const fact of seen.facts)
        if (fact.kind === 'camera-passed' && fact.cameraId === 'PONT-1') passes.push(fact.speedKmh)
    }
    const graph = describeThing(seen, driver, { kind: 'camera', id: 'PONT-1' })?.graph
    expect(passes.length).toBeGreaterThan(1)
    expect(graph).toMatchObject({ metricName: 'SpeedKmh', statistic: 'Maximum', periodSeconds: 10, threshold: 110 })
    const values = graph?.points.map(([, value]) => value) ?? []
    expect(values).toContain(passes.at(-1))
    expect(passes).toEqual(expect.arrayContaining(values))
    expect(graph?.points.every(([period]) => period >= 0 && period < (graph?.periods ?? 0))).toBe(true)
    const last = (graph?.from.serviceMs ?? 0) + (graph?.periods ?? 0) * 10_000
    const now = seen.clock.startsAt + 900 * 50 * 12
    expect(last - now).toBeGreaterThan(0)
    expect(last - now).toBeLessThanOrEqual(10_000)
  })

  it('[LOOK-3] is in the gravest state of its alarms, and in none without any', () => {
    const { cameras } = mustNews(host)
    for (const { id, state } of cameras) {
      const states = mustCard('camera', id, host).alarms.map((alarm) => alarm.state)
      const gravest = (['ALARM', 'INSUFFICIENT_DATA', 'OK'] as const).find((each) => states.includes(each)) ?? null
      expect(state).toBe(gravest)
    }
    expect(cameras.some(({ state }) => state !== null)).toBe(true)
    expect(xrayNews(tick(openDiscovery(), []), driver)?.cameras.every(({ state }) => state === null)).toBe(true)
  })
})

describe('the X-ray', () => {
  it('[LOOK-6] tells what each agent carries', () => {
    const { agents, match } = mustNews()
    const kinds = agents.map(({ kind }) => kind)
    const { patrols, drones, towTrucks } = city.world.settings.agents
    expect(kinds.filter((kind) => kind === 'record')).toHaveLength(patrols)
    expect(kinds.filter((kind) => kind === 'run')).toHaveLength(drones + towTrucks)
    expect(kinds).toContain('verdict')
    expect(match).toMatchObject({ ruleName: 'fine-speeders', matches: city.boards.matches['fine-speeders'] })
    const functions = new Set(agents.flatMap((agent) => (agent.kind === 'run' ? [agent.functionName] : [])))
    expect([...functions].sort()).toEqual(['issue-fine', 'repair-car'])
  })

  it('[LOOK-6] says whether a unit’s run began cold or warm while it is out', () => {
    let seen = tick(openDiscovery({ bots: 10 }), [join('s1', MINE), assist('s1')])
    const starts = new Set<string>()
    for (let n = 1; n < 2000; n += 1) {
      seen = tick(seen, [fullThrottle('s1', n)])
      for (const agent of xrayNews(seen, driver)?.agents ?? []) if (agent.kind === 'run') starts.add(agent.start)
    }
    expect(starts).toContain('idle')
    expect(starts).toContain('cold')
  })

  it('is small enough to be asked for each second', () => {
    expect(JSON.stringify(mustNews()).length).toBeLessThan(4000)
  })
})

describe('what a viewer may know', () => {
  const texts = (each: ThingCard | XrayNews | null) => JSON.stringify(each)

  it('[LOOK-5] of another driver’s car is its name alone', () => {
    const others = mustCard('vehicle', OTHERS)
    expect(others).toMatchObject({ arn: `arn:aws:city:eu-west-3:111122223333:vehicle/${OTHERS}`, about: { key: 'thing.vehicle.private' } }) // prettier-ignore
    expect([...others.answers, ...others.related, ...others.news, ...others.alarms, ...others.facts]).toEqual([])
    expect(mustCard('vehicle', OTHERS, host).answers.length).toBeGreaterThan(0)
  })

  it('[LOOK-5] has no alarm, verdict or record of another driver', () => {
    const alarm = Object.keys(city.watch.alarms).find((name) => name.endsWith(OTHERS)) ?? ''
    expect(alarm).not.toBe('')
    expect(card('alarm', alarm)).toBeNull()
    expect(card('alarm', alarm, host)).not.toBeNull()
    const rules = city.config.rules.map(({ definition }) => mustCard('config-rule', definition.configRuleName))
    const cameras = city.map.cameras.map(({ id }) => mustCard('camera', id))
    for (const each of [...rules, ...cameras]) {
      const { news: _public, ...rest } = each
      expect(texts({ ...rest, news: [] })).not.toContain(OTHERS)
    }
    expect(texts(mustNews())).not.toContain(OTHERS)
    expect(JSON.stringify(mustCard('trail', 'police-logbook').answers)).not.toContain(OTHERS)
  })

  it('[LOOK-5] is nothing for the wall', () => {
    expect(xrayNews(city, projector)).toBeNull()
    expect(card('camera', 'A7-N', projector)).toBeNull()
  })
})

describe('looking', () => {
  const nothing: readonly (readonly [ThingRef['kind'], string])[] = [
    ['camera', 'NONE'], ['station', 'none'], ['car', '1'], ['car', '-1'], ['car', 'x'], ['car', '1e9'], ['vehicle', 'ZZ-999'],
    ['alarm', 'none'], ['alarm', '__proto__'], ['trail', 'none'], ['config-rule', 'none'], ['bus', 'none'], ['rule', 'none'], ['function', 'none'],
  ] // prettier-ignore

  it.each(nothing)('[LOOK-7] for a %s called %s finds nothing', (kind, id) => {
    expect(look(city, driver, 'describe', { kind, id })).toEqual({ ok: false, refusal: { code: 'unknown-id', field: 'describe' } }) // prettier-ignore
  })

  it('[LOOK-7] changes nothing', () => {
    const before = hashCity(city)
    mustNews()
    for (const { id } of city.map.cameras) mustCard('camera', id)
    expect(look(city, driver, 'xray', {})).toMatchObject({ ok: true })
    expect(hashCity(city)).toBe(before)
  })
})
