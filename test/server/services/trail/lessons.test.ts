import { describe, expect, it } from 'vitest'
import { lookupEvents } from '../../../../server/services/trail/lookup.ts'
import { startLogging, stopLogging } from '../../../../server/services/trail/logging.ts'
import { updateTrail } from '../../../../server/services/trail/manage.ts'
import { putEventSelectors } from '../../../../server/services/trail/put-selectors.ts'
import { openKeyRing, openTrailArchive } from '../../../../server/store/trail-archive.ts'
import { trailArn } from '../../../../shared/aws/account.ts'
import type { ApiCall } from '../../../../shared/aws/record.ts'
import { edit } from '../../../support/trail-archive.ts'
import type { TrailRun } from '../../../support/trail-run.ts'
import {
  apiCall,
  at,
  cityTrail,
  DAY,
  HOME,
  HOUR,
  MINUTE,
  NORTH,
  openTrailRun,
  SECOND,
} from '../../../support/trail-run.ts'

const namesOf = ({ text }: { readonly text: string }) =>
  (JSON.parse(text) as { Records: { eventName: string }[] }).Records.map(({ eventName }) => eventName)
const call = (eventName: string, ms: number, changes: Partial<ApiCall> = {}) =>
  apiCall({ eventName, eventTime: at(ms), ...changes })
const lookedUp = (run: TrailRun, region = HOME) =>
  run.ask(lookupEvents, {}, region).Events.map(({ EventName }) => EventName)

describe('three witnesses: who lowered the sign?', () => {
  it('[TRAIL-11] too early the office has nothing, then name, call, time and place', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(0, [call('SetSpeedLimit', 0)])
    run.step(30 * SECOND)
    expect(lookedUp(run)).toEqual([])
    run.step(MINUTE)
    expect(run.ask(lookupEvents, {}).Events).toMatchObject([
      { EventName: 'SetSpeedLimit', Username: 'lea', EventTime: at(0) },
    ])
    expect(run.records[0]?.record['sourceIPAddress']).toBe('10.20.30.7')
  })

  it('[TRAIL-43] pages arrive shuffled on every seed, and event time puts them right', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const run = openTrailRun({ trails: [cityTrail()] }, seed)
      for (let n = 1; n <= 9; n += 1) run.step(n * 20 * SECOND, [call(`E${n}`, n * 20 * SECOND)])
      run.wait(5 * MINUTE)
      const arrived = run.files.flatMap(namesOf)
      expect(arrived).not.toEqual(arrived.toSorted())
      expect(arrived.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `E${n}`))
    }
  })
})

describe('who switched the camera off?', () => {
  const asRole = { type: 'AssumedRole', roleName: 'MaintenanceCam', sessionName: 'poste-3' } as const
  const night = () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    const steps: [number, ApiCall][] = [
      [
        2,
        call('AssumeRole', 2 * MINUTE, {
          principal: { type: 'IAMUser', userName: 'stagiaire' },
          eventSource: 'sts.amazonaws.com',
          requestParameters: { roleSessionName: 'poste-3' },
        }),
      ],
      [
        3,
        call('DeleteAlarms', 3 * MINUTE, {
          principal: { type: 'IAMUser', userName: 'nuit-bot' },
          errorCode: 'AccessDenied',
          errorMessage: 'refused',
          responseElements: { done: true },
        }),
      ],
      [5, call('DisableAlarmActions', 5 * MINUTE, { principal: asRole, eventSource: 'monitoring.amazonaws.com' })],
      [9, call('EnableAlarmActions', 9 * MINUTE, { principal: asRole, eventSource: 'monitoring.amazonaws.com' })],
    ]
    for (const [minute, made] of steps) run.step(minute * MINUTE, [made])
    run.wait(20 * MINUTE)
    return run
  }

  it('[TRAIL-5] the record names the role and the session, and the session leads to the person', () => {
    const run = night()
    const muted = run.records.find(({ call: { eventName } }) => eventName === 'DisableAlarmActions')
    expect(muted?.record).toMatchObject({
      userIdentity: { arn: expect.stringMatching(/assumed-role\/MaintenanceCam\/poste-3$/) as string },
    })
    expect(JSON.stringify(muted?.record)).not.toContain('stagiaire')
    const bySession = run.records.filter(({ record }) =>
      JSON.stringify(record['requestParameters']).includes('poste-3'),
    )
    expect(bySession).toMatchObject([{ record: { eventName: 'AssumeRole', userIdentity: { userName: 'stagiaire' } } }])
  })

  it('[TRAIL-7] a refusal is a record of an attempt, without an effect', () => {
    const refused = night().records.find(({ call: { eventName } }) => eventName === 'DeleteAlarms')
    expect(refused?.record).toMatchObject({ errorCode: 'AccessDenied', responseElements: null })
  })

  it('[TRAIL-21] a rule on the call would have told within seconds', () => {
    const muted = night().events.find(({ detail }) => detail['eventName'] === 'DisableAlarmActions')
    expect(muted).toMatchObject({ source: 'aws.monitoring', time: at(5 * MINUTE), readOnlyManagement: false })
  })
})

describe('the forged logbook', () => {
  const WHOLE = { trailArn: trailArn('city'), bucket: 'city-logs', startTime: at(0), endTime: at(4 * HOUR) }

  /** Two sealed hours, a stop from 2:08 to 2:20, another hour; an intruder edits page 7 and takes page 9 away. */
  function forgedCity() {
    const run = openTrailRun({ trails: [cityTrail()] })
    const archive = openTrailArchive(openKeyRing(at(-DAY), at(DAY)))
    for (let minute = 1; minute <= 240; minute += 1) {
      const calls = [call(`E${minute}`, minute * MINUTE)]
      if (minute === 128) {
        run.ask(stopLogging, { Name: 'city' })
        calls.push(call('StopLogging', (minute - 1) * MINUTE))
      }
      if (minute === 140) run.ask(startLogging, { Name: 'city' })
      run.step(minute * MINUTE, calls)
    }
    archive.deliver(run)
    const [seven, nine] = [run.files[6]?.key ?? '', run.files[8]?.key ?? '']
    edit(archive.objects, seven, (text) => text.replace('10.20.30.7', '10.20.30.8'))
    archive.objects.delete({ bucket: 'city-logs', key: nine })
    return { run, archive, seven, nine }
  }

  it('[TRAIL-56] three verdicts: a hash that differs, a page that is missing, an hour nobody wrote', () => {
    const { archive, seven, nine } = forgedCity()
    const report = archive.validate(WHOLE)
    expect(report.logFiles.filter(({ verdict }) => verdict !== 'valid')).toEqual([
      { bucket: 'city-logs', key: seven, verdict: "hash value doesn't match" },
      { bucket: 'city-logs', key: nine, verdict: 'not found' },
    ])
    expect(report.gaps).toEqual([{ from: at(128 * MINUTE), to: at(139 * MINUTE) }])
  })

  it('[TRAIL-31] the siren: the stop itself reaches the bus and event history, the hole does not', () => {
    const { run } = forgedCity()
    const heard = run.events.map(({ detail }) => detail['eventName'])
    expect(heard).toContain('StopLogging')
    expect(heard).not.toContain('E130')
    expect(run.files.flatMap(namesOf)).not.toContain('E130')
    expect(
      run.ask(lookupEvents, { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'E130' }] }).Events,
    ).toHaveLength(1)
  })

  it('[TRAIL-57] a burnt digest is named by the next, which seals it', () => {
    const { run, archive } = forgedCity()
    const [first] = run.digests
    archive.objects.delete({ bucket: 'city-logs', key: first?.key ?? '' })
    const report = archive.validate(WHOLE)
    expect(report.digests.filter(({ verdict }) => verdict !== 'valid')).toEqual([
      { bucket: 'city-logs', key: first?.key, verdict: 'not found' },
    ])
    expect(report.notCovered.map(({ key }) => key)).toEqual(
      expect.arrayContaining((first?.logFiles ?? []).slice(0, 6).map(({ key }) => key)),
    )
  })

  it('[TRAIL-12] the edited line is restored from event history, which nobody can edit', () => {
    const { run, archive, seven } = forgedCity()
    const [record] = run.records.filter(({ record: { eventID } }) => run.files[6]?.text.includes(eventID as string))
    const attribute = { AttributeKey: 'EventId', AttributeValue: record?.eventID ?? '' }
    const [event] = run.ask(lookupEvents, { LookupAttributes: [attribute] }).Events
    edit(archive.objects, seven, (text) => text.replace('10.20.30.8', '10.20.30.7'))
    expect(archive.validate(WHOLE).logFiles.find(({ key }) => key === seven)?.verdict).toBe('valid')
    expect(event?.CloudTrailEvent).toContain('10.20.30.7')
  })
})

describe('what the logbook never wrote', () => {
  const crate = (n: number, ms: number, awsRegion = HOME) =>
    call('OpenCrate', ms, {
      awsRegion,
      category: 'Data',
      eventSource: 'depot.city',
      requestParameters: { crate: n },
      resources: [{ ARN: `arn:aws:city:${awsRegion}:111122223333:depot/3/crate/${n}`, type: 'City::Depot::Crate' }],
    })
  const depots = (region: string) => ({
    DataResources: [{ Type: 'City::Depot::Crate', Values: [`arn:aws:city:${region}:111122223333:depot/3/`] }],
  })

  it('[TRAIL-2] no purchase reveals the first theft; the right one proves the third and the fourth', () => {
    const run = openTrailRun({ regions: [HOME, NORTH], trails: [cityTrail()] })
    run.step(MINUTE, [crate(1, MINUTE)])
    run.step(10 * MINUTE, [call('ChangeDoor', 10 * MINUTE, { awsRegion: NORTH }), crate(2, 10 * MINUTE, NORTH)])
    run.ask(updateTrail, { Name: 'city', IsMultiRegionTrail: true })
    run.ask(putEventSelectors, { TrailName: 'city', EventSelectors: [depots(HOME), depots(NORTH)] })
    run.step(30 * MINUTE, [crate(3, 30 * MINUTE)])
    run.step(40 * MINUTE, [crate(4, 40 * MINUTE, NORTH)])
    run.wait(2 * HOUR)
    const proven = run.files.flatMap(({ text }) => [...text.matchAll(/"crate":(\d)/g)].map(([, n]) => Number(n)))
    expect(proven.toSorted((a, b) => a - b)).toEqual([3, 4])
  })

  it('[TRAIL-12] the second is visible in its own district only, and only its door', () => {
    const run = openTrailRun({ regions: [HOME, NORTH], trails: [cityTrail()] })
    run.step(0, [call('ChangeDoor', 0, { awsRegion: NORTH }), crate(2, 0, NORTH)])
    run.step(5 * MINUTE)
    expect([lookedUp(run), lookedUp(run, NORTH)]).toEqual([[], ['ChangeDoor']])
  })

  it('[TRAIL-35] the reference purchase is one depot, not every crate of the bank', () => {
    const run = openTrailRun({ trails: [cityTrail({ EventSelectors: [depots(HOME)] })] })
    const elsewhere = crate(9, 0)
    const resources = [{ ARN: `arn:aws:city:${HOME}:111122223333:depot/31/crate/9`, type: 'City::Depot::Crate' }]
    run.step(0, [crate(5, 0), { ...elsewhere, resources }])
    expect(run.records.map(({ call: { requestParameters } }) => requestParameters)).toEqual([{ crate: 5 }])
  })
})
