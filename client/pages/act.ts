import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import type { Reply } from '../../shared/protocol/messages.ts'
import type { Action } from '../view/bindings.ts'
import type { HudModel } from '../hud/model.ts'

const isLit = (model: HudModel) => ((model.street.value.own?.flags ?? 0) & VEHICLE_FLAG.headlights) !== 0

/** Does what a key, a pad's button or a thumb asked for once. A refusal is shown, not thrown. */
export async function doAction(action: Action, model: HudModel, canPause: boolean): Promise<void> {
  const reply = await ask(action, model, canPause)
  if (reply && !reply.ok) model.refused.value = reply.refusal.code
}

function ask(action: Action, model: HudModel, canPause: boolean): Promise<Reply> | null {
  const { feed } = model
  const condition = model.view.value.car?.condition
  switch (action) {
    case 'unstick':
      return feed.unstick()
    case 'horn':
      return feed.horn()
    case 'lights':
      return feed.switchPart('headlights', !isLit(model))
    case 'belt':
      return feed.switchPart('seatBelt', !(condition?.seatBeltFastened ?? false))
    case 'pause':
      return canPause ? feed.pause(!model.view.value.room.paused) : null
    case 'mailbox':
    case 'logbook':
    case 'nearby':
      model.open({ kind: action })
      return null
    case 'xray':
      model.xray.value = !model.xray.value
      return null
    case 'accelerate':
    case 'brake':
    case 'left':
    case 'right':
    case 'handbrake':
      return null
  }
}
