import { signal } from '@preact/signals'

import { readLayout, type KeyboardLayout } from '../input/key-labels.ts'

/** What is printed on the keys at hand; `null` until the browser has told, or when it does not tell. */
export const layout = signal<KeyboardLayout | null>(null)

export async function openLayout(): Promise<void> {
  layout.value = await readLayout(navigator as Parameters<typeof readLayout>[0])
}
