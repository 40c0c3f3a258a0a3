import { markOfState } from '../view/state-mark.ts'

/** A state of AWS: its shape, its colour and AWS's own word, always together. */
export function StateMark({ state }: { readonly state: string }) {
  const { tone, shape } = markOfState(state)
  return (
    <span class={`state state-${tone}`}>
      <span aria-hidden="true">{shape}</span> {state}
    </span>
  )
}
