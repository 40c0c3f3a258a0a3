import type { Seat } from './seats.ts'
import type { Role, RoomView, ViewPatch } from '../../shared/protocol/view.ts'

/** How the room is, for one round of telling: made once a role, and one object for all who are told the same. */
export class RoomNews {
  readonly #viewFor: (role: Role) => RoomView
  readonly #views = new Map<Role, RoomView>()
  readonly #patches = new Map<Role, Map<ViewPatch | null, ViewPatch>>()

  constructor(viewFor: (role: Role) => RoomView) {
    this.#viewFor = viewFor
  }

  /** @returns the patch, with how the room is; with the help of a seat that has some, for its own eyes */
  addTo(patch: ViewPatch | null, role: Role, seat: Seat | null): ViewPatch {
    const shared = this.#shared(patch, role)
    return seat?.help === undefined ? shared : { ...shared, set: { ...shared.set, help: seat.help } }
  }

  #shared(patch: ViewPatch | null, role: Role): ViewPatch {
    const known = this.#patches.get(role) ?? new Map<ViewPatch | null, ViewPatch>()
    this.#patches.set(role, known)
    const room = this.#views.get(role) ?? this.#viewFor(role)
    this.#views.set(role, room)
    const whole = known.get(patch) ?? { ...patch, set: { ...patch?.set, room } }
    known.set(patch, whole)
    return whole
  }
}
