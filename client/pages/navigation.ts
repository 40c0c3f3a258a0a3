import { signal } from '@preact/signals'

import { toPath, toRoute, type Route } from '../view/route.ts'

/** The page being shown; it follows the address, and the address follows it. */
export const route = signal<Route>({ page: 'landing', code: '' })

export function openNavigation(): void {
  const read = () => (route.value = toRoute(location.pathname, location.search))
  addEventListener('popstate', read)
  read()
}

export function go(next: Route): void {
  history.pushState(null, '', toPath(next))
  route.value = next
}

/** The link that a code, a QR and a button give away. */
export const joinLink = (code: string): string => new URL(toPath({ page: 'landing', code }), location.href).href
