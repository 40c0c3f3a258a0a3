/** What a state of AWS means to whoever looks: well, badly, not known, or neither. Colour and shape follow. */
export type StateTone = 'good' | 'bad' | 'unknown' | 'plain'

const TONES: Readonly<Record<string, StateTone>> = {
  OK: 'good',
  COMPLIANT: 'good',
  ALARM: 'bad',
  NON_COMPLIANT: 'bad',
  INSUFFICIENT_DATA: 'unknown',
  NOT_APPLICABLE: 'unknown',
}

const SHAPES: Readonly<Record<StateTone, string>> = { good: '✓', bad: '▲', unknown: '?', plain: '•' }

/** @param state AWS's own word, as `ALARM` */
export function markOfState(state: string): { readonly tone: StateTone; readonly shape: string } {
  const tone = TONES[state] ?? 'plain'
  return { tone, shape: SHAPES[tone] }
}
