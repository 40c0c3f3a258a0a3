import { describe, expect, it } from 'vitest'
import { openKeyRing, openTrailArchive } from '../../../server/store/trail-archive.ts'
import { trailArn } from '../../../shared/aws/account.ts'
import { edit } from '../../support/trail-archive.ts'
import { apiCall, at, cityTrail, DAY, HOME, HOUR, MINUTE, NORTH, openTrailRun } from '../../support/trail-run.ts'

const WHOLE = { trailArn: trailArn('city'), bucket: 'city-logs', startTime: at(0), endTime: at(3 * HOUR) }

/** Three hours of a city, delivered step by step as a room does it. */
function openArchive() {
  const run = openTrailRun({ trails: [cityTrail()] })
  const archive = openTrailArchive(openKeyRing(at(-DAY), at(DAY)))
  let [files, digests] = [0, 0]
  for (let minute = 1; minute <= 180; minute += 1) {
    run.step(minute * MINUTE, [apiCall({ eventTime: at(minute * MINUTE) })])
    archive.deliver({ files: run.files.slice(files), digests: run.digests.slice(digests) })
    ;[files, digests] = [run.files.length, run.digests.length]
  }
  return { run, archive }
}

describe('the archive of a city', () => {
  it('holds what was delivered step by step, chained and valid', () => {
    const { run, archive } = openArchive()
    expect(archive.objects.keys('city-logs')).toEqual([...run.files, ...run.digests].map(({ key }) => key).toSorted())
    const report = archive.validate(WHOLE)
    expect(report).toMatchObject({ validDigests: 3, invalidDigests: 0, invalidLogFiles: 0, gaps: [], exitCode: 0 })
    expect(report.validLogFiles).toBe(run.digests.flatMap(({ logFiles }) => logFiles).length)
  })

  it('lets an intruder in, and finds out', () => {
    const { run, archive } = openArchive()
    const [first, second] = run.files.map(({ key }) => key)
    edit(archive.objects, first ?? '', (text) => text.replace('quai', 'pont'))
    archive.objects.delete({ bucket: 'city-logs', key: second ?? '' })
    const faults = archive.validate(WHOLE).logFiles.filter(({ verdict }) => verdict !== 'valid')
    expect(faults).toEqual([
      { bucket: 'city-logs', key: first, verdict: "hash value doesn't match" },
      { bucket: 'city-logs', key: second, verdict: 'not found' },
    ])
  })

  it('has one key for each Region, kept for as long as the ring', () => {
    const keyOf = openKeyRing(at(0), at(DAY))
    const [one, other] = [openTrailArchive(keyOf), openTrailArchive(keyOf)]
    expect(one.publicKeys(HOME)).toEqual(other.publicKeys(HOME))
    expect(one.publicKeys(HOME)).not.toEqual(one.publicKeys(NORTH))
    expect(one.publicKeys(HOME)).toMatchObject([{ ValidityStartTime: at(0), ValidityEndTime: at(DAY) }])
  })

  it('knows no key for a time in which none was valid', () => {
    const { archive } = openArchive()
    const later = { ...WHOLE, startTime: at(2 * DAY), endTime: at(3 * DAY) }
    expect(archive.validate(later)).toMatchObject({ digests: [], found: null })
  })
})
