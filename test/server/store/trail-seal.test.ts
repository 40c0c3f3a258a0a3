import { createHash, createPublicKey, verify } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { listPublicKeys } from '../../../server/services/trail/public-keys.ts'
import { createRegionKey } from '../../../server/store/trail-keys.ts'
import { openMemoryObjects } from '../../../server/store/trail-objects.ts'
import type { SealMemory } from '../../../server/store/trail-seal.ts'
import { EMPTY_SEAL_MEMORY, sealDrafts } from '../../../server/store/trail-seal.ts'
import type { StoredObject } from '../../../shared/aws/log-file.ts'
import {
  buildArchive,
  edit,
  keysOf,
  load,
  regionKey,
  storeOf,
  textOf,
  validateAll,
} from '../../support/trail-archive.ts'
import { apiCall, at, cityTrail, HOME, HOUR, MINUTE, NORTH, openTrailRun } from '../../support/trail-run.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('sealing', () => {
  const archive = buildArchive()
  const store = storeOf(archive)
  const digests = keysOf(store, 'CloudTrail-Digest').map((key) => load(store, key))
  const fieldsOf = (object: StoredObject) => JSON.parse(textOf(object)) as Record<string, unknown>

  it('[TRAIL-48] writes the fields of the reference, in its order', () => {
    const [first, second] = digests.map(fieldsOf)
    const logs = keysOf(store, 'CloudTrail')
    expect(Object.keys(first ?? {})).toEqual([
      'awsAccountId',
      'digestStartTime',
      'digestEndTime',
      'digestS3Bucket',
      'digestS3Object',
      'digestPublicKeyFingerprint',
      'digestSignatureAlgorithm',
      'newestEventTime',
      'oldestEventTime',
      'previousDigestS3Bucket',
      'previousDigestS3Object',
      'previousDigestHashValue',
      'previousDigestHashAlgorithm',
      'previousDigestSignature',
      'logFiles',
    ])
    expect(first).toMatchObject({
      awsAccountId: '111122223333',
      digestStartTime: '2026-03-14T08:00:00Z',
      digestEndTime: '2026-03-14T09:00:00Z',
      digestS3Bucket: 'city-logs',
      digestS3Object: digests[0]?.key,
      digestPublicKeyFingerprint: regionKey(HOME).publicKey.Fingerprint,
      digestSignatureAlgorithm: 'SHA256withRSA',
      previousDigestS3Bucket: null,
      previousDigestS3Object: null,
      previousDigestHashValue: null,
      previousDigestHashAlgorithm: null,
      previousDigestSignature: null,
    })
    const [listed] = (first?.['logFiles'] ?? []) as unknown[]
    expect(listed).toEqual({
      s3Bucket: 'city-logs',
      s3Object: logs[0],
      hashValue: sha256(textOf(load(store, logs[0] ?? ''))),
      hashAlgorithm: 'SHA-256',
      newestEventTime: '2026-03-14T08:06:59Z',
      oldestEventTime: '2026-03-14T08:06:59Z',
    })
    expect(second).toMatchObject({
      previousDigestS3Bucket: 'city-logs',
      previousDigestS3Object: digests[0]?.key,
      previousDigestHashValue: sha256(textOf(digests[0] as StoredObject)),
      previousDigestHashAlgorithm: 'SHA-256',
      previousDigestSignature: digests[0]?.metadata['signature'],
    })
  })

  it('[TRAIL-48] signs end, place, hash and the signature before, and says how', () => {
    const key = createPublicKey({
      key: Buffer.from(regionKey(HOME).publicKey.Value, 'base64'),
      format: 'der',
      type: 'pkcs1',
    })
    const verdicts = digests.map((object) => {
      const fields = fieldsOf(object)
      const before = (fields['previousDigestSignature'] as string | null) ?? 'null'
      const text = [fields['digestEndTime'], `city-logs/${object.key}`, sha256(textOf(object)), before].join('\n')
      const { signature = '', 'signature-algorithm': algorithm } = object.metadata
      return algorithm === 'SHA256withRSA' && verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'hex'))
    })
    expect(verdicts).toEqual(digests.map(() => true))
  })

  it('[TRAIL-48] tells the newest and oldest event of the hour, and none of an empty one', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    for (const minute of [1, 20, 50]) run.step(minute * MINUTE, [apiCall({ eventTime: at(minute * MINUTE) })])
    run.wait(2 * HOUR)
    const { objects } = sealDrafts(EMPTY_SEAL_MEMORY, run, regionKey)
    const [busy, empty] = objects.filter(({ metadata }) => 'signature' in metadata).map(fieldsOf)
    expect(busy).toMatchObject({ oldestEventTime: '2026-03-14T08:01:00Z', newestEventTime: '2026-03-14T08:50:00Z' })
    expect(empty).toMatchObject({ oldestEventTime: null, newestEventTime: null, logFiles: [] })
  })

  it('[TRAIL-48] packs files and lets them be unpacked to what was decided', () => {
    const { files } = archive.run
    expect(files.map(({ key }) => textOf(load(store, key)))).toEqual(files.map(({ text }) => text))
    expect(files.every(({ key }) => Object.keys(load(store, key).metadata).length === 0)).toBe(true)
    expect(JSON.parse(gunzipSync(load(store, files[0]?.key ?? '').bytes).toString())).toHaveProperty('Records')
  })

  it('[TRAIL-49] seals what was delivered: a file changed before its digest is found out', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(MINUTE, [apiCall({ eventTime: at(MINUTE) })])
    run.wait(10 * MINUTE)
    const delivered = sealDrafts(EMPTY_SEAL_MEMORY, { files: run.files, digests: [] }, regionKey)
    const bucket = openMemoryObjects(delivered.objects)
    edit(bucket, run.files[0]?.key ?? '', (text) => text.replace('lea', 'leo'))
    run.wait(HOUR)
    const sealed = sealDrafts(delivered.memory, { files: [], digests: run.digests }, regionKey)
    for (const object of sealed.objects) bucket.put(object)
    expect(validateAll(bucket).logFiles).toMatchObject([{ verdict: "hash value doesn't match" }])
  })

  it('[TRAIL-49] remembers no more than is still to be sealed', () => {
    const run = openTrailRun({ trails: [cityTrail(), cityTrail({ Name: 'loose', EnableLogFileValidation: false })] })
    let memory: SealMemory = EMPTY_SEAL_MEMORY
    let [files, seals] = [0, 0]
    for (let minute = 1; minute <= 600; minute += 1) {
      run.step(minute * MINUTE, [apiCall({ eventTime: at(minute * MINUTE) })])
      const drafts = { files: run.files.slice(files), digests: run.digests.slice(seals) }
      memory = sealDrafts(memory, drafts, regionKey).memory
      ;[files, seals] = [run.files.length, run.digests.length]
      expect(Object.keys(memory.logHashes).length).toBeLessThanOrEqual(12)
      expect(Object.keys(memory.digests).length).toBeLessThanOrEqual(1)
    }
    expect(JSON.parse(JSON.stringify(memory))).toEqual(memory)
    expect(seals).toBe(10)
  })

  it('[TRAIL-49] is the same again for the same drafts and keys', () => {
    const again = sealDrafts(EMPTY_SEAL_MEMORY, archive.run, regionKey)
    expect(again.objects).toEqual(archive.objects)
  })
})

describe('keys', () => {
  it('[TRAIL-50] are one pair per Region, published in PKCS #1 with their fingerprint', () => {
    const { publicKey, privateKey } = regionKey(HOME)
    const der = Buffer.from(publicKey.Value, 'base64')
    const key = createPublicKey({ key: der, format: 'der', type: 'pkcs1' })
    expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 })
    expect(publicKey.Fingerprint).toBe(createHash('md5').update(der).digest('hex'))
    expect(createPublicKey(privateKey).export({ type: 'pkcs1', format: 'der' })).toEqual(der)
    expect(regionKey(NORTH).publicKey.Fingerprint).not.toBe(publicKey.Fingerprint)
  })

  it.each([
    [-2, -1, 0],
    [-2, 0, 1],
    [0, 0, 1],
    [4, 5, 1],
    [10, 12, 1],
    [11, 12, 0],
  ])('[TRAIL-50] valid from hour 0 to 10 are listed from %d to %d: %d', (from, to, count) => {
    const { publicKey } = createRegionKey(at(0), at(10 * HOUR))
    const listed = listPublicKeys([publicKey], { StartTime: at(from * HOUR), EndTime: at(to * HOUR) })
    expect(listed.ok && listed.value.PublicKeyList).toHaveLength(count)
  })

  it('[TRAIL-50] are all listed when no time is given, and refused for a time that runs backwards', () => {
    const keys = [regionKey(HOME).publicKey]
    expect(listPublicKeys(keys, {})).toEqual({ ok: true, value: { PublicKeyList: keys } })
    expect(listPublicKeys(keys, { StartTime: at(1), EndTime: at(0) })).toMatchObject({
      ok: false,
      error: { code: 'InvalidTimeRangeException' },
    })
  })
})

describe('objects in memory', () => {
  it('lists keys in byte order, and forgets what is deleted', () => {
    const store = openMemoryObjects()
    const put = (key: string, bucket = 'b') => store.put({ bucket, key, bytes: Buffer.from(key), metadata: {} })
    for (const key of ['a/é', 'a/z', 'A', 'a-1', 'a/\u{1F600}', 'a/\uFF5E']) put(key)
    put('else', 'c')
    expect(store.keys('b')).toEqual(['A', 'a-1', 'a/z', 'a/é', 'a/\uFF5E', 'a/\u{1F600}'])
    store.delete({ bucket: 'b', key: 'a-1' })
    store.delete({ bucket: 'nowhere', key: 'a-1' })
    expect(store.get({ bucket: 'b', key: 'a-1' })).toBeUndefined()
    expect(store.get({ bucket: 'c', key: 'else' })?.bytes).toEqual(Buffer.from('else'))
    expect(store.keys('nowhere')).toEqual([])
  })
})
