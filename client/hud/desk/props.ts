import type { DutyAct, DutyView } from '../../../shared/protocol/duty.ts'
import type { HudModel } from '../model.ts'

/** What every desk is given. */
export interface DeskProps {
  readonly model: HudModel
  readonly duty: DutyView
  /** Asks the service; its answer is in the logbook. */
  readonly onAct: (act: DutyAct) => void
}
