import type { DigestDraft, LogFileDraft, ObjectStore, PublicKey } from '../../shared/aws/log-file.ts'

/** What a room asks of the store: where its trails deliver, and what whoever reads the files needs. */
export interface TrailStore {
  /** The buckets, open to whoever may change them: an intruder's changes are made here. */
  readonly objects: ObjectStore
  /** Seals and stores what one step of the trail sent out; every step's must come, in order. */
  deliver(drafts: { readonly files: readonly LogFileDraft[]; readonly digests: readonly DigestDraft[] }): void
  publicKeys(region: string): readonly PublicKey[]
}
