import type { Role } from '../../shared/protocol/view.ts'
import type { City } from './city.ts'

/** A member of a view that is told whole, and what it looks like as text. */
interface Told {
  readonly name: string
  readonly value: unknown
  readonly text: string
}

/**
 * What all viewers of a role see alike, made and written as text once for all of them. Belongs to the host, not to the
 * city: nothing of it is state.
 */
export interface SharedMembers {
  city: City | null
  readonly byRole: Map<Role, readonly Told[]>
}

export const openSharedMembers = (): SharedMembers => ({ city: null, byRole: new Map() })

/** @param members of the view by name, each made when it is called */
export const toTold = (members: Readonly<Record<string, () => unknown>>): Told[] =>
  Object.entries(members).map(([name, make]) => {
    const value = make()
    return { name, value, text: JSON.stringify(value) }
  })

/** The members as they are in this city: as they were made for whoever of this role asked first. */
export function membersFor(
  shared: SharedMembers,
  city: City,
  role: Role,
  make: () => Readonly<Record<string, () => unknown>>,
): readonly Told[] {
  if (shared.city !== city) shared.byRole.clear()
  shared.city = city
  const known = shared.byRole.get(role) ?? toTold(make())
  shared.byRole.set(role, known)
  return known
}
