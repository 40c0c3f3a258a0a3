import type { ComponentChildren } from 'preact'

/** A quiet sentence where a list would stand. */
export const Note = ({ children }: { readonly children: ComponentChildren }) => <p class="note">{children}</p>
