import type { ObjectPlace, ObjectStore, StoredObject } from '../../shared/aws/log-file.ts'

/** Buckets in memory: what a city's trail delivered, and what became of it. Every bucket is there from the first object. */
export function openMemoryObjects(objects: readonly StoredObject[] = []): ObjectStore {
  const buckets = new Map<string, Map<string, StoredObject>>()
  const bucketOf = (name: string) => {
    const bucket = buckets.get(name) ?? new Map<string, StoredObject>()
    buckets.set(name, bucket)
    return bucket
  }
  const store: ObjectStore = {
    get: ({ bucket, key }: ObjectPlace) => buckets.get(bucket)?.get(key),
    put: (object) => void bucketOf(object.bucket).set(object.key, object),
    delete: ({ bucket, key }) => void buckets.get(bucket)?.delete(key),
    keys: (bucket) => [...(buckets.get(bucket)?.keys() ?? [])].toSorted(compareBytes),
  }
  for (const object of objects) store.put(object)
  return store
}

const compareBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
