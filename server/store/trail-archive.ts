import type { ServiceMs } from '../../shared/units.ts'
import { listPublicKeys } from '../services/trail/public-keys.ts'
import type { ValidationReport, ValidationRequest } from '../services/trail/validate.ts'
import type { TrailStore } from './port.ts'
import type { RegionKey } from './trail-keys.ts'
import { createRegionKey } from './trail-keys.ts'
import { openMemoryObjects } from './trail-objects.ts'
import { EMPTY_SEAL_MEMORY, sealDrafts, validateTrailLogs } from './trail-seal.ts'

/** Where one city's trails deliver: its buckets, its Regions' keys, and what sealing has to remember. */
export interface TrailArchive extends TrailStore {
  /** Validates with the keys published for that Region and time. */
  validate(request: Omit<ValidationRequest, 'publicKeys'>): ValidationReport
}

/** Gives a Region its key pair. */
export type KeyRing = (region: string) => RegionKey

/** Makes a Region's key pair when it is first needed: one ring serves all cities of a server. */
export function openKeyRing(validFrom: ServiceMs, validTo: ServiceMs): KeyRing {
  const keys = new Map<string, RegionKey>()
  return (region) => {
    const key = keys.get(region) ?? createRegionKey(validFrom, validTo)
    keys.set(region, key)
    return key
  }
}

/** Opens an empty archive. */
export function openTrailArchive(keyOf: KeyRing): TrailArchive {
  const objects = openMemoryObjects()
  let memory = EMPTY_SEAL_MEMORY
  const publicKeys = (region: string) => [keyOf(region).publicKey]
  return {
    objects,
    publicKeys,
    deliver(drafts) {
      const sealed = sealDrafts(memory, drafts, keyOf)
      memory = sealed.memory
      for (const object of sealed.objects) objects.put(object)
    },
    validate(request) {
      const region = request.region ?? request.trailArn.split(':')[3] ?? ''
      const listed = listPublicKeys(publicKeys(region), { StartTime: request.startTime, EndTime: request.endTime })
      return validateTrailLogs(objects, { ...request, publicKeys: listed.ok ? listed.value.PublicKeyList : [] })
    },
  }
}
