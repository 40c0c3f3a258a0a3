import type { Doors } from '../net/doors.ts'
import type { KeysKept } from './keys-kept.ts'

/** What every page is given. */
export interface PageProps {
  readonly doors: Doors
  readonly keys: KeysKept
}
