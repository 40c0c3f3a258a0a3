import type { CauseId } from '../../shared/ids.ts'
import type { VehiclePart } from '../../shared/model/vehicle.ts'
import type { Moment, TextParams } from '../../shared/protocol/view.ts'
import type { Letter } from './ledger.ts'

/** Who writes to whom, when, and because of what. `id` is the letter's own. */
interface Envelope {
  readonly id: CauseId
  readonly cause: CauseId
  readonly plate: string
  /** The unit, or the garage, as in the logbook. */
  readonly from: string
  readonly at: Moment
}

/** A fine; `form` is its family of texts: what a camera measured, or what a player's code says. */
export const fineLetter = (envelope: Envelope, form: 'fine' | 'citation', params: TextParams): Letter =>
  toLetter(envelope, 'fine', {
    subject: { key: form === 'fine' ? 'mail.fine.subject' : 'mail.citation.subject', params },
    body: { key: form === 'fine' ? 'mail.fine.body' : 'mail.citation.body', params },
  })

/** Tells a driver what was mended, and for whose sake: a rule's, or a unit's. */
export const repairLetter = (envelope: Envelope, part: VehiclePart, rule: string): Letter =>
  toLetter(envelope, 'repair', {
    subject: { key: `mail.repair.${part}.subject`, params: { plate: envelope.plate } },
    body: { key: `mail.repair.${part}.body`, params: { plate: envelope.plate, rule } },
  })

const toLetter = (
  { id, cause, plate, from, at }: Envelope,
  kind: Letter['entry']['kind'],
  texts: Pick<Letter['entry'], 'subject' | 'body'>,
): Letter => ({ id, cause, plate, entry: { id, kind, from, ...texts, at } })
