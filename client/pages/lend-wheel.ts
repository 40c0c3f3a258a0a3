import { computed, effect } from '@preact/signals'

import type { Assists } from '../../shared/model/command.ts'
import { withHelp } from '../view/help.ts'
import { isOnDuty } from '../view/duty.ts'
import type { HudModel } from '../hud/model.ts'

/** A car that hardly moves may as well stand while its driver reads. */
const MOVING = 1

/**
 * Tells the city which help the driver wants, and which the teacher gave. Whoever opens a panel at speed has no hand on the wheel: until it is
 * closed the car drives itself, within the limits and by the lights. A car that stands stays where it is. Whoever is at
 * a desk has no wheel at all.
 *
 * @returns how to stop
 */
export function keepHelp(model: HudModel, chosen: () => Assists): () => void {
  const isReading = computed(() => model.panels.value.length > 0)
  const isAtDesk = computed(() => isOnDuty(model.view.value))
  const isPaused = computed(() => model.view.value.room.paused)
  const stopLending = effect(() => {
    const speed = Math.abs(model.street.peek().own?.speed ?? 0)
    model.isLent.value = isAtDesk.value || (isReading.value && speed > MOVING)
  })
  // As a text, so that what has not changed is not told again.
  const helped = computed(() => withHelp(chosen(), model.view.value.help))
  const wanted = computed(() => JSON.stringify({ ...helped.value, ...(model.isLent.value ? { autopilot: true } : {}) }))
  const stopTelling = effect(() => {
    // A city that stands takes no orders: they are given again when it goes on.
    if (!isPaused.value) void model.feed.assist(JSON.parse(wanted.value) as Assists)
  })
  return () => {
    stopLending()
    stopTelling()
  }
}
