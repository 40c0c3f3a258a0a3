import type { InboxEntry } from '../../shared/protocol/view.ts'
import type { Postman } from './postman.ts'
import type { LetterWriter } from './write-letter.ts'

/** Copies of mailbox entries, sent one after the other so that a slow mail server holds up nobody. */
export interface Mailbag {
  add(plate: string, entry: InboxEntry): void
  /** Resolves when everything that was added has been sent, or given up. */
  empty(): Promise<void>
}

/** Letters that may wait; beyond that the mail server is too slow, and copies are given up. */
const ROOM = 500

/** @param onError told of every copy that could not be sent: the letter itself lies in the game's mailbox */
export function openMailbag(postman: Postman, write: LetterWriter, onError: (error: unknown) => void): Mailbag {
  let last: Promise<void> = Promise.resolve()
  let waiting = 0
  return {
    add(plate, entry) {
      if (waiting >= ROOM) {
        onError(new Error(`mail server too slow: copy for ${plate} given up`))
        return
      }
      waiting += 1
      last = last.then(async () => {
        try {
          await postman.send(write(plate, entry))
        } catch (error) {
          onError(error)
        }
        waiting -= 1
      })
    },
    empty: () => last,
  }
}
